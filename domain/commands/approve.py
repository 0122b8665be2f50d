"""approve: the unit head lets an officer's report go to the issuer."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.command import AssignmentCommand
from domain.commands.working import waiting_report
from domain.event import AssignmentEvent, Event, EventData, Move, Told
from domain.state import Assignment, DirectiveState


class ReportApproved(AssignmentEvent):
    """The report left the unit at this moment: the finish, should it be accepted (FIGURES)."""

    type: Literal["ReportApproved"] = "ReportApproved"
    report: int

    moves: ClassVar = (Move(frozenset({"with_head"}), "with_issuer"),)
    kinds: ClassVar = ("report_waiting",)

    def change(self, assignment: Assignment, event: Event) -> None:
        """Now the issuer holds it."""
        report = assignment.reports[self.report - 1]
        report.approved_by = event.actor.person
        # A list of its own: a trial of an atomic list works on a copy that shares the earlier one.
        report.persons = [*report.persons, *event.persons]
        report.leave(assignment.unit, event.at)

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The issuer."""
        yield Told("report_waiting", state.document.issuer, self.holder(state), (self.assignment,))


class Approve(AssignmentCommand):
    """From the head, on a report that another person submitted."""

    type: Literal["approve"]

    roles: ClassVar = (Role.UNIT_HEAD,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        report = waiting_report(assignment, "with_head", self.persons)
        return [ReportApproved(assignment=assignment.id, report=report.number)]
