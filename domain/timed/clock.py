"""A clock that starts when the unit has received, or acknowledged; and that of an occurrence, when it opens."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from domain.base import local
from domain.calendar import end_of
from domain.commands.deadline_set import DeadlineSet
from domain.deadline import AfterDeadline, Deadline, RecurringDeadline, day_of
from domain.reckoning import instant_for
from domain.state import Assignment, DirectiveState, Receipt
from domain.timed import Ripe, at_once


def of_assignment(state: DirectiveState, assignment: Assignment) -> Iterator[Ripe]:
    """Its first deadline, once it is known from where to count."""
    if assignment.settings or not assignment.owed:
        return
    rule = state.obligations[assignment.item].deadline
    started = _started(state, assignment, rule)
    if started is None:
        return
    at, from_day = started
    instant = instant_for(state, assignment, rule, from_day)
    if instant is not None:
        yield at_once(
            at,
            DeadlineSet(
                assignment=assignment.id,
                instant=instant,
                rule=rule,
                cause="started",
                calendar=state.calendar.sha256(),
                from_day=from_day,
                started_at=at,
            ),
        )


def _started(state: DirectiveState, assignment: Assignment, rule: Deadline) -> tuple[datetime, date] | None:
    """From when it is known, and the day from which it counts."""
    if isinstance(rule, RecurringDeadline):
        # Counted from the eve, so that an occurrence that ends on its opening day is not taken for the next one.
        eve = assignment.assigned_on - timedelta(days=1)
        return (end_of(eve), eve) if assignment.occurrence is not None else None
    if not isinstance(rule, AfterDeadline) or rule.start == "issue":
        return None
    receipt = state.receipts[assignment.unit]
    return _received(receipt) if rule.start == "receipt" else _acknowledged(receipt)


def _received(receipt: Receipt) -> tuple[datetime, date] | None:
    # Who has acknowledged has received, by whatever way.
    known = [one for one in (receipt.delivered_at, receipt.acknowledged_at) if one is not None]
    at = min(known, default=None)
    return None if at is None else (at, local(at).date())


def _acknowledged(receipt: Receipt) -> tuple[datetime, date] | None:
    # The last moment for it is the end of a day: whoever is silent has no day more than who answered on that day.
    said, limit = receipt.acknowledged_at, receipt.acknowledge_by
    known = [
        *([] if said is None else [(said, local(said).date())]),
        *([] if limit is None else [(limit, day_of(limit))]),
    ]
    return min(known, default=None)
