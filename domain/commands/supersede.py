"""supersede (thay thế): another directive takes this one's place. Decree 30/2020 art. 18.3."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Narrative
from domain.command import Command
from domain.document import Reference
from domain.event import EVERYTHING, Concern, Event, EventData, Move, PhaseMove, Told
from domain.state import OWED, DirectiveState


class DirectiveSuperseded(EventData):
    """``by``: the directive that counts from now on."""

    type: Literal["DirectiveSuperseded"] = "DirectiveSuperseded"
    by: Reference
    reason: Narrative | None = None

    moves: ClassVar = (Move(OWED, "superseded"),)
    phase_moves: ClassVar = (PhaseMove(frozenset({"in_force"}), "superseded"),)
    kinds: ClassVar = ("superseded",)

    def apply(self, state: DirectiveState, event: Event) -> None:
        """What is open is released; what is done stays done; a report that waits stays listed, unanswered."""
        for assignment in state.assignments.values():
            if assignment.owed:
                assignment.release("superseded", event.at)
        state.end("superseded", event.at)

    def concerns(self) -> Concern:
        """All of it."""
        return EVERYTHING

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """Every unit that has it."""
        return [
            Told("superseded", one.unit, None, (), self.reason)
            for one in state.receipts.values()
            if one.released_at is None
        ]


class Supersede(Command):
    """From a leader of the issuer."""

    type: Literal["supersede"]
    by: Reference
    reason: Narrative | None = None

    roles: ClassVar = (Role.LEADER,)

    def not_before(self, state: DirectiveState) -> datetime:
        """It meets everything as it stands."""
        return state.touched_at

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        return [DirectiveSuperseded(by=self.by, reason=self.reason)]
