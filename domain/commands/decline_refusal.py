"""decline_refusal (không đồng ý trả lại): the unit stays bound and has to acknowledge."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Instant, Narrative, UnitId
from domain.command import ReceiptDecision
from domain.commands.record_delivery import acknowledge_by
from domain.commands.working import check_refusal_waits
from domain.event import Event, EventData, Told
from domain.state import DirectiveState


class RefusalDeclined(EventData):
    """``acknowledge_by``: reckoned from the decision as from a delivery."""

    type: Literal["RefusalDeclined"] = "RefusalDeclined"
    unit: UnitId
    revision: int
    acknowledge_by: Instant
    reason: Narrative

    kinds: ClassVar = ("refusal_declined",)

    def apply(self, state: DirectiveState, event: Event) -> None:
        """An answer is expected again."""
        receipt = state.receipts[self.unit]
        receipt.refusal_declined_at = receipt.touched_at = event.at
        receipt.acknowledge_by = self.acknowledge_by

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The unit, with the reason."""
        yield Told("refusal_declined", self.unit, None, (), self.reason)


class DeclineRefusal(ReceiptDecision):
    """From a leader of the issuer, with a reason. The same revision is refused once only."""

    type: Literal["decline_refusal"]
    reason: Narrative

    roles: ClassVar = (Role.LEADER,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        receipt = self.receipt(state)
        check_refusal_waits(receipt)
        until = acknowledge_by(state, receipt.unit, at)
        declined = RefusalDeclined(
            unit=receipt.unit, revision=receipt.revision, acknowledge_by=until, reason=self.reason
        )
        return [declined]
