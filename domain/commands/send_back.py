"""send back: the unit head gives an officer's report back. It never left the unit."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Narrative
from domain.command import AssignmentCommand
from domain.commands.working import waiting_report
from domain.event import AssignmentEvent, Event, EventData, Move
from domain.state import Assignment, DirectiveState


class ReportSentBack(AssignmentEvent):
    """The officer has to report again."""

    type: Literal["ReportSentBack"] = "ReportSentBack"
    report: int
    reason: Narrative

    moves: ClassVar = (Move(frozenset({"with_head"}), "sent_back"),)

    def change(self, assignment: Assignment, event: Event) -> None:
        """The unit holds the work, as before."""
        assignment.reports[self.report - 1].sent_back_at = event.at


class SendBack(AssignmentCommand):
    """From the head, with a reason, on a report that another person submitted."""

    type: Literal["send_back"]
    reason: Narrative

    roles: ClassVar = (Role.UNIT_HEAD,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        report = waiting_report(assignment, "with_head", self.persons)
        return [ReportSentBack(assignment=assignment.id, report=report.number, reason=self.reason)]
