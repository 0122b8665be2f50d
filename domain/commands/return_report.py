"""return (yêu cầu bổ sung): the issuer wants more."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Narrative
from domain.command import AssignmentCommand
from domain.commands.working import waiting_report
from domain.event import AssignmentEvent, Event, EventData, Move, Told
from domain.state import Assignment, DirectiveState


class ReportReturned(AssignmentEvent):
    """The report holds no longer; the clock never stopped."""

    type: Literal["ReportReturned"] = "ReportReturned"
    report: int
    reason: Narrative

    moves: ClassVar = (Move(frozenset({"with_issuer"}), "returned"),)
    kinds: ClassVar = ("returned",)

    def change(self, assignment: Assignment, event: Event) -> None:
        """The unit holds the work again; nobody is urged for what it could not do meanwhile."""
        assignment.ladder_from = event.at
        assignment.reports[self.report - 1].returned_at = event.at

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The unit, with the reason."""
        yield Told("returned", self.holder(state), None, (self.assignment,), self.reason)


class ReturnReport(AssignmentCommand):
    """From a leader of the issuer, with a reason."""

    type: Literal["return"]
    reason: Narrative

    roles: ClassVar = (Role.LEADER,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        report = waiting_report(assignment, "with_issuer", self.persons)
        return [ReportReturned(assignment=assignment.id, report=report.number, reason=self.reason)]
