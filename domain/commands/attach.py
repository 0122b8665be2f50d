"""attach (đính kèm minh chứng): files that show what was done, by their content."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from domain.actor import Role
from domain.base import Narrative
from domain.command import AssignmentCommand
from domain.commands.working import check_acknowledged, check_not_suspended, check_owed
from domain.event import AssignmentEvent, EventData
from domain.evidence import MOST_EVIDENCE, Evidence
from domain.state import DirectiveState


class EvidenceAttached(AssignmentEvent):
    """The files are kept elsewhere; what stands here proves that one of them is the one that was meant."""

    type: Literal["EvidenceAttached"] = "EvidenceAttached"
    evidence: list[Evidence]
    note: Narrative | None = None


class Attach(AssignmentCommand):
    """From an officer or the head; while a report waits, too: whoever decides on it may want to see more."""

    type: Literal["attach"]
    evidence: list[Evidence] = Field(min_length=1, max_length=MOST_EVIDENCE)
    note: Narrative | None = None

    roles: ClassVar = (Role.OFFICER, Role.UNIT_HEAD)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        check_acknowledged(state, assignment)
        check_owed(assignment)
        check_not_suspended(assignment)
        return [EvidenceAttached(assignment=assignment.id, evidence=self.evidence, note=self.note)]
