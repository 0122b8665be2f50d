"""deny_extension (không gia hạn): the deadline stays as it is."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Narrative
from domain.command import AssignmentCommand
from domain.commands.working import pending_extension
from domain.event import AssignmentEvent, Event, EventData, Told
from domain.state import Assignment, DirectiveState


class ExtensionDenied(AssignmentEvent):
    """The request is decided; another may follow."""

    type: Literal["ExtensionDenied"] = "ExtensionDenied"
    number: int
    reason: Narrative

    kinds: ClassVar = ("extension_denied",)

    def change(self, assignment: Assignment, event: Event) -> None:  # noqa: ARG002 - same for all
        """Nothing moves."""
        assignment.extensions[self.number - 1].decided = "denied"

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The unit, with the reason."""
        yield Told("extension_denied", self.holder(state), None, (self.assignment,), self.reason)


class DenyExtension(AssignmentCommand):
    """From a leader of the issuer, with a reason."""

    type: Literal["deny_extension"]
    reason: Narrative

    roles: ClassVar = (Role.LEADER,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        number = pending_extension(assignment).number
        return [ExtensionDenied(assignment=assignment.id, number=number, reason=self.reason)]
