"""From the whole list to directives: all of them, or everything that is wrong with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from domain.calendar import Calendar
from domain.directive import Directive
from domain.policy import Policy
from intake.directory import Directory, Entry
from intake.extract import Extracts
from intake.importing.columns import columns_of
from intake.importing.faults import Fault, FaultyError, limit_of
from intake.importing.grouping import contradictions, papers
from intake.importing.lines import Line, document_of, read_line
from intake.importing.table import Table
from intake.importing.units import Units


@dataclass(frozen=True, slots=True)
class Books:
    """By what the lines become directives."""

    directory: Directory
    calendar: Calendar
    policy: Policy


def draft_all(table: Table, issuer: Entry, books: Books, today: date) -> list[Directive]:
    """One directive for each paper, in the order of the list. ``today``: the local day, after which nothing happened.

    Raises:
        FaultyError: with everything that is wrong, by line and column.
    """
    header, *rows = table.rows
    columns, faults = columns_of(header.cells, header.line)
    if faults:
        raise FaultyError(faults)
    units = Units(books.directory)
    lines: list[Line] = []
    for row in rows:
        line, wrong = read_line(row, columns, units, today)
        lines.append(line)
        faults += wrong
    grouped = papers(lines)
    faults += [fault for paper in grouped for fault in contradictions(paper)]
    if not rows:
        faults.append(Fault(line=header.line, column="", code="no_lines"))
    if faults:
        raise FaultyError(faults)
    return _drafted(grouped, table, issuer, books)


def _drafted(grouped: Iterable[Sequence[Line]], table: Table, issuer: Entry, books: Books) -> list[Directive]:
    drafted: list[Directive] = []
    faults: list[Fault] = []
    extracts = Extracts(books.directory)
    for paper in grouped:
        try:
            drafted.append(Directive.model_validate(_content(paper, table, issuer, books, extracts)))
        except ValidationError as error:
            # Every line was found good by itself: what is left is about the paper as a whole, its size above all.
            wrong = error.errors(include_url=False)
            faults += [paper[0].fault("", one["type"], limit_of(one), one["msg"]) for one in wrong]
    if faults:
        raise FaultyError(faults)
    return drafted


def _content(paper: Sequence[Line], table: Table, issuer: Entry, books: Books, extracts: Extracts) -> dict[str, Any]:
    items = list(dict.fromkeys(line.get("item") for line in paper))
    holdings = [_holding([line for line in paper if line.get("item") == item]) for item in items]
    holders = {line.get("unit") for line in paper}
    return {
        "document": {**document_of(paper[0]), "issuer": issuer.id, "organ_name": issuer.name},
        "obligations": [obligation for obligation, _ in holdings],
        "directory": extracts.of([issuer.id, *holders]),
        "calendar": books.calendar,
        "policy": books.policy,
        "imported": {
            "file": table.file[-200:],
            "sha256": table.sha256,
            "lines": [line for _, lines in holdings for line in lines],
        },
    }


def _holding(lines: Sequence[Line]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """An item, and what is known of its assignments: these are numbered as a directive numbers them, leads first."""
    first = lines[0]
    leading = [line for line in lines if line.get("role") == "lead"]
    supporting = [line for line in lines if line.get("role") == "support"]
    obligation = {
        "item": first.get("item"),
        "text": first.get("task"),
        "mode": first.get("mode"),
        "lead": [line.get("unit") for line in leading],
        "support": [line.get("unit") for line in supporting],
        "deadline": {"kind": "none"}
        if first.get("deadline") is None
        else {"kind": "date", "day": first.get("deadline")},
    }
    known = [
        {
            "assignment": f"{first.get('item')}.{number}",
            "line": line.number,
            **{name: line.get(name) for name in ("acknowledged_on", "finished_on", "accepted_on")},
        }
        for number, line in enumerate([*leading, *supporting], start=1)
    ]
    return obligation, known
