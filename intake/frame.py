"""Where the parts of the document lie: header, body and what comes after the body."""

import re
from dataclasses import dataclass

from intake.header import PLACE_AND_DAY_PLAIN
from intake.lines import cells
from intake.numbering import NUMBER_PLAIN
from intake.source import Source, Zone
from intake.title import ABOUT_PLAIN
from intake.vocabulary import KINDS
from intake.words import is_upper

_ADDRESS_PLAIN = re.compile(r"(?<!dong )\bkinh gui\s*:")
_CALL_PLAIN = re.compile(r"(?:^|\n)[^\n]{1,80}\sdien\s*:[ |]*(?=\n|$)")
_COPIES_PLAIN = re.compile(r"(?:^|\n)[ |#]*noi nhan\b")
_FULL_STOP_PLAIN = re.compile(r"\.\s?/\s?\.|\./\.?(?=\s|$)")
_GAP = re.compile(r"\n[ ]*[\n|]")
_HEADER_MARKS = (NUMBER_PLAIN, PLACE_AND_DAY_PLAIN, ABOUT_PLAIN)
_HEADER_REACH = 3000


@dataclass(frozen=True)
class Frame:
    """``kind``: the line that names the kind, if one does. ``address``: where the addressees begin, if they do.

    ``header`` ends where the addressees or the title's line of kind begin; ``tail`` begins after the end mark "./.".
    """

    header: Zone
    kind: Zone | None
    address: Zone | None
    body_end: int
    tail: Zone


def frame(source: Source) -> Frame:
    """Find the marks between which everything else is looked for."""
    copies = _COPIES_PLAIN.search(source.plain)
    body_end = _body_end(source, copies.start() if copies else None)
    kind = _kind(source, Zone(0, body_end))
    address = _address(source, kind, body_end)
    header_end = _header_end(source, kind, address, body_end)
    tail = Zone(body_end, len(source.text))
    return Frame(header=Zone(0, header_end), kind=kind, address=address, body_end=body_end, tail=tail)


def _body_end(source: Source, copies: int | None) -> int:
    before = len(source.text) if copies is None else copies
    ends = [match.end() for match in _FULL_STOP_PLAIN.finditer(source.plain, 0, before)]
    if ends:
        return ends[-1]
    return before


def _kind(source: Source, zone: Zone) -> Zone | None:
    for cell in cells(source, zone):
        named = source.trim(cell.zone, tail=":")
        if source.plain[named.start : named.end] in KINDS and is_upper(source.cut(named)):
            return named
    return None


def _address(source: Source, kind: Zone | None, body_end: int) -> Zone | None:
    match = _ADDRESS_PLAIN.search(source.plain, 0, body_end)
    if match is None and kind is not None:
        match = _CALL_PLAIN.search(source.plain, kind.end, body_end)
    return Zone(*match.span()) if match else None


def _header_end(source: Source, kind: Zone | None, address: Zone | None, body_end: int) -> int:
    if address:
        return address.start
    if kind:
        return kind.end
    marks = (pattern.search(source.plain, 0, min(body_end, _HEADER_REACH)) for pattern in _HEADER_MARKS)
    last = max((match.end() for match in marks if match), default=0)
    gap = _GAP.search(source.plain, last, body_end)
    return gap.start() if gap else body_end
