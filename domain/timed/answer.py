"""The issuer's own deadline to answer a report, and who is told when it is silent."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar, Literal

from domain.base import Instant, local
from domain.calendar import Calendar, end_of
from domain.event import Alarm, AssignmentEvent, Event, Told
from domain.ladder import Level, Rung, Rungs, next_rung, reached
from domain.ladder import told as levels_told
from domain.state import Assignment, DirectiveState, Report
from domain.timed import Ripe
from domain.timed.levels import above


class AnswerRungReached(AssignmentEvent):
    """A report still waits for the issuer, ``rung`` working days after its time to answer (policy)."""

    type: Literal["AnswerRungReached"] = "AnswerRungReached"
    report: int
    deadline: Instant
    rung: int
    levels: list[Level]
    due_at: Instant
    skipped: list[int]

    kinds: ClassVar = ("unanswered_tracker", "unanswered_head_of_office", "unanswered_chairman")

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Once for each rung of each report."""
        state.assignments[self.assignment].reports[self.report - 1].rung = self.rung

    def alarm(self) -> Alarm:
        """One for each report and rung."""
        return Alarm(f"#answer/{self.assignment}/{self.report}/{self.rung}", self.due_at)

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The issuer's own people."""
        level = above(self.levels)
        if level is not None:
            yield Told(f"unanswered_{level}", state.document.issuer, None, (self.assignment,))


def answer_by(state: DirectiveState, left_unit_at: datetime) -> datetime:
    """By when the issuer answers a report that left the unit then: the end of the policy's n-th working day."""
    return end_of(_calendar(state).plus(local(left_unit_at).date(), state.policy.answer_working_days))


def of_report(state: DirectiveState, assignment: Assignment) -> Iterator[Ripe]:
    """The next rung, as long as the report waits for the issuer."""
    if assignment.status != "with_issuer" or not assignment.reports:
        return
    report = assignment.reports[-1]
    if report.left_unit_at is None:
        return
    limit = answer_by(state, report.left_unit_at)
    first = next_rung(_rungs(state, limit), report.rung, max(limit, state.issued_at))
    if first is not None:
        yield Ripe(first.at, lambda now: _rung(state, assignment.id, report, limit, first, now))


def _calendar(state: DirectiveState) -> Calendar:
    return state.calendar.of(state.document.issuer)


def _rungs(state: DirectiveState, limit: datetime) -> Rungs:
    return Rungs(state.policy.answer_ladder, _calendar(state), state.policy.remind_at, limit)


def _rung(  # noqa: PLR0913, PLR0917 - all that its event names
    state: DirectiveState, assignment: str, report: Report, limit: datetime, first: Rung, now: datetime
) -> AnswerRungReached:
    rung, skipped = reached(first, _rungs(state, limit), now)
    policy = state.policy
    return AnswerRungReached(
        assignment=assignment,
        report=report.number,
        deadline=limit,
        rung=rung.number,
        levels=levels_told(policy.escalation, policy.answer_ladder, state.document.priority, rung.number),
        due_at=rung.at,
        skipped=skipped,
    )
