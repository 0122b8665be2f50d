"""agree_transfer (đồng ý chuyển): another unit holds the assignment from now on. The deadline stays."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import AssignmentId, Narrative, UnitId
from domain.command import AssignmentCommand
from domain.commands.working import check_no_report, proposed_transfer
from domain.event import Concern, Event, EventData, Told
from domain.state import DirectiveState


class TransferAgreed(EventData):
    """A hand-over is counted; the first holder stays known."""

    type: Literal["TransferAgreed"] = "TransferAgreed"
    assignment: AssignmentId
    before: UnitId
    after: UnitId
    note: Narrative | None = None

    kinds: ClassVar = ("transferred_to", "transferred_away")

    def apply(self, state: DirectiveState, event: Event) -> None:
        """The old holder is bound no longer where this was all that it held."""
        state.hand_over(self.assignment, self.after, event.at, "transfer")
        state.relieve(self.before, event.at)

    def concerns(self) -> Concern:
        """Both units."""
        return Concern((self.before, self.after), (self.assignment,))

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """Both units."""
        yield Told("transferred_to", self.after, self.before, (self.assignment,), self.note)
        yield Told("transferred_away", self.before, self.after, (self.assignment,), self.note)


class AgreeTransfer(AssignmentCommand):
    """From a leader of the issuer."""

    type: Literal["agree_transfer"]
    note: Narrative | None = None

    roles: ClassVar = (Role.LEADER,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        after = proposed_transfer(assignment)
        check_no_report(assignment)
        return [TransferAgreed(assignment=assignment.id, before=assignment.unit, after=after, note=self.note)]
