"""The cleaned text as lines and as the cells of its header table."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from intake.source import Source, Zone

_RULE = re.compile(r"[-_=—–\s|#]*|-{3,}[^-]{0,40}-{3,}")


class Line(NamedTuple):
    """A line that says something. ``gap``: an empty line or a ruled one stands before it."""

    zone: Zone
    gap: bool


def lines(source: Source, zone: Zone) -> list[Line]:
    """The lines of a zone; ruled lines, page breaks and table frames only leave a gap."""
    result: list[Line] = []
    gap = True
    at = zone.start
    for raw in source.text[zone.start : zone.end].split("\n"):
        trimmed = source.trim(Zone(at, at + len(_without_rule(raw))))
        if _RULE.fullmatch(raw) or trimmed.start >= trimmed.end:
            gap = True
        else:
            framed = "|" in source.text[at : trimmed.start]
            result.append(Line(trimmed, gap or framed))
            gap = False
        at += len(raw) + 1
    return result


def _without_rule(raw: str) -> str:
    """A line without the dashes drawn at its end."""
    trimmed = raw.rstrip(" |")
    bare = trimmed.rstrip("-")
    return bare if trimmed.endswith("---") else raw


def cells(source: Source, zone: Zone) -> Iterator[Line]:
    """The lines of a zone, each cut at its table bars."""
    for line in lines(source, zone):
        at = line.zone.start
        for number, raw in enumerate(source.text[line.zone.start : line.zone.end].split("|")):
            trimmed = source.trim(Zone(at, at + len(raw)))
            if trimmed.start < trimmed.end:
                yield Line(trimmed, line.gap or number > 0)
            at += len(raw) + 1
