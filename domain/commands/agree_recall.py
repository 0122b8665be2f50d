"""agree_recall (đồng ý thu hồi): the unit gives the directive back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import AssignmentId, UnitId
from domain.command import ReceiptCommand
from domain.event import Concern, Event, EventData, Move, PhaseMove, Told
from domain.recalls import asked_receipt, give_way, owed_of
from domain.state import OWED, DirectiveState


class RecallAgreed(EventData):
    """``assignments``: what the unit owed, and owes no more. What was accepted stays done."""

    type: Literal["RecallAgreed"] = "RecallAgreed"
    unit: UnitId
    assignments: list[AssignmentId]

    moves: ClassVar = (Move(OWED, "recalled"),)
    phase_moves: ClassVar = (
        PhaseMove(frozenset({"recalling"}), "recalled"),
        PhaseMove(frozenset({"recalling"}), "in_force"),
    )
    kinds: ClassVar = ("recall_agreed",)

    def apply(self, state: DirectiveState, event: Event) -> None:
        """The last answer decides what becomes of the directive."""
        give_way(state, self.unit, self.assignments, "agreed", event.at)

    def concerns(self) -> Concern:
        """The unit and what it owed."""
        return Concern((self.unit,), tuple(self.assignments))

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The issuer."""
        yield Told("recall_agreed", state.document.issuer, self.unit, tuple(self.assignments))


class AgreeRecall(ReceiptCommand):
    """From the head of a unit that was asked and has not answered."""

    type: Literal["agree_recall"]

    roles: ClassVar = (Role.UNIT_HEAD,)
    phases: ClassVar = frozenset({"recalling"})

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        receipt = asked_receipt(state, self.actor.unit)
        return [RecallAgreed(unit=receipt.unit, assignments=owed_of(state, receipt.unit))]
