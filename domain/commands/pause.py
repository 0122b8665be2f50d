"""pause (tạm ngừng đôn đốc): nobody is urged until an instant: an outage, a calendar that is wrong."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Foreseen, Instant, Narrative
from domain.command import Command
from domain.event import EVERYTHING, Concern, Event, EventData
from domain.refusal import Code, Refused
from domain.state import DirectiveState


class UrgingPaused(EventData):
    """Until ``until`` no rung is rung and nobody is asked why. Deadlines run on. Afterwards each is told once."""

    type: Literal["UrgingPaused"] = "UrgingPaused"
    until: Instant
    reason: Narrative

    moves_figures: ClassVar = False

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """A later pause stands in the place of an earlier one."""
        state.paused_until = self.until

    def concerns(self) -> Concern:
        """Every alarm."""
        return EVERYTHING


class Pause(Command):
    """From the operator. ``until``: an instant to come; one that is over ends a pause at once."""

    type: Literal["pause"]
    until: Foreseen
    reason: Narrative

    roles: ClassVar = (Role.OPERATOR,)
    phases: ClassVar = frozenset({"in_force", "recalling"})

    def not_before(self, state: DirectiveState) -> datetime:
        """It meets everything as it stands."""
        return state.touched_at

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        paused = state.paused_until is not None and state.paused_until > at
        if self.until <= at and not paused:
            raise Refused(Code.DEADLINE_PAST, deadline=self.until.isoformat())
        if self.until == state.paused_until:
            raise Refused(Code.NOTHING_CHANGED)
        return [UrgingPaused(until=max(self.until, at), reason=self.reason)]
