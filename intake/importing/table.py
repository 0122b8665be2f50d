"""The cells of a .csv or .xlsx file, each a text, with the lines they stand in."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from domain.canonical import digest
from intake.errors import InputError


class Row(NamedTuple):
    """``line``: the one in which it begins, counted from 1."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """``rows``: without empty ones; the first is the header. ``sha256``: of the file."""

    file: str
    sha256: str
    rows: list[Row]


def read_table(path: Path) -> Table:
    """The table in a file: ``.xlsx`` is a workbook, of which the active sheet is read, anything else CSV.

    Raises:
        InputError: it cannot be read, or is empty.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(str(path), "", error.strerror or str(error)) from error
    workbook = path.suffix.lower() == ".xlsx"
    from intake.importing.workbook import workbook_rows  # noqa: PLC0415 - slow to load, rarely needed

    found = workbook_rows(str(path), content) if workbook else csv_rows(str(path), content)
    rows = [Row(line, cells) for line, cells in found if any(cells)]
    if not rows:
        raise InputError(str(path), "", "import_empty")
    return Table(path.name, digest(content), rows)


def csv_rows(source: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """UTF-8, with or without a byte order mark; cells parted by commas or, as Vietnamese settings have it, semicolons.

    Raises:
        InputError: another encoding, or quotes that never end.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(source, "", "string_unicode") from error
    head = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;", key=head.count), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(source, str(line), "import_quotes") from error
