"""progress (báo cáo tiến độ): told on the way; settles nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from domain.actor import Role
from domain.base import AssignmentId, Narrative
from domain.command import AssignmentCommand
from domain.commands.working import check_working
from domain.event import Event, EventData
from domain.state import DirectiveState


class ProgressReported(EventData):
    """``percent``: the unit's own estimate, 0 to 100."""

    type: Literal["ProgressReported"] = "ProgressReported"
    assignment: AssignmentId
    percent: int = Field(ge=0, le=100)
    text: Narrative | None = None

    def apply(self, state: DirectiveState, event: Event) -> None:
        """The latest estimate stands."""
        assignment = state.assignments[self.assignment]
        assignment.percent = self.percent
        assignment.touched_at = event.at


class Progress(AssignmentCommand):
    """From an officer or the head, while the unit holds the work."""

    type: Literal["progress"]
    percent: int = Field(ge=0, le=100)
    text: Narrative | None = None

    # The head may do what an officer may: a small unit has none, and a head who may report may report on the way.
    roles: ClassVar = frozenset({Role.OFFICER, Role.UNIT_HEAD})

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        check_working(state, assignment)
        return [ProgressReported(assignment=assignment.id, percent=self.percent, text=self.text)]
