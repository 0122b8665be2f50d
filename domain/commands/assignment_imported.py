"""AssignmentImported: how an assignment stood when its paper was taken over from a list of running ones."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from domain.base import Day, UnitId, local
from domain.calendar import end_of
from domain.directive import Directive
from domain.event import AssignmentEvent, Event, Move
from domain.imported import by_end_of
from domain.refusal import Code, Refused
from domain.state import Assignment, DirectiveState, Receipt, Report


class AssignmentImported(AssignmentEvent):
    """``line``: of the list that the directive names. The days mean what they mean there (``ImportedLine``)."""

    type: Literal["AssignmentImported"] = "AssignmentImported"
    unit: UnitId
    line: int = Field(ge=1)
    acknowledged_on: Day | None
    finished_on: Day | None
    accepted_on: Day | None

    moves: ClassVar = (Move(frozenset({"open"}), "with_issuer"), Move(frozenset({"open"}), "accepted"))

    def apply(self, state: DirectiveState, event: Event) -> None:
        """The unit's receipt, too: what it received on paper it need not acknowledge again."""
        super().apply(state, event)
        received_on = self.acknowledged_on or self.finished_on
        if received_on is not None:
            _received(state.receipts[self.unit], by_end_of(received_on, event.at), state.document.issued_date)

    def change(self, assignment: Assignment, event: Event) -> None:
        """Dates of before are taken as they were."""
        assignment.imported_line = self.line
        # The paper named its deadline when it was issued, not when it was taken over: a finish of then is judged by it.
        since = _start_of(assignment.assigned_on)
        assignment.settings = [one.model_copy(update={"set_at": since}) for one in assignment.settings]
        if assignment.deadline is not None and assignment.deadline <= event.at:
            # Everybody has long known. Or the day of the import would be a storm of alarms.
            assignment.passed.append(assignment.deadline)
        if self.finished_on is not None:
            self._finish(assignment, event, self.finished_on)

    def _finish(self, assignment: Assignment, event: Event, finished_on: date) -> None:
        left = by_end_of(finished_on, event.at)
        assignment.reports.append(
            Report(
                number=1,
                submitted_by=event.actor.person,
                submitted_at=left,
                persons=event.persons,
                left_unit_at=left,
                left_unit=assignment.unit,
                accepted_at=None if self.accepted_on is None else by_end_of(self.accepted_on, event.at),
            )
        )
        assignment.status = "with_issuer" if self.accepted_on is None else "accepted"


def imported(directive: Directive, holders: dict[str, str], at: datetime) -> Iterator[AssignmentImported]:
    """One event for each line. ``holders``: assignment to unit. Raises ``Refused``."""
    today = local(at).date()
    for number, one in enumerate(directive.imported.lines if directive.imported else ()):
        if one.assignment not in holders:
            raise Refused(Code.UNKNOWN_ASSIGNMENT, assignment=one.assignment)
        field = f"directive.imported.lines[{number}]"
        if any(day > today for day in one.days):
            raise Refused(Code.INVALID_FIELD, field=field, problem="in_the_future")
        if any(day < directive.document.issued_date for day in one.days):
            raise Refused(Code.INVALID_FIELD, field=field, problem="before_issue")
        yield AssignmentImported(unit=holders[one.assignment], **one.model_dump())


def told_of(directive: Directive, holders: dict[str, str]) -> dict[str, list[str]]:
    """Unit to the assignments that it is told of: none is told what it has had on paper, or what is done."""
    lines = {one.assignment: one for one in directive.imported.lines} if directive.imported else {}
    received = {holders[id_] for id_, line in lines.items() if line.received_on is not None}
    told: dict[str, list[str]] = {}
    for id_, unit in holders.items():
        if unit not in received:
            told.setdefault(unit, []).append(id_)
    return told


def _received(receipt: Receipt, received_at: datetime, issued_date: date) -> None:
    """The earliest day of several lines counts."""
    receipt.acknowledged_at = min(receipt.acknowledged_at or received_at, received_at)
    # It had been sent before it could be received.
    receipt.sent_at = min(receipt.sent_at, _start_of(issued_date))


def _start_of(day: date) -> datetime:
    return end_of(day - timedelta(days=1))
