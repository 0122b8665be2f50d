"""What follows the body: "Nơi nhận" line by line, and the lines of the signature."""

import re
from dataclasses import dataclass, field

from intake.found import found
from intake.lines import Line, lines
from intake.marks import mark_at
from intake.reading import CopyLine, Purpose, Read
from intake.source import Source, Zone
from intake.vocabulary import POWER
from intake.words import UPPER, is_upper

_HEAD = re.compile(r"noi nhan\s*:?")
_SIGNATURE_BESIDE = re.compile(rf";\s+(?=(?:[{UPPER}]{{2,}}[.,]?\s+)+[{UPPER}]{{2,}}$)")
_TAIL = ";"


@dataclass
class Tail:
    """``copies``: each with its lines. ``rest``: all other lines, in order."""

    copies: list[Zone] = field(default_factory=list)
    rest: list[Zone] = field(default_factory=list)


def tail(source: Source, zone: Zone) -> Tail:
    """Part the lines behind the body into those of "Nơi nhận" and the others."""
    result = Tail()
    listing = in_copy = False
    for line in lines(source, zone):
        head = _HEAD.match(source.plain, *line.zone)
        if head and not listing:
            listing = True
            beside = source.trim(Zone(head.end(), line.zone.end))
            result.rest += [beside] if beside.start < beside.end else []
        elif listing and _is_copy(source, line):
            in_copy = True
            _add_copy(source, result, line)
        elif in_copy and not line.gap and not _is_signature(source, line.zone):
            result.copies[-1] = Zone(result.copies[-1].start, line.zone.end)
        else:
            in_copy = False
            result.rest.append(line.zone)
    return result


def copies(source: Source, zones: list[Zone]) -> list[Read[CopyLine]]:
    """The lines with their purpose (Decree 30/2020/NĐ-CP, Appendix I.9): first those who act, last the file."""
    result = []
    for zone in zones:
        trimmed = source.trim(zone, tail=_TAIL)
        if trimmed.start < trimmed.end:
            text = source.words(trimmed)
            line = CopyLine(text=text.rstrip("."), purpose=_purpose(source, trimmed))
            result.append(found(source, line, trimmed))
    return result


def _purpose(source: Source, zone: Zone) -> Purpose:
    plain = source.plain[zone.start : zone.end]
    if plain.startswith(("nhu tren", "nhu dieu", "nhu kinh gui")):
        return "act"
    return "file" if plain.startswith("luu") else "inform"


def _is_copy(source: Source, line: Line) -> bool:
    mark = mark_at(source, line.zone.start)
    return mark is not None and mark.kind in ("dash", "plus")


def _is_signature(source: Source, zone: Zone) -> bool:
    text = source.cut(zone)
    return POWER.match(text) is not None or (is_upper(text) and " " in text)


def _add_copy(source: Source, result: Tail, line: Line) -> None:
    mark = mark_at(source, line.zone.start)
    start = mark.content if mark else line.zone.start
    beside = _SIGNATURE_BESIDE.search(source.text, start, line.zone.end)
    if beside:
        # Two columns run together: the signature stands behind the copy line.
        result.copies.append(Zone(start, beside.start()))
        result.rest.append(source.trim(Zone(beside.end(), line.zone.end)))
    else:
        result.copies.append(Zone(start, line.zone.end))
