"""report (báo cáo kết quả): the claim that an obligation is done."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from domain.actor import Role
from domain.base import Narrative
from domain.command import AssignmentCommand
from domain.commands.working import check_completion, check_working
from domain.event import AssignmentEvent, Event, EventData, Move, Told
from domain.evidence import MOST_EVIDENCE, Evidence
from domain.state import WORKING, Assignment, DirectiveState, Report


class ReportSubmitted(AssignmentEvent):
    """``to``: who has to answer it. An officer's report goes to the head; a head's own leaves the unit at once."""

    type: Literal["ReportSubmitted"] = "ReportSubmitted"
    report: int
    to: Literal["head", "issuer"]
    text: Narrative
    difficulties: Narrative | None = None
    proposals: Narrative | None = None
    evidence: list[Evidence] = Field(default_factory=list)

    moves: ClassVar = (Move(WORKING, "with_head"), Move(WORKING, "with_issuer"))
    kinds: ClassVar = ("report_waiting",)

    def change(self, assignment: Assignment, event: Event) -> None:
        """Reports are numbered within their assignment; none is ever forgotten."""
        leaves = self.to == "issuer"
        report = Report(
            number=self.report, submitted_by=event.actor.person, submitted_at=event.at, persons=event.persons
        )
        if leaves:
            report.leave(assignment.unit, event.at)
        assignment.reports.append(report)
        assignment.status = "with_issuer" if leaves else "with_head"

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The issuer, when it has to answer."""
        if self.to == "issuer":
            yield Told("report_waiting", state.document.issuer, self.holder(state), (self.assignment,))


class SubmitReport(AssignmentCommand):
    """From an officer to the head, or from the head to the issuer."""

    type: Literal["report"]
    text: Narrative
    difficulties: Narrative | None = None
    proposals: Narrative | None = None
    evidence: list[Evidence] = Field(default_factory=list, max_length=MOST_EVIDENCE)

    roles: ClassVar = (Role.OFFICER, Role.UNIT_HEAD)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        check_working(state, assignment)
        check_completion(assignment)
        return [
            ReportSubmitted(
                assignment=assignment.id,
                report=len(assignment.reports) + 1,
                to="issuer" if self.actor.role is Role.UNIT_HEAD else "head",
                text=self.text,
                difficulties=self.difficulties,
                proposals=self.proposals,
                evidence=self.evidence,
            )
        ]
