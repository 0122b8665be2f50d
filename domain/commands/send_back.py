"""send back: the unit head gives an officer's report back. It never left the unit."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import AssignmentId, Narrative
from domain.command import AssignmentCommand
from domain.commands.working import waiting_report
from domain.event import Event, EventData
from domain.state import DirectiveState


class ReportSentBack(EventData):
    """The officer has to report again."""

    type: Literal["ReportSentBack"] = "ReportSentBack"
    assignment: AssignmentId
    report: int
    reason: Narrative

    def apply(self, state: DirectiveState, event: Event) -> None:
        """The unit holds the work, as before."""
        assignment = state.assignments[self.assignment]
        report = assignment.reports[self.report - 1]
        report.sent_back_at = event.at
        assignment.status = "sent_back"
        assignment.touched_at = event.at


class SendBack(AssignmentCommand):
    """From the head, with a reason, on a report that another person submitted."""

    type: Literal["send_back"]
    reason: Narrative

    roles: ClassVar = frozenset({Role.UNIT_HEAD})

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        report = waiting_report(assignment, "with_head", self.actor.person)
        return [ReportSentBack(assignment=assignment.id, report=report.number, reason=self.reason)]
