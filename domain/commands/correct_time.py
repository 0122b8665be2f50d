"""correct_time (đính chính thời điểm): a time that a proven outage made late is put back. Counted and listed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from domain.actor import Role
from domain.base import AssignmentId, Instant, Narrative, UnitId
from domain.command import AssignmentCommand, receipt_of
from domain.commands.working import check_not_own
from domain.document import Reference
from domain.event import Event, EventData
from domain.refusal import Code, Refused
from domain.state import Assignment, DirectiveState, Report

What = Literal["acknowledgement", "report"]


class TimeCorrected(EventData):
    """``unit`` acknowledged at ``after``, not ``before``; or report ``report`` of ``assignment`` left the unit then.

    ``document`` proves the outage.
    """

    type: Literal["TimeCorrected"] = "TimeCorrected"
    what: What
    unit: UnitId | None = None
    assignment: AssignmentId | None = None
    report: int | None = None
    before: Instant
    after: Instant
    reason: Narrative
    document: Reference

    def apply(self, state: DirectiveState, event: Event) -> None:
        """What had been recorded first stays in the journal."""
        if self.unit is not None:
            receipt = state.receipts[self.unit]
            receipt.acknowledged_at = self.after
            receipt.touched_at = event.at
            receipt.times_corrected += 1
        if self.assignment is not None and self.report is not None:
            assignment = state.assignments[self.assignment]
            report = assignment.reports[self.report - 1]
            report.left_unit_at = self.after
            report.submitted_at = min(report.submitted_at, self.after)
            assignment.touched_at = event.at
            assignment.times_corrected += 1


class CorrectTime(AssignmentCommand):
    """From a leader of the issuer who had no part in the report.

    ``what``: the unit's acknowledgement, or the last report of the assignment that left the unit. ``to``: earlier than
    recorded, not before what it answers, and not too far back (policy).
    """

    type: Literal["correct_time"]
    what: What
    to: Instant
    reason: Narrative
    document: Reference

    roles: ClassVar = (Role.LEADER,)
    phases: ClassVar = frozenset({"in_force", "closed"})

    @model_validator(mode="after")
    def _names_what_it_corrects(self) -> Self:
        narrower = self.assignment is not None or self.item is not None
        if self.what == "acknowledgement" and (self.unit is None or narrower):
            raise PydanticCustomError("acknowledgement_of_unit", "an acknowledgement is a unit's: name it alone")
        return self

    def not_before(self, state: DirectiveState) -> datetime:
        """Not before the last thing known of what it corrects."""
        if self.what == "report":
            return super().not_before(state)
        receipt = state.receipts.get(self.unit or "")
        return receipt.touched_at if receipt else state.issued_at

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        return [self._acknowledgement(state) if self.what == "acknowledgement" else self._report(state)]

    def _acknowledgement(self, state: DirectiveState) -> TimeCorrected:
        receipt = receipt_of(state, self.unit)
        recorded = receipt.acknowledged_at
        if recorded is None:
            raise Refused(Code.NOT_ACKNOWLEDGED, unit=receipt.unit)
        self._check_range(state, receipt.sent_at, recorded)
        return self._corrected(recorded, unit=receipt.unit)

    def _report(self, state: DirectiveState) -> TimeCorrected:
        assignment = self.target(state)
        left = [one for one in assignment.reports if one.left_unit_at is not None]
        recorded = left[-1].left_unit_at if left else None
        if recorded is None:
            raise Refused(Code.NO_REPORT_WAITING, assignment=assignment.id)
        check_not_own(assignment, left[-1], self.persons)
        self._check_range(state, _asked_at(state, assignment, left[-1], recorded), recorded)
        return self._corrected(recorded, assignment=assignment.id, report=left[-1].number)

    def _check_range(self, state: DirectiveState, earliest: datetime, recorded: datetime) -> None:
        first = max(earliest, recorded - timedelta(days=state.policy.time_correction_days))
        if not first <= self.to < recorded:
            raise Refused(Code.TIME_OUT_OF_RANGE, earliest=first.isoformat(), recorded=recorded.isoformat())

    def _corrected(
        self, recorded: datetime, *, unit: str | None = None, assignment: str | None = None, report: int | None = None
    ) -> TimeCorrected:
        return TimeCorrected(
            what=self.what,
            unit=unit,
            assignment=assignment,
            report=report,
            before=recorded,
            after=self.to,
            reason=self.reason,
            document=self.document,
        )


def _asked_at(state: DirectiveState, assignment: Assignment, report: Report, recorded: datetime) -> datetime:
    """Before when the report cannot have left: the acknowledgement, and what ended the reports before it."""
    receipt = state.receipts[assignment.unit]
    known = [receipt.acknowledged_at]
    for one in assignment.reports[: report.number - 1]:
        known += [one.sent_back_at, one.returned_at, one.accepted_at]
    # A later revision is acknowledged anew: that says nothing of a report that had left before it.
    # What was taken over from a list was sent long before it was issued here.
    return max([min(state.issued_at, receipt.sent_at), *(one for one in known if one is not None and one <= recorded)])
