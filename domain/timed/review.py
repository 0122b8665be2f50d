"""What has no deadline is never overdue; it is looked at again from time to time."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from domain.base import Instant, Item, local
from domain.calendar import moment
from domain.deadline import NoDeadline
from domain.event import Alarm, Concern, Event, EventData, Told
from domain.state import DirectiveState, Obligation
from domain.timed import Ripe


class ReviewReached(EventData):
    """The day has come to look again at an obligation that has no deadline and that somebody still owes."""

    type: Literal["ReviewReached"] = "ReviewReached"
    item: Item
    due_at: Instant

    kinds: ClassVar = ("review",)

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """The next one is the policy's days later."""
        state.obligations[self.item].reviewed_at = self.due_at

    def concerns(self) -> Concern:
        """No unit and no assignment is touched."""
        return Concern()

    def alarm(self) -> Alarm:
        """One for each obligation and day."""
        return Alarm(f"#review/{self.item}/{self.due_at.isoformat()}", self.due_at)

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The issuer, naming what is still owed."""
        owing = tuple(one.id for one in state.assignments.values() if one.item == self.item and one.runs)
        yield Told("review", state.document.issuer, None, owing)


def of_item(state: DirectiveState, obligation: Obligation) -> Iterator[Ripe]:
    """The next review, whether or not somebody still owes; ``held`` says which are worth one."""
    if not isinstance(obligation.deadline, NoDeadline) or obligation.dropped:
        return
    first = _next(state, obligation)
    yield Ripe(first, lambda now: ReviewReached(item=obligation.item, due_at=_latest(state, first, now)))


def held(state: DirectiveState) -> set[str]:
    """Items of which a unit holds something that has no deadline."""
    if not any(isinstance(one.deadline, NoDeadline) for one in state.obligations.values()):
        # Asked for every batch: thousands of assignments need not be looked at for nothing.
        return set()
    return {one.item for one in state.assignments.values() if one.runs and one.deadline is None}


def _next(state: DirectiveState, obligation: Obligation) -> datetime:
    if obligation.reviewed_at is not None:
        return _moment(state, local(obligation.reviewed_at).date() + timedelta(days=state.policy.review_days))
    named = obligation.deadline.review if isinstance(obligation.deadline, NoDeadline) else None
    day = named or obligation.assigned_on + timedelta(days=state.policy.review_days)
    at = _moment(state, day)
    if at > state.issued_at:
        return at
    # Taken over from paper long after: from then on.
    return _moment(state, local(state.issued_at).date() + timedelta(days=state.policy.review_days))


def _latest(state: DirectiveState, first: datetime, now: datetime) -> datetime:
    """Of several that nobody could hold, the last."""
    latest = first
    while (after := _moment(state, local(latest).date() + timedelta(days=state.policy.review_days))) <= now:
        latest = after
    return latest


def _moment(state: DirectiveState, day: date) -> datetime:
    calendar = state.calendar.of(state.document.issuer)
    return calendar.next_open(moment(calendar.on_or_after(day), state.policy.remind_at))
