"""The read models against the state that they are made from."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import asyncpg

from activities.journal.link_rows import link_rows
from activities.journal.rows import assignment_row, directive_row, handover_rows, receipt_rows
from activities.journal.span_rows import span_rows
from domain.event import Event
from domain.state import DirectiveState

Row = Mapping[str, Any]
Stored = asyncpg.Record


@dataclass(frozen=True, slots=True)
class RowDifference:
    """``key``: of the row within its stream. ``column``: which differs; "missing" or "extra" where the row does."""

    table: str
    key: str
    column: str


def differing_rows(state: DirectiveState, found: Mapping[str, Iterable[Stored]]) -> list[RowDifference]:
    """Every difference. ``found``: the stored rows of the stream, by table."""
    expected: dict[str, tuple[tuple[str, ...], Iterable[Row]]] = {
        "directives": (("stream",), [directive_row(state)]),
        "assignments": (("id",), [assignment_row(state, one) for one in state.assignments.values()]),
        "handovers": (("assignment", "number"), handover_rows(state, state.assignments.keys())),
        "receipts": (("unit", "revision"), receipt_rows(state, state.receipts.keys())),
    }
    return [
        difference for table, (key, rows) in expected.items() for difference in _compare(table, key, rows, found[table])
    ]


def differing_links(events: Iterable[Event], found: Iterable[Stored]) -> Iterator[RowDifference]:
    """The same of ``links``, which follows from the events, not from the state."""
    return _compare("links", ("version", "number"), link_rows(events), found)


def differing_spans(events: Sequence[Event], found: Iterable[Stored]) -> Iterator[RowDifference]:
    """The same of ``spans``, which follow from the times of the events."""
    return _compare("spans", ("assignment", "version"), span_rows(events), found)


def differing_rights(
    events: Iterable[Event], seen: Mapping[int, int], found: Iterable[Stored]
) -> Iterator[RowDifference]:
    """The same of ``rights_changes``, as far as its follower has come. ``seen``: version to place in the record."""
    listed = (
        {"seq": seen[one.version], "version": one.version, "type": one.data.type, "at": one.at.isoformat()}
        for one in events
        if one.version in seen and one.data.changes_rights()
    )
    return _compare("rights_changes", ("version",), listed, found)


def _compare(
    table: str, key: tuple[str, ...], expected: Iterable[Row], found: Iterable[Stored]
) -> Iterator[RowDifference]:
    stored: dict[str, Stored] = {}
    for one in found:
        # The table's own key may be longer: a row beside its twin would be counted by the figures all the same.
        if stored.setdefault(_name(one, key), one) is not one:
            yield RowDifference(table, _name(one, key), "extra")
    for row in expected:
        name = _name(row, key)
        other = stored.pop(name, None)
        if other is None:
            yield RowDifference(table, name, "missing")
            continue
        for column, value in row.items():
            if not _same(value, other[column]):
                yield RowDifference(table, name, column)
    for name in stored:
        yield RowDifference(table, name, "extra")


def _name(row: Row | Stored, key: tuple[str, ...]) -> str:
    return "/".join(str(row[column]) for column in key)


def _same(expected: Any, stored: Any) -> bool:  # noqa: ANN401 - any column
    if isinstance(stored, datetime):
        return expected is not None and datetime.fromisoformat(expected) == stored
    if isinstance(stored, date):
        return bool(expected == stored.isoformat())
    if isinstance(expected, (dict, list)):
        return bool(expected == json.loads(stored))
    return bool(expected == stored)
