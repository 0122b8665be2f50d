"""What another calendar, another policy or another window comes to: open deadlines move, what is done does not."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from domain.base import Instant, UnitId
from domain.commands.deadline_set import Cause, moved
from domain.commands.record_delivery import acknowledge_by
from domain.event import Event, EventData
from domain.reckoning import reckoned_again
from domain.state import DirectiveState


class AcknowledgementDeadlineSet(EventData):
    """The time to acknowledge is another one. ``before``: the one that stood until now."""

    type: Literal["AcknowledgementDeadlineSet"] = "AcknowledgementDeadlineSet"
    unit: UnitId
    instant: Instant
    before: Instant
    cause: Literal["calendar", "policy"]

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """The last one set counts."""
        state.receipts[self.unit].acknowledge_by = self.instant


def open_deadlines(state: DirectiveState, at: datetime, cause: Cause) -> Iterator[EventData]:
    """Those of open work, where their rule comes to another instant by now. ``state`` knows what they are reckoned by.

    Nobody becomes late by an announcement: an earlier instant that is over already is not set.
    """
    for one in state.assignments.values():
        if not one.owed or not one.settings:
            continue
        last, instant = one.settings[-1], reckoned_again(state, one)
        if instant is not None and _may_move(last.instant, instant, at):
            yield moved(state, one.id, instant, last.rule, cause, last.from_day)


def open_receipts(state: DirectiveState, at: datetime, cause: Literal["calendar", "policy"]) -> Iterator[EventData]:
    """The times to acknowledge of those who have not answered, in the same way."""
    for one in state.receipts.values():
        if one.delivered_at is None or one.acknowledge_by is None or one.answered or one.purpose != "act":
            continue
        instant = acknowledge_by(state, one.unit, max(one.delivered_at, one.refusal_declined_at or one.delivered_at))
        if _may_move(one.acknowledge_by, instant, at):
            yield AcknowledgementDeadlineSet(unit=one.unit, instant=instant, before=one.acknowledge_by, cause=cause)


def _may_move(before: datetime, instant: datetime, at: datetime) -> bool:
    return instant != before and (instant > before or instant > at)
