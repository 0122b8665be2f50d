"""All rows of a directive in every read model, from its events: what ``handle`` would have written by now."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from activities.journal.link_rows import link_rows
from activities.journal.rows import assignment_row, directive_row, handover_rows, receipt_rows
from activities.journal.span_rows import span_rows
from domain.event import Event
from domain.fold import folded
from domain.state import DirectiveState

Row = dict[str, Any]

_OF_STATE: Final[Mapping[str, Callable[[DirectiveState], Iterable[Row]]]] = {
    "directives": lambda state: [directive_row(state)],
    "assignments": lambda state: (assignment_row(state, one) for one in state.assignments.values()),
    "handovers": lambda state: handover_rows(state, state.assignments.keys()),
    "receipts": lambda state: receipt_rows(state, state.receipts.keys()),
}


def _spans(events: Sequence[Event]) -> Iterator[Row]:
    for row in span_rows(events):
        yield {**row, "until": row["until"] or "infinity"}


_OF_EVENTS: Final[Mapping[str, Callable[[Sequence[Event]], Iterable[Row]]]] = {"links": link_rows, "spans": _spans}

TABLES: Final = (*_OF_STATE, *_OF_EVENTS)
"""The read models that ``handle`` writes: whatever stands in them follows from the events of its directive."""


def rows_of(events: Sequence[Event], tables: Collection[str]) -> Iterator[tuple[str, Row]]:
    """Each row with its table. Raises ``BrokenStreamError``."""
    stream = events[0].stream
    state = folded(events) if not _OF_STATE.keys().isdisjoint(tables) else None
    for table in tables:
        rows = _OF_EVENTS[table](events) if state is None or table in _OF_EVENTS else _OF_STATE[table](state)
        for row in rows:
            yield table, {**row, "stream": stream}
