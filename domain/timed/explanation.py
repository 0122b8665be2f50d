"""The late are asked why, once, by the policy; and the day by which they have to say."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from domain.base import Hour
from domain.calendar import Calendar, moment
from domain.commands.demand_explanation import ExplanationDeadlinePassed, ExplanationDemanded, explanation_due
from domain.deadline import day_of
from domain.state import Assignment, DirectiveState
from domain.timed import Ripe, at_once


def demand_of(state: DirectiveState, assignment: Assignment) -> Iterator[Ripe]:
    """At the hour of reminders of the first working day after the deadline; a leader's own demand stands for it."""
    limit = assignment.deadline
    if limit is None or not state.policy.explain_late or not assignment.runs or assignment.explanations:
        return
    at = _asked_at(state.calendar.of(assignment.unit), state.policy.remind_at, limit)
    # What was late already when this service first heard of it is a leader's to ask: an import would be a storm.
    if at > state.issued_at:
        yield Ripe(at, lambda now: _demanded(state, assignment, at, now))


def deadline_of(assignment: Assignment) -> Iterator[Ripe]:
    """Owed beside the work: whether that is done or stands still."""
    explanation = assignment.pending_explanation
    if explanation is not None and not explanation.passed:
        yield at_once(
            explanation.due,
            ExplanationDeadlinePassed(assignment=assignment.id, number=explanation.number, deadline=explanation.due),
        )


@lru_cache(maxsize=65_536)
def _asked_at(calendar: Calendar, hour: Hour, deadline: datetime) -> datetime:
    return calendar.next_open(moment(calendar.plus(day_of(deadline), 1), hour))


def _demanded(state: DirectiveState, assignment: Assignment, at: datetime, now: datetime) -> ExplanationDemanded:
    return ExplanationDemanded(assignment=assignment.id, number=1, due=explanation_due(state, now), demanded_for=at)
