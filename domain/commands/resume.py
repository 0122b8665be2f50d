"""resume (tiếp tục): the clock runs again; the working days on hold are given back."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Instant, local
from domain.calendar import Calendar
from domain.command import SelectionCommand
from domain.commands.deadline_set import DeadlineSet, moved
from domain.commands.working import check_owed
from domain.deadline import day_of, rule_of
from domain.event import AssignmentEvent, Event, EventData, Told
from domain.refusal import Code, Refused
from domain.state import Assignment, DirectiveState


class Resumed(AssignmentEvent):
    """``working_days``: how many lay on hold, the day of the suspension included, that of the resumption not."""

    type: Literal["Resumed"] = "Resumed"
    suspended_at: Instant
    working_days: int

    kinds: ClassVar = ("resumed",)

    def change(self, assignment: Assignment, event: Event) -> None:
        """Its time is the unit's again."""
        assignment.ladder_from = event.at
        assignment.suspended_at = None

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The unit."""
        yield Told("resumed", self.holder(state), None, (self.assignment,))


class Resume(SelectionCommand):
    """From a leader of the issuer."""

    type: Literal["resume"]

    roles: ClassVar = (Role.LEADER,)

    def fit(self, state: DirectiveState, assignment: Assignment, at: datetime) -> None:  # noqa: ARG002 - same for all
        """Owed and suspended. Raises ``Refused``."""
        check_owed(assignment)
        if assignment.suspended_at is None:
            raise Refused(Code.NOT_SUSPENDED, assignment=assignment.id)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        return [event for one in self.chosen(state, at) for event in _resumed(state, one, at)]


def _resumed(state: DirectiveState, assignment: Assignment, at: datetime) -> Iterator[EventData]:
    since, deadline = assignment.suspended_at or at, assignment.deadline
    days = _working_days(state.calendar.of(assignment.unit), local(since).date(), local(at).date())
    yield Resumed(assignment=assignment.id, suspended_at=since, working_days=days)
    if deadline is not None and since <= deadline:
        yield from _given_back(state, assignment, deadline, days, at)


def _given_back(
    state: DirectiveState, one: Assignment, deadline: datetime, days: int, at: datetime
) -> Iterator[DeadlineSet]:
    calendar = state.calendar.of(one.unit)
    instant = _later(calendar, deadline, days)
    if instant <= at:
        # Suspended on its last day, by an hour that is gone on the day of the resumption: some time was left of it.
        instant = _later(calendar, deadline, days + 1)
    window = state.superior.deadline if state.superior else None
    if window is not None:
        instant = min(instant, window)
    if instant > deadline:
        yield moved(state, one.id, instant, rule_of(instant), "resumed")


def _later(calendar: Calendar, deadline: datetime, working_days: int) -> datetime:
    """The same hour that many working days after."""
    day = day_of(deadline)
    return deadline + (calendar.plus(day, working_days) - day)


def _working_days(calendar: Calendar, first: date, after: date) -> int:
    return sum(calendar.works(first + timedelta(days=n)) for n in range((after - first).days))
