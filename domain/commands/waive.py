"""waive (miễn): the issuer releases a unit from an assignment, by a document that allows it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Narrative
from domain.command import SelectionCommand
from domain.commands.working import check_owed
from domain.document import Reference
from domain.event import AssignmentEvent, Event, EventData, Move, Told
from domain.state import OWED, Assignment, DirectiveState


class Waived(AssignmentEvent):
    """Not in force any more. If it was late, that stays known: it is counted apart."""

    type: Literal["Waived"] = "Waived"
    authority: Reference
    reason: Narrative

    moves: ClassVar = (Move(OWED, "waived"),)
    kinds: ClassVar = ("waived",)

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Whether it was late is reckoned from the status that it leaves."""
        state.assignments[self.assignment].release("waived", event.at)

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The unit, with the reason."""
        yield Told("waived", self.holder(state), None, (self.assignment,), self.reason)


class Waive(SelectionCommand):
    """From a leader of the issuer. ``authority``: the document that allows it."""

    type: Literal["waive"]
    authority: Reference
    reason: Narrative

    roles: ClassVar = (Role.LEADER,)

    def fit(self, state: DirectiveState, assignment: Assignment, at: datetime) -> None:  # noqa: ARG002 - same for all
        """Owed. Raises ``Refused``."""
        check_owed(assignment)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        chosen = self.chosen(state, at)
        return [Waived(assignment=one.id, authority=self.authority, reason=self.reason) for one in chosen]
