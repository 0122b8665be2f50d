"""The figures (FIGURES): where each assignment counts at an instant.

They are told from a state that knows no event later than that instant (``domain.fold.fold_as_of``).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Literal, NamedTuple

from domain.state import RELEASED, Assignment, DirectiveState, Handover

Cell = Literal["done_on_time", "done_late", "open_in_time", "open_overdue"]


class Holder(NamedTuple):
    """Whose row an assignment counts in: lead and support are never added."""

    unit: str
    role: Literal["lead", "support"]


def cell(assignment: Assignment, at: datetime) -> Cell | None:
    """In which of the four cells it stands at ``at``; None where it is released: in force no more, and in no cell."""
    if assignment.status in RELEASED:
        return None
    due, held = assignment.judged_by, min(assignment.held_until or at, at)
    late = due is not None and held > due
    if assignment.status == "accepted":
        return "done_late" if late else "done_on_time"
    return "open_overdue" if late else "open_in_time"


def assigned(state: DirectiveState, since: date | None, until: date | None) -> list[Assignment]:
    """The cohort "assigned": what was assigned on the days from ``since`` to ``until``, both included; None: no end."""
    first, last = since or date.min, until or date.max
    return [one for one in state.assignments.values() if first <= one.assigned_on <= last]


def tally(state: DirectiveState, among: Iterable[Assignment], at: datetime) -> dict[Holder, Counter[str]]:
    """How often each holder counts in which column at ``at``.

    Columns: the cells, ``total``, ``given``; the kinds of release, ``released_when_overdue``; the subsets, which are
    "of which" and never cells; of former holders ``handed_on`` and ``handed_on_overdue``.
    """
    found: defaultdict[Holder, Counter[str]] = defaultdict(Counter)
    for assignment in among:
        found[Holder(assignment.unit, assignment.role)].update(_columns(state, assignment, at))
        for one in assignment.handovers:
            found[Holder(one.before, assignment.role)].update(_handed_on(one))
    return found


def _columns(state: DirectiveState, assignment: Assignment, at: datetime) -> Iterator[str]:
    """Every column in which it counts one."""
    yield "given"
    found = cell(assignment, at)
    if found is None:
        yield assignment.status
        if assignment.released_overdue:
            yield "released_when_overdue"
        return
    yield from (found, "total")
    yield from _subsets(assignment)
    if assignment.owed:
        yield from _open_subsets(state, assignment)


def _subsets(assignment: Assignment) -> Iterator[str]:
    """Of what is in force, done or open."""
    if assignment.judged_by is None:
        yield "no_deadline"
    if any(one.decided == "granted" for one in assignment.extensions):
        yield "extended"
    if assignment.reopened:
        yield "reopened"
    # A reorganisation moves a unit's work without anybody having asked for it.
    if any(one.cause != "reorganisation" for one in assignment.handovers):
        yield "transferred"
    if assignment.times_corrected:
        yield "time_corrected"


def _open_subsets(state: DirectiveState, assignment: Assignment) -> Iterator[str]:
    """Of what is open."""
    if assignment.status == "with_issuer":
        yield "awaiting_issuer"
    if assignment.suspended_at is not None:
        yield "suspended"
    receipt = state.receipts.get(assignment.unit)
    if receipt is not None and receipt.refusal_waits:
        yield "refused_undecided"


def _handed_on(one: Handover) -> Iterator[str]:
    yield "handed_on"
    if one.overdue:
        yield "handed_on_overdue"
