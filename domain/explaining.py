"""How a deadline was reckoned, day by day: so that nobody has to believe it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Literal

from pydantic import Field

from domain.base import AssignmentId, Day, Fact, Instant, Item, Sha256, UnitId, Word
from domain.calendar import Calendar, end_of, moment
from domain.commands.deadline_set import Cause, DeadlineSet
from domain.deadline import (
    AfterDeadline,
    DateDeadline,
    Deadline,
    NoDeadline,
    PeriodEndDeadline,
    RecurringDeadline,
    last_day,
    last_of_period,
    named_after,
)
from domain.event import Event
from domain.fold import folded
from domain.special_days import DayKind
from domain.state import Assignment, DirectiveState
from domain.timed import review

Role = Literal["start", "counted", "excluded", "skipped", "last"]
"""What a day is in a reckoning: the first, which is not counted; one that is counted; one that "before" keeps out; one
on which no time can end; the last."""


class Step(Fact):
    """One day. ``number``: which of the days that are counted. ``kind``: what the calendar says of it, and why."""

    day: Day
    role: Role
    number: int | None = None
    kind: DayKind


class Settled(Fact):
    """One time that the deadline was set."""

    instant: Instant
    cause: Cause
    set_at: Instant


class Explained(Fact):
    """``instant``: the deadline as it stands; none where it has none, or its clock has not started.

    ``from_day``: where the clock started; ``started_at``: by which receipt or acknowledgement. ``reckoned``: what the
    steps come to; ``window``: the end of the directive above, where that cut it short. Without steps where the instant
    itself was decided, as after a suspension. ``review_at``: of what has no deadline, when it is looked at next.
    ``calendar``, ``calendar_sha256``: by which it was reckoned. ``settings``: every time it was set, the last included.
    """

    assignment: AssignmentId
    item: Item
    unit: UnitId
    occurrence: int | None
    rule: Deadline
    instant: Instant | None
    from_day: Day | None = None
    started_at: Instant | None = None
    steps: list[Step] = Field(default_factory=list)
    reckoned: Instant | None = None
    window: Instant | None = None
    review_at: Instant | None = None
    calendar: Word | None = None
    calendar_sha256: Sha256 | None = None
    settings: list[Settled] = Field(default_factory=list)


def explained(events: Sequence[Event], assignment: AssignmentId) -> Explained:
    """Of an assignment that the events of its directive, from the first to the last, have brought about.

    A deadline is explained by what was known when it was set: the calendar of then, the unit that held it then.
    """
    sets = [
        (place, event.at, event.data)
        for place, event in enumerate(events)
        if isinstance(event.data, DeadlineSet) and event.data.assignment == assignment
    ]
    now = folded(events)
    if not sets:
        return _without(now, now.assignments[assignment])
    place, _, last = sets[-1]
    started = next((data.started_at for _, _, data in sets if data.started_at is not None), None)
    told = _set(folded(events[: place + 1]), last, started)
    return told.model_copy(
        update={
            "unit": now.assignments[assignment].unit,
            "settings": [Settled(instant=data.instant, cause=data.cause, set_at=at) for _, at, data in sets],
        }
    )


def reckoning(rule: Deadline, calendar: Calendar, from_day: date) -> tuple[list[Step], datetime | None]:
    """Day by day what ``domain.deadline.reckon`` does at once, and what it comes to."""
    steps = list(_steps(rule, calendar, from_day))
    if not steps:
        return [], None
    hour = rule.hour if isinstance(rule, DateDeadline) else None
    return steps, _instant(steps[-1].day, hour)


def _without(state: DirectiveState, assignment: Assignment) -> Explained:
    obligation = state.obligations[assignment.item]
    looked_at = review.of_item(state, obligation) if assignment.item in review.held(state) else iter(())
    return Explained(
        assignment=assignment.id,
        item=assignment.item,
        unit=assignment.unit,
        occurrence=assignment.occurrence,
        rule=obligation.deadline,
        instant=None,
        review_at=next((one.at for one in looked_at), None),
    )


def _set(state: DirectiveState, last: DeadlineSet, started: datetime | None) -> Explained:
    """``state``: right after it was set."""
    assignment = state.assignments[last.assignment]
    calendar = state.calendar.of(assignment.unit)
    from_day = last.from_day or assignment.assigned_on
    steps, reckoned = reckoning(last.rule, calendar, from_day)
    window = state.superior.deadline if state.superior else None
    cut = window if window is not None and reckoned is not None and window < reckoned else None
    if (cut or reckoned) != last.instant:
        # A decision named the instant: what was left after a suspension, or what the directive above leaves.
        steps, reckoned, cut = [], None, None
    counts = isinstance(last.rule, AfterDeadline)
    return Explained(
        assignment=assignment.id,
        item=assignment.item,
        unit=assignment.unit,
        occurrence=assignment.occurrence,
        rule=last.rule,
        instant=last.instant,
        from_day=from_day if counts else None,
        started_at=started if counts else None,
        steps=steps,
        reckoned=reckoned,
        window=cut,
        calendar=f"{state.calendar.id} {state.calendar.version}",
        calendar_sha256=last.calendar,
    )


def _steps(rule: Deadline, calendar: Calendar, from_day: date) -> Iterator[Step]:
    match rule:
        case NoDeadline():
            return
        case DateDeadline():
            yield from _named(rule.day, rule.bound, calendar)
        case AfterDeadline(days="working"):
            yield from _working_days(rule.count, calendar, from_day)
        case AfterDeadline():
            yield from _calendar_days(rule.count, calendar, from_day)
        case PeriodEndDeadline():
            yield from _named(last_of_period(rule.period, rule.within or from_day), "by", calendar)
        case RecurringDeadline():
            named = named_after(rule, from_day)
            if named is not None:
                yield from _named(named, rule.bound, calendar)


def _working_days(count: int, calendar: Calendar, day: date) -> Iterator[Step]:
    yield _step(calendar, day, "start")
    number = 0
    while number < count:
        day += timedelta(days=1)
        if calendar.works(day):
            number += 1
            yield _step(calendar, day, "counted", number)
        else:
            yield _step(calendar, day, "skipped")


def _calendar_days(count: int, calendar: Calendar, day: date) -> Iterator[Step]:
    yield _step(calendar, day, "start")
    for number in range(1, count):
        yield _step(calendar, day + timedelta(days=number), "counted", number)
    end = day + timedelta(days=count)
    if calendar.works(end):
        yield _step(calendar, end, "counted", count)
    else:
        yield _step(calendar, end, "skipped", count)
        yield from _moved(calendar, end + timedelta(days=1))


def _named(day: date, bound: Literal["by", "before"], calendar: Calendar) -> Iterator[Step]:
    if bound == "before":
        yield _step(calendar, day, "excluded")
    yield from _moved(calendar, last_day(day, bound))


def _moved(calendar: Calendar, day: date) -> Iterator[Step]:
    """From a day off on to the next that is worked."""
    while not calendar.works(day):
        yield _step(calendar, day, "skipped")
        day += timedelta(days=1)
    yield _step(calendar, day, "last")


def _step(calendar: Calendar, day: date, role: Role, number: int | None = None) -> Step:
    return Step(day=day, role=role, number=number, kind=calendar.explain(day))


def _instant(day: date, hour: time | None) -> datetime:
    return end_of(day) if hour is None else moment(day, hour)
