"""record_delivery: what the dispatcher tells the directive of its notices, in one batch.

Only what changes the directive's rules: the first delivery to a unit starts its acknowledgement clock; a notice given
up means that somebody was not told.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from domain.actor import Role
from domain.base import CLEAN, Fact, Instant, Text, UnitId, local
from domain.calendar import end_of
from domain.command import Command, receipt_of
from domain.directive import EVERY_COMMUNE
from domain.event import Event, EventData
from domain.refusal import Code, Refused
from domain.state import PHASES, DirectiveState, Receipt

Channel = Literal["email", "file"]


class ReceiptDelivered(EventData):
    """``acknowledge_by``: reckoned here once; another calendar or policy moves it by an event of its own."""

    type: Literal["ReceiptDelivered"] = "ReceiptDelivered"
    unit: UnitId
    revision: int
    channel: Channel
    notice: UUID
    delivered_at: Instant
    acknowledge_by: Instant | None

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """The acknowledgement clock runs from the first delivery."""
        receipt = state.receipts[self.unit]
        receipt.delivered_at = self.delivered_at
        receipt.acknowledge_by = self.acknowledge_by
        receipt.gave_up_at = None
        # The delivery, not our hearing of it: what the unit did in between keeps its own time.
        receipt.touched_at = max(receipt.touched_at, self.delivered_at)


class NoticeGivenUp(EventData):
    """A notice will not be tried again. Nobody is silently not told."""

    type: Literal["NoticeGivenUp"] = "NoticeGivenUp"
    unit: UnitId
    channel: Channel
    notice: UUID
    problem: Text

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Remembered until a later delivery succeeds. The issuer is told things too, and holds no receipt."""
        if receipt := state.receipts.get(self.unit):
            receipt.gave_up_at = event.at


class Delivery(Fact):
    """One notice that arrived, or (``problem`` given) one that never will. ``revision``: that it told of."""

    unit: UnitId
    notice: UUID
    channel: Channel
    at: Instant
    revision: int | None = Field(default=None, ge=1)
    problem: Annotated[str, StringConstraints(max_length=500), CLEAN] | None = None


class RecordDelivery(Command):
    """From the dispatcher."""

    type: Literal["record_delivery"]
    deliveries: list[Delivery] = Field(min_length=1, max_length=EVERY_COMMUNE)

    roles: ClassVar = (Role.SYSTEM,)
    phases: ClassVar = PHASES

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Later deliveries to a unit change nothing. Raises ``Refused``."""
        return list(self._events(state, at))

    def _events(self, state: DirectiveState, at: datetime) -> Iterator[EventData]:
        seen: set[str] = set()
        for one in self.deliveries:
            if one.problem is not None:
                yield _given_up(state, one, one.problem)
                continue
            receipt = receipt_of(state, one.unit)
            if receipt.delivered_at is None and one.unit not in seen and _is_of(one, receipt):
                seen.add(one.unit)
                delivered_at = min(max(one.at, receipt.sent_at), at)
                yield ReceiptDelivered(
                    unit=one.unit,
                    revision=receipt.revision,
                    channel=one.channel,
                    notice=one.notice,
                    delivered_at=delivered_at,
                    acknowledge_by=acknowledge_by(state, one.unit, delivered_at) if receipt.purpose == "act" else None,
                )


def _is_of(delivery: Delivery, receipt: Receipt) -> bool:
    """Whether the notice told of the revision that the receipt is for; an earlier one's starts no clock."""
    return delivery.revision is None or delivery.revision >= receipt.revision


def _given_up(state: DirectiveState, delivery: Delivery, problem: str) -> NoticeGivenUp:
    if delivery.unit not in state.units:
        raise Refused(Code.UNKNOWN_UNIT, unit=delivery.unit)
    return NoticeGivenUp(unit=delivery.unit, channel=delivery.channel, notice=delivery.notice, problem=problem)


def acknowledge_by(state: DirectiveState, unit: str, delivered_at: datetime) -> datetime:
    """End of the policy's n-th working day after receipt; for urgent ones some hours (Decree 30/2020 art. 21.2)."""
    if state.document.priority > 0:
        return delivered_at + timedelta(hours=state.policy.acknowledge_hours_urgent)
    calendar = state.calendar.of(unit)
    day = calendar.plus(local(delivered_at).date(), state.policy.acknowledge_working_days)
    return end_of(calendar.on_or_after(day))
