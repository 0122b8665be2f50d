"""Whom an item names ("Giao Giám đốc Sở Nội vụ, Chánh Thanh tra thành phố") and who of them leads."""

import re
from typing import Literal

from intake.found import found, words
from intake.items import RawItem
from intake.notes import Notes
from intake.reading import CautionCode, Holders, Read
from intake.source import Source, Zone
from intake.vocabulary import ACTION, BODY, GROUP, ORDER

_TAIL = ";.,:"
_LONGEST = 300
_LONGEST_TITLE = 200
_LEADS = re.compile(r",?\s*chủ trì\b")
_WITH = re.compile(r"[,;]?\s*(?:,|và)?\s*phối hợp(?: chặt chẽ)?(?: cùng)? với\s+")
_AND = re.compile(r"\s*[,;]\s+|\s+và\s+")


def title(source: Source, item: RawItem) -> Zone | None:
    """The item's first paragraph where it is a heading: short, no full sentence, and more stands under it."""
    zone = source.trim(Zone(item.zone.start, item.paragraphs[0].zone.end))
    if len(item.paragraphs) == 1 or not 0 < zone.end - zone.start <= _LONGEST_TITLE:
        return None
    return None if source.text[zone.end - 1] in ".;" else zone


def holders(source: Source, item: RawItem, heading: Zone | None, notes: Notes) -> Holders | None:
    """The bodies named at the beginning of an item; none where it names none, and so goes to all addressees."""
    first = heading or source.trim(Zone(item.zone.start, item.paragraphs[0].zone.end))
    order = ORDER.match(source.text, *first)
    start = order.end() if order else first.start
    if not BODY.match(source.text, start, first.end):
        if order:
            notes.unclear("holders", first, item.label)
        return None
    end, certain = _phrase_end(source, Zone(start, first.end), whole=heading is not None)
    if end is None:
        notes.unclear("holders", Zone(start, min(first.end, start + _LONGEST)), item.label)
        return None
    phrase = words(source, Zone(start, end), tail=_TAIL, certainty="certain" if certain else "likely")
    if phrase is None:
        return None
    leads = _LEADS.match(source.text, end, first.end)
    named = [found(source, source.words(zone), zone) for zone in bodies(source, Zone(start, end))]
    support = _support(source, Zone(leads.end(), first.end), item, notes) if leads else None
    return Holders(phrase=phrase, named=named, leads=leads is not None, support=support)


def mode(held: Holders | None, item: RawItem, notes: Notes) -> Literal["each", "joint"]:
    """``joint`` where one leads and others support; ``each`` otherwise, said where several are named and none leads."""
    if held is None or len(held.named) == 1:
        return "joint" if held and held.leads and held.support else "each"
    if not any(GROUP.match(body.value) for body in held.named):
        code: CautionCode = "several_lead" if held.leads else "several_named_no_lead"
        notes.warn(code, *held.phrase.spans, item=item.label, count=len(held.named))
    return "each"


def bodies(source: Source, zone: Zone) -> list[Zone]:
    """A phrase cut where the name of another body begins; commas within a name ("Văn hóa, Thể thao") do not cut it."""
    starts = [zone.start]
    ends = []
    for joint in _AND.finditer(source.text, *zone):
        if BODY.match(source.text, joint.end(), zone.end):
            ends.append(joint.start())
            starts.append(joint.end())
    ends.append(zone.end)
    zones = [source.trim(Zone(start, end), tail=_TAIL) for start, end in zip(starts, ends, strict=True)]
    return [each for each in zones if each.start < each.end]


def _phrase_end(source: Source, zone: Zone, *, whole: bool) -> tuple[int | None, bool]:
    """Where the name ends, and whether that is beyond doubt."""
    within = Zone(zone.start, min(zone.end, zone.start + _LONGEST))
    colon = source.text.find(":", *within)
    action = ACTION.search(source.text, *within)
    if action and (colon < 0 or action.start() < colon):
        return action.start(), whole
    if colon >= 0:
        return colon, True
    return (zone.end, True) if whole else (None, False)


def _support(source: Source, zone: Zone, item: RawItem, notes: Notes) -> Read[str] | None:
    joined = _WITH.match(source.text, *zone)
    if joined is None:
        return None
    end, certain = _phrase_end(source, Zone(joined.end(), zone.end), whole=False)
    if end is None:
        notes.unclear("support", Zone(joined.start(), min(zone.end, joined.end() + _LONGEST)), item.label)
        return None
    return words(source, Zone(joined.end(), end), tail=_TAIL, certainty="certain" if certain else "likely")
