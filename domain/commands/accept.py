"""accept (chấp thuận): the issuer takes a completion report as done."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.command import AssignmentCommand
from domain.commands.working import check_completion, check_explained, waiting_report
from domain.event import AssignmentEvent, Event, EventData, Move, Told
from domain.state import Assignment, DirectiveState


class ReportAccepted(AssignmentEvent):
    """The assignment is done; it finished when this report left the unit."""

    type: Literal["ReportAccepted"] = "ReportAccepted"
    report: int

    moves: ClassVar = (Move(frozenset({"with_issuer"}), "accepted"),)
    kinds: ClassVar = ("accepted",)

    def change(self, assignment: Assignment, event: Event) -> None:
        """Nothing is owed on it any more, and nothing asked for on it is open."""
        report = assignment.reports[self.report - 1]
        report.accepted_at = event.at
        report.accepted_by = event.actor.person
        assignment.lapse()

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The unit."""
        yield Told("accepted", self.holder(state), None, (self.assignment,))


class Accept(AssignmentCommand):
    """From a leader of the issuer who had no part in the report."""

    type: Literal["accept"]

    roles: ClassVar = (Role.LEADER,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        assignment = self.target(state)
        check_completion(assignment)
        report = waiting_report(assignment, "with_issuer", self.persons)
        check_explained(state, assignment, at)
        return [ReportAccepted(assignment=assignment.id, report=report.number)]
