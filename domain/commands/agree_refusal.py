"""agree_refusal (đồng ý trả lại): the unit is released; another takes its place where one is named."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from domain.actor import Role
from domain.base import AssignmentId, Narrative, UnitId
from domain.command import ReceiptDecision
from domain.commands.units_added import added
from domain.commands.working import check_no_report, check_refusal_waits
from domain.directive import Unit
from domain.event import Concern, Event, EventData, Move, Told
from domain.refusal import Code, Refused
from domain.state import WORKING, DirectiveState


class RefusalAgreed(EventData):
    """``assignments``: what the unit owed: withdrawn, or handed over to ``successor``."""

    type: Literal["RefusalAgreed"] = "RefusalAgreed"
    unit: UnitId
    revision: int
    successor: UnitId | None
    assignments: list[AssignmentId]
    note: Narrative | None = None

    moves: ClassVar = (Move(WORKING, "withdrawn"),)
    kinds: ClassVar = ("refusal_agreed", "transferred_to")

    def apply(self, state: DirectiveState, event: Event) -> None:
        """The unit need not answer any more."""
        for id_ in self.assignments:
            if self.successor is None:
                state.assignments[id_].release("withdrawn", event.at)
            else:
                state.hand_over(id_, self.successor, event.at, "refusal")
        receipt = state.receipts[self.unit]
        receipt.released_at = receipt.touched_at = event.at

    def concerns(self) -> Concern:
        """The unit, and who takes its place."""
        return Concern((self.unit, *([self.successor] if self.successor else [])), tuple(self.assignments))

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """Both units."""
        yield Told("refusal_agreed", self.unit, None, tuple(self.assignments), self.note)
        if self.successor is not None:
            yield Told("transferred_to", self.successor, self.unit, tuple(self.assignments), self.note)


class AgreeRefusal(ReceiptDecision):
    """From a leader of the issuer. ``to``: the unit that takes it over; ``units``: its entry where it is not known."""

    type: Literal["agree_refusal"]
    to: UnitId | None = None
    units: list[Unit] = Field(default_factory=list, max_length=1)
    note: Narrative | None = None

    roles: ClassVar = (Role.LEADER,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        receipt = self.receipt(state)
        check_refusal_waits(receipt)
        if self.to == receipt.unit:
            raise Refused(Code.SAME_UNIT, unit=receipt.unit)
        owed = [one for one in state.held(receipt.unit) if one.owed]
        for one in owed:
            check_no_report(one)
        agreed = RefusalAgreed(
            unit=receipt.unit,
            revision=receipt.revision,
            successor=self.to,
            assignments=[one.id for one in owed],
            note=self.note,
        )
        return [*added(state, [self.to] if self.to else [], self.units), agreed]
