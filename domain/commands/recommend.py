"""recommend (đề xuất chấp thuận hoặc yêu cầu bổ sung): what the tracker thinks of a report. The leader decides."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Narrative
from domain.command import AssignmentCommand
from domain.commands.working import waiting_report
from domain.event import AssignmentEvent, Event, EventData, Told
from domain.state import DirectiveState

Verdict = Literal["accept", "return"]


class ReportRecommended(AssignmentEvent):
    """Nothing is settled by it."""

    type: Literal["ReportRecommended"] = "ReportRecommended"
    report: int
    verdict: Verdict
    text: Narrative

    kinds: ClassVar = ("report_recommended",)

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The issuer, who has to answer the report."""
        yield Told("report_recommended", state.document.issuer, self.holder(state), (self.assignment,), self.text)


class Recommend(AssignmentCommand):
    """From a tracker of the issuer who had no part in the report."""

    type: Literal["recommend"]
    verdict: Verdict
    text: Narrative

    roles: ClassVar = (Role.TRACKER,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        report = waiting_report(assignment, "with_issuer", self.persons)
        return [ReportRecommended(assignment=assignment.id, report=report.number, verdict=self.verdict, text=self.text)]
