"""The instant of a rule for one assignment: by its unit's calendar, never beyond the directive above."""

from datetime import date, datetime

from domain.deadline import Deadline, reckon
from domain.state import Assignment, DirectiveState


def instant_for(
    state: DirectiveState, assignment: Assignment, rule: Deadline, from_day: date | None
) -> datetime | None:
    """The deadline that the rule comes to; None where it names none."""
    instant = reckon(rule, state.calendar.of(assignment.unit), from_day or assignment.assigned_on)
    window = state.superior.deadline if state.superior else None
    return instant if instant is None or window is None else min(instant, window)


def reckoned_again(state: DirectiveState, assignment: Assignment) -> datetime | None:
    """What its present rule comes to by the calendar and the window of now; None where it has no deadline."""
    if not assignment.settings:
        return None
    last = assignment.settings[-1]
    return instant_for(state, assignment, last.rule, last.from_day)
