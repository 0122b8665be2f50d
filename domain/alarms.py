"""What time alone brings about, and when the next of it is to be expected."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from domain.base import AssignmentId, Instant, UnitId
from domain.event import Alarm, Event, EventData
from domain.rejection import CommandRejected
from domain.state import HELD_BY_ISSUER, Assignment, DirectiveState, Receipt

NEVER: Final = datetime.max.replace(tzinfo=UTC)


class AcknowledgementDeadlinePassed(EventData):
    """A unit was told and has answered neither way in time."""

    type: Literal["AcknowledgementDeadlinePassed"] = "AcknowledgementDeadlinePassed"
    unit: UnitId
    deadline: Instant

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Once for each acknowledgement deadline."""
        state.receipts[self.unit].passed_for = self.deadline

    def alarm(self) -> Alarm:
        """One for each unit and deadline."""
        return Alarm(f"#acknowledgement/{self.unit}/{self.deadline.isoformat()}", self.deadline)


class Reminded(EventData):
    """The deadline is near and the unit still holds the work."""

    type: Literal["Reminded"] = "Reminded"
    assignment: AssignmentId
    deadline: Instant
    due_at: Instant

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Once for each deadline."""
        state.assignments[self.assignment].reminded_for = self.deadline

    def alarm(self) -> Alarm:
        """One for each assignment and deadline."""
        return Alarm(f"#reminder/{self.assignment}/{self.deadline.isoformat()}", self.due_at)


class DeadlinePassed(EventData):
    """The deadline went by while the unit held the work. Whether it is overdue is reckoned from the instants."""

    type: Literal["DeadlinePassed"] = "DeadlinePassed"
    assignment: AssignmentId
    deadline: Instant

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Once for each deadline."""
        state.assignments[self.assignment].passed_for = self.deadline

    def alarm(self) -> Alarm:
        """One for each assignment and deadline."""
        return Alarm(f"#deadline/{self.assignment}/{self.deadline.isoformat()}", self.deadline)


def due(state: DirectiveState, now: datetime) -> Sequence[EventData]:
    """All that is due by ``now`` and has not happened yet, earliest first."""
    ripe = [(instant, event) for instant, event in _alarms(state) if instant <= now]
    return [event for _, event in sorted(ripe, key=lambda pair: pair[0])]


def quiet_until(state: DirectiveState) -> datetime:
    """The instant before which nothing will be due; ``NEVER`` where nothing will."""
    return min((instant for instant, _ in _alarms(state)), default=NEVER)


def still_quiet_until(state: DirectiveState, data: EventData, before: datetime | None) -> datetime | None:
    """The same after an event, without searching thousands of units; None where it is not known any more.

    ``before``: what held before it. An event about one unit or one assignment sets no other's alarm.
    """
    if before is None or isinstance(data, CommandRejected):
        return before
    receipt = state.receipts.get(getattr(data, "unit", ""))
    assignment = state.assignments.get(getattr(data, "assignment", ""))
    if receipt is None and assignment is None:
        return None
    instants = [before]
    if receipt is not None:
        instants += [instant for instant, _ in _of_receipt(receipt)]
    if assignment is not None:
        instants += [instant for instant, _ in _of_assignment(assignment)]
    return min(instants)


def next_alarm(state: DirectiveState) -> datetime | None:
    """The nearest instant at which something will be due, or at which the run of a closed directive may end."""
    instants = [instant for instant, _ in _alarms(state)]
    if state.closed_at is not None:
        instants.append(_lingers_until(state, state.closed_at))
    return min(instants, default=None)


def finished(state: DirectiveState, now: datetime) -> bool:
    """Whether the run may end: closed, and the policy's days gone by."""
    return state.closed_at is not None and now >= _lingers_until(state, state.closed_at)


def next_deadline(state: DirectiveState) -> datetime | None:
    """The nearest deadline of work that a unit still holds."""
    held = (one.deadline for one in state.assignments.values() if one.status not in HELD_BY_ISSUER)
    return min((instant for instant in held if instant is not None), default=None)


def _lingers_until(state: DirectiveState, closed_at: datetime) -> datetime:
    return closed_at + timedelta(days=state.policy.linger_days)


def _alarms(state: DirectiveState) -> Iterator[tuple[datetime, EventData]]:
    if state.closed_at is not None:
        return
    for receipt in state.receipts.values():
        yield from _of_receipt(receipt)
    for assignment in state.assignments.values():
        yield from _of_assignment(assignment)


def _of_receipt(receipt: Receipt) -> Iterator[tuple[datetime, EventData]]:
    limit = receipt.acknowledge_by
    answered = receipt.acknowledged_at or receipt.refused_at
    if limit is not None and answered is None and receipt.passed_for != limit:
        yield limit, AcknowledgementDeadlinePassed(unit=receipt.unit, deadline=limit)


def _of_assignment(assignment: Assignment) -> Iterator[tuple[datetime, EventData]]:
    limit = assignment.deadline
    if limit is None or assignment.status in HELD_BY_ISSUER or assignment.passed_for == limit:
        return
    remind_at = assignment.remind_at
    if remind_at is not None and assignment.reminded_for != limit:
        yield remind_at, Reminded(assignment=assignment.id, deadline=limit, due_at=remind_at)
    yield limit, DeadlinePassed(assignment=assignment.id, deadline=limit)
