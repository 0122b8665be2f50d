"""Working days, and the instant at which a day ends.

A calendar is data in the directive's first event: no release of a library ever moves a deadline. Rules: Civil Code
2015, articles 147 and 148 (the first day is not counted; a last day off moves to the next working day; a day ends at
24:00).
"""

from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import Final, Self

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from domain.base import LOCAL, Day, Fact, Sha256, UnitId, Word, local
from domain.canonical import canonical, digest
from domain.office_hours import USUAL, OfficeHours, Span
from domain.special_days import SATURDAY, DayKind, SpecialDay, Works, first_contradiction, kind_of

ADDED: Final = ("days", "hours")
"""Fields that came after the first release."""

_Positions = tuple[int, ...]


class Calendar(Fact):
    """Which days and hours are worked.

    ``off``: holidays on weekdays; ``worked``: Saturdays and Sundays made up for. ``days``: exceptions with their reason
    and source; they go before the two lists, and those of a unit before those of everybody. A half day is a working
    day: only its hours are fewer. ``hours``: of entries that cover a day the last one counts; none: the usual hours.

    Every question but ``of`` is answered for everybody; ask ``of(unit)`` for the calendar that a unit goes by.
    """

    id: Word = "weekends-only"
    version: Word = "1"
    off: list[Day] = Field(default_factory=list, max_length=4000)
    worked: list[Day] = Field(default_factory=list, max_length=4000)
    days: list[SpecialDay] = Field(default_factory=list, max_length=4000)
    hours: list[OfficeHours] = Field(default_factory=list, max_length=200)

    @field_validator("days")
    @classmethod
    def _of_one_mind(cls, days: list[SpecialDay]) -> list[SpecialDay]:
        if found := first_contradiction(days):
            raise PydanticCustomError("day_contradicted", "says two things of {day}", {"day": found[1].day.isoformat()})
        return days

    def sha256(self) -> Sha256:
        """Digest of the content, by which an event names the calendar that it was reckoned with.

        Fields that came after the first release count only where they are used: a calendar that was written before
        them keeps its digest.
        """
        return self._sha256

    def __eq__(self, other: object) -> bool:
        """By content, as its digest tells it: every directive has a calendar of its own, and caches compare them."""
        return isinstance(other, Calendar) and self._sha256 == other._sha256

    def __hash__(self) -> int:
        """By content, as equality is: a cache may be keyed on a calendar."""
        return hash(self._sha256)

    def __copy__(self) -> Self:
        """Without what was reckoned from the content: ``model_copy`` changes fields afterwards."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    def works(self, day: date) -> bool:
        """Whether offices work on that day, be it for half of it."""
        works = self._announced.get(day)
        return day.weekday() < SATURDAY if works is None else works != "off"

    def on_or_after(self, day: date) -> date:
        """The day itself if it is worked, else the next one that is."""
        return day if self.works(day) else _next_worked(self, day)

    def plus(self, day: date, working_days: int) -> date:
        """The working day that many after ``day``; the first day is not counted."""
        return _plus(self, day, working_days)

    def minus(self, day: date, working_days: int) -> date:
        """The working day that many before ``day``."""
        for _ in range(working_days):
            day -= timedelta(days=1)
            while not self.works(day):
                day -= timedelta(days=1)
        return day

    def of(self, unit: UnitId) -> "Calendar":
        """The calendar as that unit has it; this one itself where nothing is particular to the unit."""
        positions = self._particular.get(unit)
        if positions is None:
            return self
        if positions not in self._views:
            self._views[positions] = self._view(positions)
        return self._views[positions]

    def explain(self, day: date) -> DayKind:
        """Whether and why that day is worked."""
        return kind_of(day, self._announced.get(day), self._reasons.get(day))

    def hours_of(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The spans worked on that day, each from its start to its end; none on a day off."""
        if not self.works(day):
            return ()
        return tuple((moment(day, span.start), moment(day, span.end)) for span in self._spans(day))

    def next_open(self, instant: datetime) -> datetime:
        """The instant itself if it lies within working hours, else the next moment at which work begins."""
        day = local(instant).date()
        while True:
            day = self.on_or_after(day)
            for start, end in self.hours_of(day):
                if instant < end:
                    return max(instant, start)
            day += timedelta(days=1)

    def minutes_between(self, since: datetime, until: datetime) -> int:
        """Whole minutes worked from ``since`` to ``until``; 0 where ``until`` is not the later one."""
        first, last = local(since).date(), local(until).date()
        ends = _worked_on(self, first, since, until)
        if first < last:
            ends += _worked_between(self, first, last) + _worked_on(self, last, since, until)
        return ends // timedelta(minutes=1)

    def full_day_minutes(self, day: date) -> int:
        """How many minutes a full day has by the hours in force on ``day``, whether or not it is worked."""
        hours = self._hours_in_force(day)
        return hours.morning.minutes() + hours.afternoon.minutes()

    def _spans(self, day: date) -> tuple[Span, ...]:
        hours = self._hours_in_force(day)
        match self._announced.get(day):
            case "morning":
                return (hours.morning,)
            case "afternoon":
                return (hours.afternoon,)
            case _:
                return hours.morning, hours.afternoon

    def _hours_in_force(self, day: date) -> OfficeHours:
        return next((one for one in reversed(self.hours) if one.cover(day)), USUAL)

    def _view(self, positions: _Positions) -> "Calendar":
        general = [one for one in self.days if not one.units]
        own = [self.days[position].model_copy(update={"units": []}) for position in positions]
        replaced = {one.day for one in own}
        days = [one for one in general if one.day not in replaced] + own
        view = self.model_copy(update={"days": days})
        # Thousands of units may have days of their own: the whole would be written out anew for each of them.
        view.__dict__["_sha256"] = digest(canonical([self._sha256, *positions]))
        return view

    @cached_property
    def _sha256(self) -> Sha256:
        content = self.model_dump(mode="json")
        unused = {name for name in ADDED if not content[name]}
        return digest(canonical({name: value for name, value in content.items() if name not in unused}))

    @cached_property
    def _announced(self) -> dict[date, Works]:
        announced: dict[date, Works] = dict.fromkeys(self.off, "off")
        announced.update(dict.fromkeys(self.worked, "full"))
        announced.update({one.day: one.works for one in self.days if not one.units})
        return announced

    @cached_property
    def _reasons(self) -> dict[date, SpecialDay]:
        return {one.day: one for one in self.days if not one.units}

    @cached_property
    def _particular(self) -> dict[UnitId, _Positions]:
        """For each unit that has days of its own, where they stand. Units of equal days share one view."""
        particular: dict[UnitId, _Positions] = {}
        for position, one in enumerate(self.days):
            for unit in one.units:
                particular[unit] = (*particular.get(unit, ()), position)
        return particular

    @cached_property
    def _views(self) -> dict[_Positions, "Calendar"]:
        return {}


