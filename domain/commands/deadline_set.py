"""DeadlineSet: whenever the reckoned instant of an assignment changes. Figures read these events only."""

from datetime import datetime
from typing import Literal

from domain.base import Instant, Sha256
from domain.calendar import Calendar, moment
from domain.deadline import Deadline, day_of
from domain.event import AssignmentEvent, Event
from domain.policy import Policy
from domain.state import DirectiveState

Cause = Literal["issued", "extended", "resumed", "amended", "reopened", "superior"]


class DeadlineSet(AssignmentEvent):
    """``remind_at``: when the unit is reminded of it, unless the work has left the unit by then."""

    type: Literal["DeadlineSet"] = "DeadlineSet"
    instant: Instant
    rule: Deadline
    cause: Cause
    calendar: Sha256
    remind_at: Instant | None

    def apply(self, state: DirectiveState, event: Event) -> None:
        """The last instant set is the deadline."""
        assignment = state.assignments[self.assignment]
        assignment.deadlines.append(self.instant)
        assignment.deadlines_set_at.append(event.at)
        assignment.rule = self.rule
        assignment.remind_at = self.remind_at


def deadline_set(  # noqa: PLR0913 - all that an instant was reckoned from stands in its event
    assignment: str,
    instant: datetime,
    rule: Deadline,
    *,
    cause: Cause,
    set_at: datetime,
    calendar: Calendar,
    policy: Policy,
) -> DeadlineSet:
    """The event, with the reminder reckoned; none where its time is already past when the deadline is set."""
    remind_at = _reminder(instant, calendar, policy)
    return DeadlineSet(
        assignment=assignment,
        instant=instant,
        rule=rule,
        cause=cause,
        calendar=calendar.sha256(),
        remind_at=remind_at if remind_at > set_at else None,
    )


def moved(  # noqa: PLR0913, PLR0917 - all that its event names
    state: DirectiveState, assignment: str, instant: datetime, rule: Deadline, cause: Cause, at: datetime
) -> DeadlineSet:
    """The event by which an assignment of a directive that is there gets another deadline."""
    return deadline_set(assignment, instant, rule, cause=cause, set_at=at, calendar=state.calendar, policy=state.policy)


def _reminder(deadline: datetime, calendar: Calendar, policy: Policy) -> datetime:
    return moment(calendar.minus(day_of(deadline), policy.remind_working_days_before), policy.remind_at)
