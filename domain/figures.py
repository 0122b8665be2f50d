"""The figures (FIGURES): where each assignment counts at an instant.

They are told from a state that knows no event later than that instant (``domain.fold.fold_as_of``). What the service
answers is told by SQL from ``spans``; this is the definition that tests hold it against.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final, Literal, NamedTuple

from domain.base import local
from domain.deadline import day_of
from domain.state import RELEASED, Assignment, DirectiveState, Handover

Cell = Literal["done_on_time", "done_late", "open_in_time", "open_overdue"]
Age = Literal["overdue_1_10", "overdue_11_30", "overdue_31_120", "overdue_over_120"]

_AGES: Final[tuple[tuple[int, Age], ...]] = ((10, "overdue_1_10"), (30, "overdue_11_30"), (120, "overdue_31_120"))
"""The last day of each but the last."""


class Holder(NamedTuple):
    """Whose row an assignment counts in: lead and support are never added."""

    unit: str
    role: Literal["lead", "support"]


def due(assignment: Assignment, *, originally: bool = False) -> datetime | None:
    """The deadline that it is held against; ``originally``: the first one stands in its place."""
    return assignment.first_deadline if originally else assignment.judged_by


def cell(assignment: Assignment, at: datetime, *, originally: bool = False) -> Cell | None:
    """In which of the four cells it stands at ``at``; None where it is released: in force no more, and in no cell."""
    if assignment.status in RELEASED:
        return None
    limit = due(assignment, originally=originally)
    late = limit is not None and _held(assignment, at) > limit
    if assignment.status == "accepted":
        return "done_late" if late else "done_on_time"
    return "open_overdue" if late else "open_in_time"


def overdue_days(assignment: Assignment, at: datetime, *, originally: bool = False) -> int | None:
    """Local days since the deadline, at least 1; None where it is not open and overdue.

    24:00 belongs to the day that it ends: what was due by the 20th is two days overdue all through the 22nd.
    """
    limit = due(assignment, originally=originally)
    if limit is None or cell(assignment, at, originally=originally) != "open_overdue":
        return None
    return max(1, (day_of(_held(assignment, at)) - day_of(limit)).days)


def age(days: int) -> Age:
    """The bucket of so many days overdue."""
    return next((name for last, name in _AGES if days <= last), "overdue_over_120")


def assigned(state: DirectiveState, since: date | None, until: date | None) -> list[Assignment]:
    """The cohort "assigned": what was assigned on the days from ``since`` to ``until``, both included; None: no end."""
    first, last = since or date.min, until or date.max
    return [one for one in state.assignments.values() if first <= one.assigned_on <= last]


def falling_due(
    state: DirectiveState, since: date | None, until: date | None, *, originally: bool = False
) -> list[Assignment]:
    """The cohort "due": whose deadline falls on these local days. What has none is outside."""
    first, last = since or date.min, until or date.max
    limits = ((one, due(one, originally=originally)) for one in state.assignments.values())
    return [one for one, limit in limits if limit is not None and first <= day_of(limit) <= last]


def tally(
    state: DirectiveState, among: Iterable[Assignment], at: datetime, *, originally: bool = False
) -> dict[Holder, Counter[str]]:
    """How often each holder counts in which column at ``at``.

    Columns: the cells, ``total``, ``given``; the kinds of release, ``released_when_overdue``; the subsets and ages,
    which are "of which" and never cells; of former holders ``handed_on`` and ``handed_on_overdue``.
    """
    found: defaultdict[Holder, Counter[str]] = defaultdict(Counter)
    for assignment in among:
        counted = _columns(state, assignment, at, originally=originally)
        found[Holder(assignment.credited, assignment.role)].update(counted)
        for one in assignment.handovers:
            found[Holder(one.before, assignment.role)].update(_handed_on(one, originally=originally))
    return found


def _held(assignment: Assignment, at: datetime) -> datetime:
    return min(assignment.held_until or at, at)


def _columns(state: DirectiveState, assignment: Assignment, at: datetime, *, originally: bool) -> Iterator[str]:
    """Every column in which it counts one."""
    yield "given"
    found = cell(assignment, at, originally=originally)
    if found is None:
        yield assignment.status
        if assignment.released_overdue_originally if originally else assignment.released_overdue:
            yield "released_when_overdue"
        return
    yield from (found, "total")
    if due(assignment, originally=originally) is None:
        yield "no_deadline"
    yield from _subsets(assignment)
    if assignment.owed:
        yield from _open_subsets(state, assignment)
    days = overdue_days(assignment, at, originally=originally)
    if days is not None:
        yield age(days)


def _subsets(assignment: Assignment) -> Iterator[str]:
    """Of what is in force, done or open."""
    if any(one.decided == "granted" for one in assignment.extensions):
        yield "extended"
    if assignment.reopened:
        yield "reopened"
    # A reorganisation moves a unit's work without anybody having asked for it.
    if any(one.cause != "reorganisation" for one in assignment.handovers):
        yield "transferred"
    if local(assignment.created_at).date() > assignment.assigned_on:
        yield "registered_late"
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


def _handed_on(one: Handover, *, originally: bool) -> Iterator[str]:
    yield "handed_on"
    if one.overdue_originally if originally else one.overdue:
        yield "handed_on_overdue"
