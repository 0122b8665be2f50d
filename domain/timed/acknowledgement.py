"""A unit that has answered neither way in time: recorded once, and urged rung by rung."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar, Literal

from domain.base import Instant, UnitId
from domain.event import Alarm, Event, EventData, Told
from domain.ladder import Level, Rung, Rungs, next_rung, reached
from domain.ladder import told as levels_told
from domain.state import DirectiveState, Receipt
from domain.timed import Ripe
from domain.timed.levels import above, to_unit


class AcknowledgementDeadlinePassed(EventData):
    """A unit was told and has answered neither way in time."""

    type: Literal["AcknowledgementDeadlinePassed"] = "AcknowledgementDeadlinePassed"
    unit: UnitId
    deadline: Instant

    kinds: ClassVar = ("acknowledgement_passed", "unacknowledged")

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Once for each acknowledgement deadline."""
        state.receipts[self.unit].passed.append(self.deadline)

    def alarm(self) -> Alarm:
        """One for each unit and deadline."""
        return Alarm(f"#acknowledgement/{self.unit}/{self.deadline.isoformat()}", self.deadline)

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The unit, and the issuer."""
        return Told("acknowledgement_passed", self.unit), Told("unacknowledged", state.document.issuer, self.unit)


class AcknowledgementRungReached(EventData):
    """Still no answer, ``rung`` working days after the deadline. ``skipped``: rungs that it overtook."""

    type: Literal["AcknowledgementRungReached"] = "AcknowledgementRungReached"
    unit: UnitId
    deadline: Instant
    rung: int
    levels: list[Level]
    due_at: Instant
    skipped: list[int]

    kinds: ClassVar = (
        "acknowledgement_passed", "unacknowledged", "unacknowledged_head_of_office", "unacknowledged_chairman",
    )  # fmt: skip

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Once for each rung."""
        state.receipts[self.unit].rungs[self.deadline] = self.rung

    def alarm(self) -> Alarm:
        """One for each unit, deadline and rung."""
        return Alarm(f"#acknowledgement/{self.unit}/{self.deadline.isoformat()}/{self.rung}", self.due_at)

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The levels that the policy names."""
        if to_unit(self.levels):
            yield Told("acknowledgement_passed", self.unit)
        match above(self.levels):
            case "tracker":
                yield Told("unacknowledged", state.document.issuer, self.unit)
            case "head_of_office":
                yield Told("unacknowledged_head_of_office", state.document.issuer, self.unit)
            case "chairman":
                yield Told("unacknowledged_chairman", state.document.issuer, self.unit)


def of_receipt(state: DirectiveState, receipt: Receipt) -> Iterator[Ripe]:
    """What is to come of a receipt."""
    limit = receipt.acknowledge_by
    if limit is None or receipt.answered:
        return
    if limit not in receipt.passed:
        yield Ripe(limit, lambda _: AcknowledgementDeadlinePassed(unit=receipt.unit, deadline=limit))
    if not any(one.owed for one in state.held(receipt.unit)):
        # Let off all of it: nobody is urged to receive what it need not do.
        return
    after = max(limit, receipt.refusal_declined_at or limit)
    first = next_rung(_rungs(state, receipt.unit, limit), receipt.rungs.get(limit), after)
    if first is not None:
        yield Ripe(first.at, lambda now: _urged(state, receipt.unit, limit, first, now))


def _rungs(state: DirectiveState, unit: str, limit: datetime) -> Rungs:
    return Rungs(state.policy.acknowledge_ladder, state.calendar.of(unit), state.policy.remind_at, limit)


def _urged(state: DirectiveState, unit: str, limit: datetime, first: Rung, now: datetime) -> AcknowledgementRungReached:
    rung, skipped = reached(first, _rungs(state, unit, limit), now)
    policy = state.policy
    return AcknowledgementRungReached(
        unit=unit,
        deadline=limit,
        rung=rung.number,
        levels=levels_told(policy.escalation, policy.acknowledge_ladder, state.document.priority, rung.number),
        due_at=rung.at,
        skipped=skipped,
    )
