"""The deadline of the work: rung by rung, and its going by."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar, Literal

from domain.base import Instant
from domain.event import Alarm, AssignmentEvent, Event, Told
from domain.ladder import Level, Rung, Rungs, next_rung, reached
from domain.ladder import told as levels_told
from domain.state import Assignment, DirectiveState
from domain.timed import Ripe
from domain.timed.levels import above, to_unit


class Reminded(AssignmentEvent):
    """Of the first release: the deadline was near and the unit held the work."""

    type: Literal["Reminded"] = "Reminded"
    deadline: Instant
    due_at: Instant

    kinds: ClassVar = ("reminder",)

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Once for each deadline."""
        state.assignments[self.assignment].rungs[self.deadline] = -(state.policy.remind_working_days_before or 0)

    def alarm(self) -> Alarm:
        """One for each assignment and deadline."""
        return Alarm(f"#reminder/{self.assignment}/{self.deadline.isoformat()}", self.due_at)

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:
        """The unit; but rung late (the work lay elsewhere, or we were down), it would call near what has passed."""
        if event.at < self.deadline:
            yield Told("reminder", self.holder(state), None, (self.assignment,))


class RungReached(AssignmentEvent):
    """The unit holds the work, ``rung`` working days after the deadline; before it where negative.

    ``due_at``: when that was; ``skipped``: rungs that it overtook while nobody could ring them, or a pause lasted.
    """

    type: Literal["RungReached"] = "RungReached"
    deadline: Instant
    rung: int
    levels: list[Level]
    due_at: Instant
    skipped: list[int]

    kinds: ClassVar = ("reminder", "deadline_passed", "overdue_tracker", "overdue_head_of_office", "overdue_chairman")

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Once for each rung of each deadline."""
        state.assignments[self.assignment].rungs[self.deadline] = self.rung

    def alarm(self) -> Alarm:
        """One for each assignment, deadline and rung."""
        return Alarm(f"#rung/{self.assignment}/{self.deadline.isoformat()}/{self.rung}", self.due_at)

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:
        """The levels that the policy names."""
        if to_unit(self.levels):
            kind = "reminder" if event.at < self.deadline else "deadline_passed"
            yield Told(kind, self.holder(state), None, (self.assignment,))
        level = above(self.levels)
        if level is not None:
            yield Told(f"overdue_{level}", state.document.issuer, None, (self.assignment,))


class DeadlinePassed(AssignmentEvent):
    """The deadline went by while the unit held the work. Whether it is overdue is reckoned from the instants.

    Nobody is told at midnight: the ladder does that in working hours.
    """

    type: Literal["DeadlinePassed"] = "DeadlinePassed"
    deadline: Instant

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Once for each deadline."""
        state.assignments[self.assignment].passed.append(self.deadline)

    def alarm(self) -> Alarm:
        """One for each assignment and deadline."""
        return Alarm(f"#deadline/{self.assignment}/{self.deadline.isoformat()}", self.deadline)


def passing_of(assignment: Assignment) -> Iterator[Ripe]:
    """When the deadline will have gone by."""
    limit = assignment.deadline
    if limit is not None and assignment.runs and not assignment.has_passed:
        yield Ripe(limit, lambda _: DeadlinePassed(assignment=assignment.id, deadline=limit))


def rung_of(state: DirectiveState, assignment: Assignment) -> Iterator[Ripe]:
    """The next rung, as long as the unit holds the work."""
    limit = assignment.deadline
    if limit is None or not assignment.runs:
        return
    first = next_rung(
        _rungs(state, assignment, limit), assignment.rungs.get(limit), assignment.ladder_from or state.issued_at
    )
    if first is not None:
        yield Ripe(first.at, lambda now: _rung(state, assignment, limit, first, now))


def _rungs(state: DirectiveState, assignment: Assignment, limit: datetime) -> Rungs:
    calendar = state.calendar.of(assignment.unit)
    return Rungs(state.policy.work_ladder, calendar, state.policy.remind_at, limit)


def _rung(state: DirectiveState, assignment: Assignment, limit: datetime, first: Rung, now: datetime) -> RungReached:
    rung, skipped = reached(first, _rungs(state, assignment, limit), now)
    policy = state.policy
    return RungReached(
        assignment=assignment.id,
        deadline=limit,
        rung=rung.number,
        levels=levels_told(policy.escalation, policy.work_ladder, state.document.priority, rung.number),
        due_at=rung.at,
        skipped=skipped,
    )
