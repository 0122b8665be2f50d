"""report (báo cáo kết quả): the claim that an obligation is done."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import AssignmentId, Narrative
from domain.command import AssignmentCommand
from domain.commands.working import check_working
from domain.event import Event, EventData
from domain.state import DirectiveState, Report


class ReportSubmitted(EventData):
    """``to``: who has to answer it. An officer's report goes to the head; a head's own leaves the unit at once."""

    type: Literal["ReportSubmitted"] = "ReportSubmitted"
    assignment: AssignmentId
    report: int
    to: Literal["head", "issuer"]
    text: Narrative

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Reports are numbered within their assignment; none is ever forgotten."""
        assignment = state.assignments[self.assignment]
        leaves = self.to == "issuer"
        assignment.reports.append(
            Report(
                number=self.report,
                submitted_by=event.actor.person,
                submitted_at=event.at,
                left_unit_at=event.at if leaves else None,
            )
        )
        assignment.status = "with_issuer" if leaves else "with_head"
        assignment.touched_at = event.at


class SubmitReport(AssignmentCommand):
    """From an officer to the head, or from the head to the issuer."""

    type: Literal["report"]
    text: Narrative

    roles: ClassVar = frozenset({Role.OFFICER, Role.UNIT_HEAD})

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        check_working(state, assignment)
        return [
            ReportSubmitted(
                assignment=assignment.id,
                report=len(assignment.reports) + 1,
                to="issuer" if self.actor.role is Role.UNIT_HEAD else "head",
                text=self.text,
            )
        ]
