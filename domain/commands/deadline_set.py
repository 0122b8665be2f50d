"""DeadlineSet: whenever the reckoned instant of an assignment changes. Figures read these events only."""

from datetime import date, datetime
from typing import ClassVar, Literal

from domain.base import Day, Instant, Sha256
from domain.deadline import Deadline
from domain.event import Alarm, AssignmentEvent, Event
from domain.state import DirectiveState, Setting

Cause = Literal["issued", "extended", "resumed", "amended", "reopened", "superior", "started", "calendar"]


class DeadlineSet(AssignmentEvent):
    """``from_day``: where the clock started, for a rule that counts from somewhere; ``calendar``: by which it ran.

    ``before``: the deadline that stood until now. ``started_at``: with the cause of that name, the instant by which it
    was known that the clock runs.
    """

    type: Literal["DeadlineSet"] = "DeadlineSet"
    schema_version: ClassVar = 2
    instant: Instant
    rule: Deadline
    cause: Cause
    calendar: Sha256
    from_day: Day | None = None
    before: Instant | None = None
    started_at: Instant | None = None

    def apply(self, state: DirectiveState, event: Event) -> None:
        """The last instant set is the deadline. Its rungs that are over by now are not rung any more."""
        assignment = state.assignments[self.assignment]
        assignment.settings.append(
            Setting(instant=self.instant, rule=self.rule, from_day=self.from_day, set_at=event.at)
        )
        assignment.ladder_from = event.at

    def alarm(self) -> Alarm | None:
        """Where time alone started the clock, or what another event brought about: once for each assignment."""
        return None if self.started_at is None else Alarm(f"#clock/{self.assignment}", self.started_at)


def moved(  # noqa: PLR0913, PLR0917 - all that its event names
    state: DirectiveState,
    assignment: str,
    instant: datetime,
    rule: Deadline,
    cause: Cause,
    from_day: date | None = None,
) -> DeadlineSet:
    """The event by which an assignment of a directive that is there gets a deadline, or another one."""
    known = state.assignments.get(assignment)
    return DeadlineSet(
        assignment=assignment,
        instant=instant,
        rule=rule,
        cause=cause,
        calendar=state.calendar.sha256(),
        from_day=from_day,
        before=known.deadline if known else None,
    )
