"""return (yêu cầu bổ sung): the issuer wants more."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import AssignmentId, Narrative
from domain.command import AssignmentCommand
from domain.commands.working import waiting_report
from domain.event import Event, EventData
from domain.state import DirectiveState


class ReportReturned(EventData):
    """The report holds no longer; the clock never stopped."""

    type: Literal["ReportReturned"] = "ReportReturned"
    assignment: AssignmentId
    report: int
    reason: Narrative

    def apply(self, state: DirectiveState, event: Event) -> None:
        """The unit holds the work again."""
        assignment = state.assignments[self.assignment]
        report = assignment.reports[self.report - 1]
        report.returned_at = event.at
        assignment.status = "returned"
        assignment.touched_at = event.at


class ReturnReport(AssignmentCommand):
    """From a leader of the issuer, with a reason."""

    type: Literal["return"]
    reason: Narrative

    roles: ClassVar = frozenset({Role.LEADER})

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        report = waiting_report(assignment, "with_issuer", self.actor.person)
        return [ReportReturned(assignment=assignment.id, report=report.number, reason=self.reason)]
