"""propose_transfer (đề nghị chuyển): the holder names a unit whose business it is."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from domain.actor import Role
from domain.base import Narrative, UnitId
from domain.command import AssignmentCommand
from domain.commands.units_added import added
from domain.commands.working import check_bound, check_no_report, check_owed
from domain.directive import Unit
from domain.event import AssignmentEvent, Event, EventData, Told
from domain.refusal import Code, Refused
from domain.state import Assignment, DirectiveState


class TransferProposed(AssignmentEvent):
    """The holder stays bound, and its clock runs, until the issuer agrees."""

    type: Literal["TransferProposed"] = "TransferProposed"
    to: UnitId
    reason: Narrative

    kinds: ClassVar = ("transfer_proposed",)

    def change(self, assignment: Assignment, event: Event) -> None:
        """The proposal waits."""
        assignment.transfer_to = self.to
        assignment.transfer_requested_at = event.at

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The issuer, with the reason."""
        yield Told("transfer_proposed", state.document.issuer, self.holder(state), (self.assignment,), self.reason)


class ProposeTransfer(AssignmentCommand):
    """From the head of the unit that holds it, acknowledged or not. ``units``: the entry of a unit not yet known."""

    type: Literal["propose_transfer"]
    to: UnitId
    reason: Narrative
    units: list[Unit] = Field(default_factory=list, max_length=1)

    roles: ClassVar = (Role.UNIT_HEAD,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        check_owed(assignment)
        check_bound(state.receipts[assignment.unit])
        check_no_report(assignment)
        if assignment.transfer_to is not None:
            raise Refused(Code.TRANSFER_PENDING, assignment=assignment.id, to=assignment.transfer_to)
        if self.to == assignment.unit:
            raise Refused(Code.SAME_UNIT, unit=self.to)
        proposed = TransferProposed(assignment=assignment.id, to=self.to, reason=self.reason)
        return [*added(state, [self.to], self.units), proposed]
