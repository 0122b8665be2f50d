"""From a table of units, one a line, to a directory."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import yaml
from pydantic import ValidationError

from intake.directory import Directory, Entry, Group, faults
from intake.importing.cells import CellError, day
from intake.importing.columns import columns_of
from intake.importing.faults import Fault, FaultyError, limit_of
from intake.importing.lines import Line
from intake.importing.table import Row, Table
from intake.words import plain

HEADERS: Final[Mapping[str, str]] = {
    "id": "mã",
    "name": "tên",
    "short_name": "tên viết tắt",
    "kind": "loại",
    "parent": "cấp trên",
    "email": "thư điện tử",
    "aliases": "tên khác",
    "groups": "nhóm",
    "valid_from": "từ ngày",
    "valid_to": "đến ngày",
}
"""Column -> its Vietnamese header. Of several ``aliases`` or ``groups`` in one cell each stands behind a semicolon."""
NEEDED: Final = ("id", "name", "kind")

_SEVERAL: Final = ("aliases", "groups")
_DAYS: Final = ("valid_from", "valid_to")
_ENTRY: Final = re.compile(r"(?P<list>units|groups)\[(?P<number>[0-9]+)\](\.(?P<field>[a-z_]+))?")
_NO_LETTERS: Final = re.compile(r"[^a-z0-9]+")
_WIDTH: Final = 100


def build_directory(table: Table, version: str) -> Directory:
    """The directory of that edition. A group is known by its name, and has an id made of it.

    Raises:
        FaultyError: with everything that is wrong, by line and column.
        ValidationError: the edition has a name that is none.
    """
    header, *rows = table.rows
    columns, wrong = columns_of(header.cells, header.line, HEADERS, NEEDED)
    if not rows:
        wrong.append(Fault(line=header.line, column="", code="no_lines"))
    if wrong:
        raise FaultyError(wrong)
    lines: list[Line] = []
    for row in rows:
        line, found = _line(row, columns)
        lines.append(line)
        wrong += [*found, *_refused(line)]
    wrong = wrong or [*_among(lines)]
    if wrong:
        raise FaultyError(wrong)
    return _whole(lines, version)


def yaml_of(directory: Directory) -> str:
    """The directory as the file that ``load_directory`` reads."""
    content = directory.model_dump(exclude_defaults=True)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=_WIDTH)


def _line(row: Row, columns: Sequence[str | None]) -> tuple[Line, list[Fault]]:
    cells = {column: cell for column, cell in zip(columns, row.cells, strict=False) if column is not None and cell}
    values: dict[str, Any] = {}
    line = Line(row.line, cells, values)
    wrong = [line.fault(column, "empty") for column in NEEDED if column not in cells]
    for place, cell in enumerate(row.cells):
        if cell and (place >= len(columns) or columns[place] is None):
            wrong.append(Fault(line=row.line, column="", code="cell_without_column", value=cell))
    for column, cell in cells.items():
        try:
            values[column] = _meaning(column, cell)
        except CellError as error:
            wrong.append(line.fault(column, error.code, error.limit))
    return line, wrong


def _meaning(column: str, cell: str) -> str | list[str] | date:
    if column in _SEVERAL:
        return [one.strip() for one in cell.split(";") if one.strip()]
    return day(cell) if column in _DAYS else cell


def _refused(line: Line) -> list[Fault]:
    """What an entry would not take; cells that are empty or mean nothing have their fault already."""
    try:
        Entry.model_validate(_unit(line))
    except ValidationError as error:
        return [
            line.fault(column, one["type"], limit_of(one), one["msg"])
            for one in error.errors(include_url=False)
            if (column := str(one["loc"][0])) in line.cells
        ]
    return []


def _unit(line: Line) -> dict[str, Any]:
    return {column: value for column, value in line.values.items() if column != "groups"}


def _whole(lines: Sequence[Line], version: str) -> Directory:
    grouped: dict[str, list[Line]] = {}
    for line in lines:
        for name in line.get("groups") or ():
            grouped.setdefault(name, []).append(line)
    groups = [_group(name, members) for name, members in grouped.items()]
    directory = Directory(version=version, units=[Entry.model_validate(_unit(line)) for line in lines], groups=groups)
    wrong = [_fault(lines, [*grouped.values()], field, reason) for field, reason in faults(directory)]
    if wrong:
        raise FaultyError(wrong)
    return directory


def _among(lines: Sequence[Line]) -> Iterator[Fault]:
    """What one line has against another, as far as there are words of our own for it."""
    seen: dict[str, Line] = {}
    ids = {None, *(line.get("id") for line in lines)}
    for line in lines:
        id_ = line.get("id")
        if id_ in seen:
            yield line.fault("id", "id_twice", limit=str(seen[id_].number))
        seen.setdefault(id_, line)
        if line.get("parent") not in ids:
            yield line.fault("parent", "no_such_parent")
        first, last = line.get("valid_from"), line.get("valid_to")
        if first is not None and last is not None and last < first:
            yield line.fault("valid_to", "before_valid_from")


def _group(name: str, members: Sequence[Line]) -> Group:
    try:
        return Group(id=_id(name), name=name, units=[line.get("id") for line in members])
    except ValidationError as error:
        wrong = error.errors(include_url=False)
        raise FaultyError(
            [members[0].fault("groups", one["type"], limit_of(one), one["msg"]) for one in wrong]
        ) from error


def _fault(lines: Sequence[Line], grouped: Sequence[Sequence[Line]], field: str, reason: str) -> Fault:
    """What is wrong with the directory, in the line that brought it."""
    found = _ENTRY.match(field)
    if found is None:
        raise ValueError(field)
    number = int(found["number"])
    if found["list"] == "groups":
        return grouped[number][0].fault("groups", "entry", message=reason)
    return lines[number].fault(found["field"] or "name", "entry", message=reason)


def _id(name: str) -> str:
    """ASCII letters and digits of the name, parted by hyphens."""
    return _NO_LETTERS.sub("-", plain(name)).strip("-")[:64].strip("-")
