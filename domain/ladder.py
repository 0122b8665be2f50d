"""The ladder: at which working days before and after a deadline somebody is urged, and who (policy)."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from itertools import dropwhile, takewhile
from typing import Final, Literal, NamedTuple, Self, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from domain.base import Fact, Hour
from domain.calendar import Calendar, moment
from domain.deadline import day_of

Level = Literal["officer", "unit_head", "tracker", "head_of_office", "chairman"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
"""From the one who works to the one who signed."""


class Ladder(Fact):
    """Numbers are working days after the deadline, before it where negative.

    ``rungs``: rising. ``then_every``: after the last of them again and again; 0: never. ``monthly_after``: later than
    that it is rung only every 22 working days, about a month, and for the tracker alone.
    """

    rungs: list[int] = Field(max_length=50)
    then_every: int = Field(default=5, ge=0, le=250)
    monthly_after: int = Field(default=60, ge=0, le=2500)

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if any(later <= earlier for earlier, later in zip(self.rungs, self.rungs[1:], strict=False)):
            raise PydanticCustomError("ladder_order", "every rung comes after the one before it")
        if any(abs(rung) > _FURTHEST for rung in self.rungs):
            raise PydanticCustomError("ladder_range", "a rung lies at most 250 working days from the deadline")
        return self

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Ladder) and self._key() == other._key())

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[int, ...]:
        return (*self.rungs, self.then_every, self.monthly_after)


class Escalation(Fact):
    """For directives of this urgency or more (``priority``): the rung from which on each level is told; none: never."""

    priority: int = Field(ge=0, le=3)
    officer: int | None = None
    unit_head: int | None = None
    tracker: int | None = None
    head_of_office: int | None = None
    chairman: int | None = None


class Rung(NamedTuple):
    """``number``: working days after the deadline. ``at``: when it is rung."""

    number: int
    at: datetime


_FURTHEST: Final = 250
_MONTH: Final = 22
"""Working days."""


class Rungs(NamedTuple):
    """The rungs of a ladder that leans on one deadline. ``hour``: at which they are rung."""

    ladder: Ladder
    calendar: Calendar
    hour: Hour
    deadline: datetime

    def climb(self) -> Iterator[Rung]:
        """All of them, the earliest first; without end where the ladder has none."""
        deadline = before = day_of(self.deadline)
        counted = 0
        for number in _numbers(self.ladder):
            if number <= 0:
                _, at = _stepped(self.calendar, self.hour, deadline, number)
            else:
                # From the rung before: counted from a deadline of long ago, every rung would take longer than the last.
                before, at = _stepped(self.calendar, self.hour, before, number - counted)
                counted = number
            yield Rung(number, at)


# Thousands of units stand at the same rung of the same ladder.
@lru_cache(maxsize=65_536)
def next_rung(rungs: Rungs, above: int | None, after: datetime) -> Rung | None:
    """The first that is higher than those rung, and lies after ``after``."""
    return next((one for one in rungs.climb() if (above is None or one.number > above) and one.at > after), None)


def reached(first: Rung, rungs: Rungs, now: datetime) -> tuple[Rung, list[int]]:
    """The last rung that its time has come for, beginning with ``first``; and those that it overtook.

    Whoever was not told for a week is told how it stands now, once.
    """
    come = list(takewhile(lambda one: one.at <= now, dropwhile(lambda one: one.number < first.number, rungs.climb())))
    return (come[-1], [one.number for one in come[:-1]]) if come else (first, [])


def told(table: list[Escalation], ladder: Ladder, priority: int, rung: int) -> list[Level]:
    """Who is told at that rung of a directive of that urgency, the lowest level first."""
    if rung > ladder.monthly_after:
        return ["tracker"]
    fitting = [one for one in table if one.priority <= priority]
    if not fitting:
        return []
    row = max(fitting, key=lambda one: one.priority)
    return [level for level in LEVELS if (first := getattr(row, level)) is not None and first <= rung]


def _numbers(ladder: Ladder) -> Iterator[int]:
    yield from ladder.rungs
    if not ladder.then_every or not ladder.rungs:
        return
    number = ladder.rungs[-1]
    while True:
        number += ladder.then_every if number + ladder.then_every <= ladder.monthly_after else _MONTH
        yield number


@lru_cache(maxsize=65_536)
def _stepped(calendar: Calendar, hour: Hour, day: date, working_days: int) -> tuple[date, datetime]:
    """The day that many working days from ``day``, before it where negative; and when a rung of it is rung."""
    if working_days < 0:
        day = calendar.minus(day, -working_days)
    elif working_days > 0:
        day = calendar.plus(day, working_days)
    # Of a half day the hour may be off; of a deadline that another directive's window cut short, the day.
    return day, calendar.next_open(moment(day, hour))
