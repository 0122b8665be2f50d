"""progress (báo cáo tiến độ): told on the way; settles nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from domain.actor import Role
from domain.base import Narrative
from domain.command import AssignmentCommand
from domain.commands.working import check_working
from domain.event import AssignmentEvent, Event, EventData
from domain.evidence import MOST_EVIDENCE, Evidence
from domain.state import Assignment, DirectiveState


class ProgressReported(AssignmentEvent):
    """``percent``: the unit's own estimate, 0 to 100. ``proposals``: what it asks of others."""

    type: Literal["ProgressReported"] = "ProgressReported"
    percent: int = Field(ge=0, le=100)
    text: Narrative | None = None
    difficulties: Narrative | None = None
    proposals: Narrative | None = None
    evidence: list[Evidence] = Field(default_factory=list)

    def change(self, assignment: Assignment, event: Event) -> None:  # noqa: ARG002 - same for all
        """The latest estimate stands."""
        assignment.percent = self.percent


class Progress(AssignmentCommand):
    """From an officer or the head, while the unit holds the work."""

    type: Literal["progress"]
    percent: int = Field(ge=0, le=100)
    text: Narrative | None = None
    difficulties: Narrative | None = None
    proposals: Narrative | None = None
    evidence: list[Evidence] = Field(default_factory=list, max_length=MOST_EVIDENCE)

    # The head may do what an officer may: a small unit has none, and a head who may report may report on the way.
    roles: ClassVar = (Role.OFFICER, Role.UNIT_HEAD)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        check_working(state, assignment)
        return [
            ProgressReported(
                assignment=assignment.id,
                percent=self.percent,
                text=self.text,
                difficulties=self.difficulties,
                proposals=self.proposals,
                evidence=self.evidence,
            )
        ]
