"""What time alone brings about, and when the next of it is to be expected."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from typing import Final

from domain.commands.recall import RecallUnanswered
from domain.event import EventData
from domain.recalls import owed_of
from domain.state import Assignment, DirectiveState, Receipt
from domain.timed import Ripe, acknowledgement, answer, clock, deadline, explanation, occurrence, review
from domain.timed.pause import after_pause

NEVER: Final = datetime.max.replace(tzinfo=UTC)


def due(state: DirectiveState, now: datetime) -> Sequence[EventData]:
    """All that is due by ``now`` and has not happened yet, earliest first."""
    ripe = sorted((one for one in _alarms(state) if one.at <= now), key=lambda one: one.at)
    return [one.event(now) for one in ripe]


def quiet_until(state: DirectiveState) -> datetime:
    """The instant before which nothing will be due; ``NEVER`` where nothing will."""
    return min((one.at for one in _alarms(state)), default=NEVER)


def next_alarm(state: DirectiveState) -> datetime | None:
    """The nearest instant at which something will be due, or at which the run of an ended directive may end."""
    if state.phase == "recalling":
        return state.recall_answer_by
    instants = [one.at for one in _alarms(state)]
    if state.ended_at is not None:
        instants.append(_lingers_until(state, state.ended_at))
    earliest = min(instants, default=None)
    return None if earliest is None else shown(earliest)


def shown(alarm: datetime) -> datetime:
    """In the one way in which alarms are told: calendars reckon in local time."""
    return alarm.astimezone(UTC)


def finished(state: DirectiveState, now: datetime) -> bool:
    """Whether the run may end: the directive has ended, and the policy's days gone by."""
    return state.ended_at is not None and now >= _lingers_until(state, state.ended_at)


def next_deadline(state: DirectiveState) -> datetime | None:
    """The nearest deadline of work that a unit still holds."""
    held = (one.deadline for one in state.assignments.values() if one.runs)
    return min((instant for instant in held if instant is not None), default=None)


def _lingers_until(state: DirectiveState, ended_at: datetime) -> datetime:
    return ended_at + timedelta(days=state.policy.linger_days)


def _alarms(state: DirectiveState) -> Iterable[Ripe]:
    if state.ended:
        return ()
    if state.phase == "recalling":
        return _of_recall(state)
    return chain(
        chain.from_iterable(_of_receipt(state, receipt) for receipt in state.receipts.values()),
        chain.from_iterable(_of_assignment(state, assignment) for assignment in state.assignments.values()),
        of_items(state),
    )


def of_unit(state: DirectiveState, unit: str) -> Iterable[Ripe]:
    """What will be due of its receipt and of all that it holds, in a directive that is in force."""
    receipt = state.receipts.get(unit)
    return chain(
        _of_receipt(state, receipt) if receipt else (),
        chain.from_iterable(_of_assignment(state, assignment) for assignment in state.held(unit)),
    )


def of_items(state: DirectiveState) -> Iterator[Ripe]:
    """What will be due of its obligations as such."""
    held = review.held(state)
    for obligation in state.obligations.values():
        yield from occurrence.of_item(state, obligation)
        if obligation.item in held:
            yield from after_pause(state, review.of_item(state, obligation))


def _of_recall(state: DirectiveState) -> Iterator[Ripe]:
    """Frozen, nothing else is due; what would have been comes to pass if the directive is in force again."""
    limit = state.recall_answer_by
    if limit is None:
        return
    for receipt in state.receipts.values():
        if receipt.recall == "asked":
            yield Ripe(limit, partial(_unanswered, state, receipt.unit, limit))


def _unanswered(state: DirectiveState, unit: str, limit: datetime, _: datetime) -> RecallUnanswered:
    return RecallUnanswered(unit=unit, deadline=limit, assignments=owed_of(state, unit))


def _of_receipt(state: DirectiveState, receipt: Receipt) -> Iterable[Ripe]:
    return after_pause(state, acknowledgement.of_receipt(state, receipt))


def _of_assignment(state: DirectiveState, assignment: Assignment) -> Iterator[Ripe]:
    # Facts are recorded when they happen; whom they bother waits for the end of a pause.
    yield from clock.of_assignment(state, assignment)
    yield from deadline.passing_of(assignment)
    yield from after_pause(
        state,
        chain(
            deadline.rung_of(state, assignment),
            explanation.demand_of(state, assignment),
            explanation.deadline_of(assignment),
            answer.of_report(state, assignment),
        ),
    )
