"""close (kết thúc): nothing is owed any more."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Narrative
from domain.command import Command
from domain.event import Event, EventData, PhaseMove
from domain.refusal import Code, Refused
from domain.state import DirectiveState

NAMED = 20
"""How many of the assignments still owed a refusal names."""


class DirectiveClosed(EventData):
    """The run lingers for the policy's days, then ends; the journal stays."""

    type: Literal["DirectiveClosed"] = "DirectiveClosed"
    note: Narrative | None = None

    phase_moves: ClassVar = (PhaseMove(frozenset({"in_force"}), "closed"),)

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Closed is a state, not the end of the record."""
        state.end("closed", event.at)


class Close(Command):
    """From a leader of the issuer, when every assignment, leading or supporting, is accepted."""

    type: Literal["close"]
    note: Narrative | None = None

    roles: ClassVar = (Role.LEADER,)

    def not_before(self, state: DirectiveState) -> datetime:
        """Nothing in the directive comes after its closing."""
        return state.touched_at

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``, naming what is owed."""
        owed = [f"{one.id} {one.unit}" for one in state.assignments.values() if one.owed]
        if owed:
            more = len(owed) - NAMED
            names = ", ".join(owed[:NAMED]) + (f" (+{more})" if more > 0 else "")
            raise Refused(Code.STILL_OWED, count=str(len(owed)), owed=names)
        return [DirectiveClosed(note=self.note)]
