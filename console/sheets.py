"""Tables in files for office programs: CSV and XLSX. What people wrote stays text, whatever it begins with."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
"""With these an office program begins a formula."""
Cell = str | int | Decimal | None
Line = Sequence[Cell]


def csv_bytes(lines: Iterable[Line]) -> bytes:
    """UTF-8 with the mark by which office programs know it. An apostrophe keeps words from being a formula."""
    written = io.StringIO()
    csv.writer(written).writerows([[_harmless(cell) for cell in line] for line in lines])
    return written.getvalue().encode("utf-8-sig")


def xlsx_bytes(lines: Iterable[Line], title: str) -> bytes:
    """A workbook of one sheet; words are typed as words."""
    from openpyxl import Workbook  # noqa: PLC0415 - takes 200 ms to load; most commands write none

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for line in lines:
        sheet.append([_typed(sheet, cell) for cell in line])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RISKY) else cell


def _typed(sheet: Any, cell: Cell) -> Any:  # noqa: ANN401 - openpyxl has no types
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    written: Any = WriteOnlyCell(sheet)
    written.value = cell
    if isinstance(cell, str):
        # By itself it takes for a formula what begins with "=".
        written.data_type = "s"
    return written
