"""The cells of a workbook as the texts that a person would type for them."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from intake.errors import InputError

_BROKEN = (BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, AttributeError, OSError)
"""What the library raises on files that are none; it has no error of its own for them."""


def workbook_rows(source: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The active sheet; formulas by the value that was last reckoned.

    Raises:
        InputError: no workbook.
    """
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.active
        if sheet is None:
            return
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield line, [_text(cell) for cell in cells]
    except _BROKEN as error:
        raise InputError(source, "", "import_no_workbook") from error


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case datetime() if cell.time() == time(0):
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell).strip()
