"""decline_transfer (không đồng ý chuyển): the assignment stays where it is."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Narrative
from domain.command import AssignmentCommand
from domain.commands.working import proposed_transfer
from domain.event import AssignmentEvent, Event, EventData, Told
from domain.state import Assignment, DirectiveState


class TransferDeclined(AssignmentEvent):
    """The proposal is decided; another may follow."""

    type: Literal["TransferDeclined"] = "TransferDeclined"
    reason: Narrative

    kinds: ClassVar = ("transfer_declined",)

    def change(self, assignment: Assignment, event: Event) -> None:  # noqa: ARG002 - same for all
        """The holder stays."""
        assignment.transfer_to = assignment.transfer_requested_at = None

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The unit, with the reason."""
        yield Told("transfer_declined", self.holder(state), None, (self.assignment,), self.reason)


class DeclineTransfer(AssignmentCommand):
    """From a leader of the issuer, with a reason."""

    type: Literal["decline_transfer"]
    reason: Narrative

    roles: ClassVar = (Role.LEADER,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        proposed_transfer(assignment)
        return [TransferDeclined(assignment=assignment.id, reason=self.reason)]
