"""accept (chấp thuận): the issuer takes a completion report as done."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import AssignmentId
from domain.command import AssignmentCommand
from domain.commands.working import waiting_report
from domain.event import Event, EventData
from domain.state import DirectiveState


class ReportAccepted(EventData):
    """The assignment is done; it finished when this report left the unit."""

    type: Literal["ReportAccepted"] = "ReportAccepted"
    assignment: AssignmentId
    report: int

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Nothing is owed on it any more."""
        assignment = state.assignments[self.assignment]
        report = assignment.reports[self.report - 1]
        report.accepted_at = event.at
        assignment.status = "accepted"
        assignment.touched_at = event.at


class Accept(AssignmentCommand):
    """From a leader of the issuer who had no part in the report."""

    type: Literal["accept"]

    roles: ClassVar = frozenset({Role.LEADER})

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        report = waiting_report(assignment, "with_issuer", self.actor.person)
        return [ReportAccepted(assignment=assignment.id, report=report.number)]
