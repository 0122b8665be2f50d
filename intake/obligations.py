"""From the numbered items of a body to obligations."""

from datetime import date

from intake.deadlines import deadline
from intake.found import found, words
from intake.holders import holders, mode, title
from intake.items import RawItem
from intake.notes import Notes
from intake.pieces import pieces
from intake.reading import ItemRead, Read
from intake.source import Source, Zone


def obligation(source: Source, item: RawItem, issued_on: date | None, notes: Notes) -> ItemRead | None:
    """One obligation; none where nothing stands behind the number."""
    zone = _without_end_mark(source, item.zone)
    text = _text(source, item, zone)
    if text is None:
        notes.warn("item_empty", item.label_zone, item=item.label)
        return None
    heading = title(source, item)
    held = holders(source, item, heading, notes)
    return ItemRead(
        item=found(source, item.label, item.label_zone),
        title=words(source, heading, tail=":") if heading else None,
        text=text,
        holders=held,
        mode=mode(held, item, notes),
        deadline=deadline(source, item.label, zone, issued_on, notes),
        pieces=pieces(source, item),
    )


def _text(source: Source, item: RawItem, zone: Zone) -> Read[str] | None:
    first = item.paragraphs[0]
    parts = [Zone(first.content, first.zone.end), *(paragraph.zone for paragraph in item.paragraphs[1:])]
    shown = [source.words(Zone(part.start, min(part.end, zone.end))) for part in parts]
    written = "\n".join(part for part in shown if part)
    return found(source, written, zone) if written and zone.start < zone.end else None


def _without_end_mark(source: Source, zone: Zone) -> Zone:
    trimmed = source.trim(zone)
    end = trimmed.end
    for mark in ("./.", "./", "/."):
        if source.text.endswith(mark, trimmed.start, end):
            return source.trim(Zone(trimmed.start, end - len(mark)))
    return trimmed
