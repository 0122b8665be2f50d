"""Number and symbol of the document: "Số: 1680/UBND-NC"."""

import re

from intake.found import found
from intake.notes import Notes
from intake.reading import Read
from intake.source import Source, Zone

SYMBOL_PLAIN = r"[a-z][\w.&]*(?:(?:-[ ]?|[ ]-)[\w&][\w.&]*)*"
NUMBER_PLAIN = re.compile(
    r"(?:^|[\n|])[ #|]*so[ ]?[:.]?[ ]*(?P<number>[0-9]{1,10}[a-z]?)?[ ]*/[ ]*"
    rf"(?P<symbol>(?:[0-9]{{4}}/)?{SYMBOL_PLAIN})"
)
_USUAL_SPELLING = {"CD-": "CĐ-", "QD-": "QĐ-"}


def number_and_symbol(
    source: Source, header: Zone, notes: Notes
) -> tuple[Read[str] | None, Read[str] | None, Zone | None]:
    """Number, symbol, and the whole mark. Blanks within it are not part of it (Decree 30/2020, Appendix I.3)."""
    match = NUMBER_PLAIN.search(source.plain, header.start, header.end)
    if match is None:
        return None, None, None
    symbol_zone = source.trim(Zone(*match.span("symbol")), tail=".")
    symbol = source.cut(symbol_zone).replace(" ", "")
    start = match.start("number") if match["number"] else symbol_zone.start
    mark = Zone(start, symbol_zone.end)
    if match["number"] is None:
        return None, found(source, symbol, symbol_zone), mark
    digits = Zone(*match.span("number"))
    number = found(source, source.cut(digits), digits)
    printed, written = source.words(mark), f"{number.value}/{symbol}"
    if printed != written:
        notes.warn("number_spacing", mark, printed=printed, read=written)
    return number, found(source, symbol, symbol_zone), mark


def usual_spelling(notation: str) -> str:
    """The notation with the letter Đ where the kind's abbreviation has it: "280/CĐ-TTg" for "280/CD-TTg"."""
    for printed, usual in _USUAL_SPELLING.items():
        notation = notation.replace("/" + printed, "/" + usual)
    return notation