# Thousands of units ask the same; of a calendar that somebody sends, years may be off.
@lru_cache(maxsize=4096)
def _next_worked(calendar: Calendar, day: date) -> date:
    while not calendar.works(day):
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=4096)
def _plus(calendar: Calendar, day: date, working_days: int) -> date:
    for _ in range(working_days):
        day += timedelta(days=1)
        while not calendar.works(day):
            day += timedelta(days=1)
    return day


@lru_cache(maxsize=4096)
def _worked_between(calendar: Calendar, first: date, last: date) -> timedelta:
    """On all days between these two, without them."""
    worked = timedelta()
    day = first + timedelta(days=1)
    while day < last:
        worked += sum((end - start for start, end in calendar.hours_of(day)), timedelta())
        day += timedelta(days=1)
    return worked


def _worked_on(calendar: Calendar, day: date, since: datetime, until: datetime) -> timedelta:
    spans = (min(end, until) - max(start, since) for start, end in calendar.hours_of(day))
    return sum((max(span, timedelta()) for span in spans), timedelta())


def end_of(day: date) -> datetime:
    """24:00 local time of that day."""
    return datetime.combine(day + timedelta(days=1), time(0), LOCAL)


def moment(day: date, hour: time) -> datetime:
    """That hour of that day, local time."""
    return datetime.combine(day, hour, LOCAL)
