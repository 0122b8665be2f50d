"""acknowledge (tiếp nhận): the unit says that it received the directive. Decree 30/2020 art. 21.2."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import UnitId
from domain.command import ReceiptCommand
from domain.commands.working import check_bound
from domain.event import Event, EventData
from domain.refusal import Code, Refused
from domain.state import DirectiveState


class Acknowledged(EventData):
    """From now on the unit may report."""

    type: Literal["Acknowledged"] = "Acknowledged"
    unit: UnitId
    revision: int

    def apply(self, state: DirectiveState, event: Event) -> None:
        """An acknowledgement ends an earlier refusal."""
        receipt = state.receipts[self.unit]
        receipt.acknowledged_at = receipt.touched_at = event.at
        receipt.refused_at = receipt.refusal_declined_at = None


class Acknowledge(ReceiptCommand):
    """Allowed once for each revision; also after a refusal, when the unit finds that it is concerned after all."""

    type: Literal["acknowledge"]

    roles: ClassVar = (Role.UNIT_HEAD,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        receipt = self.receipt(state)
        check_bound(receipt)
        if receipt.acknowledged_at is not None:
            raise Refused(Code.ALREADY_ACKNOWLEDGED, unit=receipt.unit)
        return [Acknowledged(unit=receipt.unit, revision=receipt.revision)]
