"""Deadlines: a rule is the cause, the reckoned instant is the fact."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Final, Literal

from pydantic import Field

from domain.base import Day, Fact, Hour, local
from domain.calendar import Calendar, end_of, moment


class NoDeadline(Fact):
    """The document names none. Such an obligation is never overdue."""

    kind: Literal["none"] = "none"


class DateDeadline(Fact):
    """A day named by the document.

    ``bound``: "by" includes the day ("chậm nhất ngày 25"), "before" excludes it ("trước ngày 25"). ``hour``: local
    time, where the document names one; otherwise the day ends at 24:00.
    """

    kind: Literal["date"]
    day: Day
    bound: Literal["by", "before"] = "by"
    hour: Hour | None = None


MONTHS: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
"""How many months lie between two occurrences."""


class RecurringDeadline(Fact):
    """A day of every period: "trước ngày 25 hằng tháng".

    The period is the calendar's, and ``day`` belongs to its last month; a month that is shorter means its last day.
    ``bound``: as for a day. ``until``: the last day that may be named; without it there is no end.
    """

    kind: Literal["recurring"]
    every: Literal["month", "quarter", "half_year", "year"]
    day: int = Field(ge=1, le=31)
    bound: Literal["by", "before"] = "by"
    until: Day | None = None


Deadline = Annotated[NoDeadline | DateDeadline | RecurringDeadline, Field(discriminator="kind")]


def reckon(rule: Deadline, calendar: Calendar, from_day: date) -> datetime | None:
    """The instant by which an obligation of ``from_day`` is owed; none where the rule names none.

    Of a recurring one, the first occurrence whose last day comes after ``from_day``: the first day is not counted. None
    where the rule ends before.
    """
    match rule:
        case NoDeadline():
            return None
        case DateDeadline():
            return reckon_day(rule, calendar)
        case RecurringDeadline():
            named = next(day for day in _named_days(rule, from_day) if _last_day(day, rule.bound) > from_day)
            if rule.until is not None and named > rule.until:
                return None
            return end_of(calendar.on_or_after(_last_day(named, rule.bound)))


def reckon_day(rule: DateDeadline, calendar: Calendar) -> datetime:
    """The instant at which a named day is over, or its named hour has come."""
    day = calendar.on_or_after(_last_day(rule.day, rule.bound))
    return end_of(day) if rule.hour is None else moment(day, rule.hour)


def rule_of(instant: datetime) -> DateDeadline:
    """The rule that names an instant: its day, and the hour where it is not the end of one."""
    day = day_of(instant)
    return DateDeadline(kind="date", day=day, hour=None if instant == end_of(day) else local(instant).time())


def day_of(instant: datetime) -> date:
    """The local day that a deadline belongs to: 24:00 is written as 00:00 of the day after."""
    return local(instant - timedelta(microseconds=1)).date()


def _last_day(named: date, bound: Literal["by", "before"]) -> date:
    return named if bound == "by" else named - timedelta(days=1)


def _named_days(rule: RecurringDeadline, from_day: date) -> Iterator[date]:
    """From the period of ``from_day`` on."""
    months = MONTHS[rule.every]
    year, month = from_day.year, -(-from_day.month // months) * months
    while True:
        yield date(year, month, min(rule.day, monthrange(year, month)[1]))
        year, month = (year, month + months) if month + months <= MONTHS["year"] else (year + 1, months)
