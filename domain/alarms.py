"""What time alone brings about, and when the next of it is to be expected."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final, Literal

from domain.base import Instant, UnitId
from domain.commands.demand_explanation import ExplanationDeadlinePassed
from domain.commands.recall import RecallUnanswered
from domain.event import Alarm, AssignmentEvent, Event, EventData, Told
from domain.recalls import owed_of
from domain.rejection import CommandRejected
from domain.state import Assignment, DirectiveState, Receipt

NEVER: Final = datetime.max.replace(tzinfo=UTC)


class AcknowledgementDeadlinePassed(EventData):
    """A unit was told and has answered neither way in time."""

    type: Literal["AcknowledgementDeadlinePassed"] = "AcknowledgementDeadlinePassed"
    unit: UnitId
    deadline: Instant

    kinds: ClassVar = ("acknowledgement_passed", "unacknowledged")

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Once for each acknowledgement deadline."""
        state.receipts[self.unit].passed_for = self.deadline

    def alarm(self) -> Alarm:
        """One for each unit and deadline."""
        return Alarm(f"#acknowledgement/{self.unit}/{self.deadline.isoformat()}", self.deadline)

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The unit, and the issuer."""
        return Told("acknowledgement_passed", self.unit), Told("unacknowledged", state.document.issuer, self.unit)


class Reminded(AssignmentEvent):
    """The deadline is near and the unit still holds the work."""

    type: Literal["Reminded"] = "Reminded"
    deadline: Instant
    due_at: Instant

    kinds: ClassVar = ("reminder",)

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Once for each deadline."""
        state.assignments[self.assignment].reminded_for = self.deadline

    def alarm(self) -> Alarm:
        """One for each assignment and deadline."""
        return Alarm(f"#reminder/{self.assignment}/{self.deadline.isoformat()}", self.due_at)

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:
        """The unit; but rung late (the work lay elsewhere, or we were down), it would call near what has passed."""
        if event.at < self.deadline:
            yield Told("reminder", self.holder(state), None, (self.assignment,))


class DeadlinePassed(AssignmentEvent):
    """The deadline went by while the unit held the work. Whether it is overdue is reckoned from the instants."""

    type: Literal["DeadlinePassed"] = "DeadlinePassed"
    deadline: Instant

    kinds: ClassVar = ("deadline_passed",)

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Once for each deadline."""
        state.assignments[self.assignment].passed_for = self.deadline

    def alarm(self) -> Alarm:
        """One for each assignment and deadline."""
        return Alarm(f"#deadline/{self.assignment}/{self.deadline.isoformat()}", self.deadline)

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The unit."""
        yield Told("deadline_passed", self.holder(state), None, (self.assignment,))


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
    if state.phase == "recalling":
        # One instant for all; looking at every unit for each answer would take long where they are thousands.
        return state.recall_answer_by
    if data.phase_moves:
        return None
    concern = data.concerns()
    receipts = [state.receipts[unit] for unit in concern.units if unit in state.receipts]
    assignments = [state.assignments[id_] for id_ in concern.assignments if id_ in state.assignments]
    if concern.everything or not (receipts or assignments):
        return None
    instants = [before]
    instants += [instant for receipt in receipts for instant, _ in _of_receipt(receipt)]
    instants += [instant for assignment in assignments for instant, _ in _of_assignment(assignment)]
    return min(instants)


def next_alarm(state: DirectiveState) -> datetime | None:
    """The nearest instant at which something will be due, or at which the run of an ended directive may end."""
    if state.phase == "recalling":
        return state.recall_answer_by
    instants = [instant for instant, _ in _alarms(state)]
    if state.ended_at is not None:
        instants.append(_lingers_until(state, state.ended_at))
    return min(instants, default=None)


def finished(state: DirectiveState, now: datetime) -> bool:
    """Whether the run may end: the directive has ended, and the policy's days gone by."""
    return state.ended_at is not None and now >= _lingers_until(state, state.ended_at)


def next_deadline(state: DirectiveState) -> datetime | None:
    """The nearest deadline of work that a unit still holds."""
    held = (one.deadline for one in state.assignments.values() if one.runs)
    return min((instant for instant in held if instant is not None), default=None)


def _lingers_until(state: DirectiveState, ended_at: datetime) -> datetime:
    return ended_at + timedelta(days=state.policy.linger_days)


def _alarms(state: DirectiveState) -> Iterator[tuple[datetime, EventData]]:
    if state.ended:
        return
    if state.phase == "recalling":
        yield from _of_recall(state)
        return
    for receipt in state.receipts.values():
        yield from _of_receipt(receipt)
    for assignment in state.assignments.values():
        yield from _of_assignment(assignment)


def _of_recall(state: DirectiveState) -> Iterator[tuple[datetime, EventData]]:
    """Frozen, nothing else is due; what would have been comes to pass if the directive is in force again."""
    limit = state.recall_answer_by
    if limit is None:
        return
    for receipt in state.receipts.values():
        if receipt.recall == "asked":
            owed = owed_of(state, receipt.unit)
            yield limit, RecallUnanswered(unit=receipt.unit, deadline=limit, assignments=owed)


def _of_receipt(receipt: Receipt) -> Iterator[tuple[datetime, EventData]]:
    limit = receipt.acknowledge_by
    if limit is not None and not receipt.answered and receipt.passed_for != limit:
        yield limit, AcknowledgementDeadlinePassed(unit=receipt.unit, deadline=limit)


def _of_assignment(assignment: Assignment) -> Iterator[tuple[datetime, EventData]]:
    explanation = assignment.pending_explanation
    # Owed beside the work: whether that is done or stands still.
    if explanation is not None and not explanation.passed:
        yield (
            explanation.due,
            ExplanationDeadlinePassed(assignment=assignment.id, number=explanation.number, deadline=explanation.due),
        )
    limit = assignment.deadline
    if limit is None or not assignment.runs or assignment.passed_for == limit:
        return
    remind_at = assignment.remind_at
    if remind_at is not None and assignment.reminded_for != limit:
        yield remind_at, Reminded(assignment=assignment.id, deadline=limit, due_at=remind_at)
    yield limit, DeadlinePassed(assignment=assignment.id, deadline=limit)
