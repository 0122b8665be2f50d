"""refuse_recall (không đồng ý thu hồi): the unit keeps the directive."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Narrative, UnitId
from domain.command import ReceiptCommand
from domain.event import Event, EventData, PhaseMove, Told
from domain.recalls import asked_receipt, stay_bound
from domain.state import DirectiveState


class RecallRefused(EventData):
    """What the unit holds stays in force, and its refusal stays to be seen."""

    type: Literal["RecallRefused"] = "RecallRefused"
    unit: UnitId
    reason: Narrative

    phase_moves: ClassVar = (PhaseMove(frozenset({"recalling"}), "in_force"),)
    kinds: ClassVar = ("recall_refused",)

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Frozen until the others have answered, too."""
        stay_bound(state, self.unit, event.at)

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The issuer, with the reason."""
        yield Told("recall_refused", state.document.issuer, self.unit, (), self.reason)


class RefuseRecall(ReceiptCommand):
    """From the head of a unit that was asked and has not answered."""

    type: Literal["refuse_recall"]
    reason: Narrative

    roles: ClassVar = (Role.UNIT_HEAD,)
    phases: ClassVar = frozenset({"recalling"})

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        receipt = asked_receipt(state, self.actor.unit)
        return [RecallRefused(unit=receipt.unit, reason=self.reason)]
