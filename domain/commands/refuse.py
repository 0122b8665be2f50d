"""refuse (trả lại): the unit returns the directive with a reason. Decree 30/2020 art. 21.2.

It stops no clock: until the issuer agrees the unit stays bound.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Narrative, UnitId
from domain.command import ReceiptCommand
from domain.commands.working import check_bound
from domain.event import Event, EventData, Told
from domain.refusal import Code, Refused
from domain.state import DirectiveState

Cause = Literal["wrong_addressee", "invalid", "duplicate"]


class ReceiptRefused(EventData):
    """The unit says that the directive is not for it, not valid, or already held."""

    type: Literal["ReceiptRefused"] = "ReceiptRefused"
    unit: UnitId
    revision: int
    cause: Cause
    reason: Narrative

    kinds: ClassVar = ("refused",)

    def apply(self, state: DirectiveState, event: Event) -> None:
        """The unit has answered; its assignments stay in force."""
        receipt = state.receipts[self.unit]
        receipt.refused_at = receipt.touched_at = event.at

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The issuer, with the reason."""
        yield Told("refused", state.document.issuer, self.unit, (), self.reason)


class Refuse(ReceiptCommand):
    """Only instead of an acknowledgement, and once."""

    type: Literal["refuse"]
    cause: Cause
    reason: Narrative

    roles: ClassVar = (Role.UNIT_HEAD,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        receipt = self.receipt(state)
        check_bound(receipt)
        if receipt.acknowledged_at is not None:
            raise Refused(Code.ALREADY_ACKNOWLEDGED, unit=receipt.unit)
        if receipt.refused_at is not None:
            raise Refused(Code.ALREADY_REFUSED, unit=receipt.unit)
        return [ReceiptRefused(unit=receipt.unit, revision=receipt.revision, cause=self.cause, reason=self.reason)]
