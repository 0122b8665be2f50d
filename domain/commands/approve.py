"""approve: the unit head lets an officer's report go to the issuer."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import AssignmentId
from domain.command import AssignmentCommand
from domain.commands.working import waiting_report
from domain.event import Event, EventData
from domain.state import DirectiveState


class ReportApproved(EventData):
    """The report left the unit at this moment: the finish, should it be accepted (FIGURES)."""

    type: Literal["ReportApproved"] = "ReportApproved"
    assignment: AssignmentId
    report: int

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Now the issuer holds it."""
        assignment = state.assignments[self.assignment]
        report = assignment.reports[self.report - 1]
        report.approved_by = event.actor.person
        report.left_unit_at = event.at
        assignment.status = "with_issuer"
        assignment.touched_at = event.at


class Approve(AssignmentCommand):
    """From the head, on a report that another person submitted."""

    type: Literal["approve"]

    roles: ClassVar = frozenset({Role.UNIT_HEAD})

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        report = waiting_report(assignment, "with_head", self.actor.person)
        return [ReportApproved(assignment=assignment.id, report=report.number)]
