"""What another calendar or policy would change, before it is applied."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from domain.calendar import Calendar
from domain.commands.apply_calendar import ApplyCalendar
from domain.commands.apply_policy import ApplyPolicy
from domain.commands.deadline_set import DeadlineSet
from domain.commands.deadlines_moved import AcknowledgementDeadlineSet
from domain.reckoning import instant_for
from domain.state import Assignment, DirectiveState


class Moved(NamedTuple):
    """A deadline that would move: of an assignment, or (``assignment`` None) of a unit to acknowledge."""

    unit: str
    assignment: str | None
    before: datetime | None
    after: datetime


class Judged(NamedTuple):
    """A closed result that would have come out otherwise. It does not change."""

    unit: str
    assignment: str
    finish: datetime
    before: datetime
    after: datetime

    @property
    def late(self) -> bool:
        """Whether it would have been late."""
        return self.finish > self.after


def moves(state: DirectiveState, command: ApplyCalendar | ApplyPolicy, at: datetime) -> list[Moved]:
    """What the command would move now, decided as it would be. Raises ``Refused``."""
    found: list[Moved] = []
    for event in command.decide(state, at):
        match event:
            case DeadlineSet():
                unit = state.assignments[event.assignment].unit
                found.append(Moved(unit, event.assignment, event.before, event.instant))
            case AcknowledgementDeadlineSet():
                found.append(Moved(event.unit, None, event.before, event.instant))
            case _:
                pass
    return found


def judged_otherwise(state: DirectiveState, calendar: Calendar) -> Iterator[Judged]:
    """Accepted work whose lateness would have been the other way round, had ``calendar`` been known at its finish."""
    then = state.model_copy(update={"calendar": calendar})
    for one in state.assignments.values():
        finish = one.held_until if one.status == "accepted" else None
        if finish is None:
            continue
        judged = _judged(then, one, finish)
        if judged is not None and (finish > judged.before) != judged.late:
            yield judged


def _judged(then: DirectiveState, one: Assignment, finish: datetime) -> Judged | None:
    known = [setting for setting in one.settings if setting.set_at <= finish]
    if not known:
        return None
    last = known[-1]
    after = instant_for(then, one, last.rule, last.from_day)
    return None if after is None else Judged(one.unit, one.id, finish, last.instant, after)
