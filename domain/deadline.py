"""Deadlines: a rule is the cause, the reckoned instant is the fact. Civil Code 2015, articles 147 and 148."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Final, Literal

from pydantic import Field

from domain.base import LAST_DAY, Day, Fact, Hour, local
from domain.calendar import Calendar, end_of, moment


class NoDeadline(Fact):
    """The document names none. Such an obligation is never overdue.

    ``review``: the day on which the issuer looks at it again; without it the policy's number of days after the issue.
    """

    kind: Literal["none"] = "none"
    review: Day | None = None


class DateDeadline(Fact):
    """A day named by the document.

    ``bound``: "by" includes the day ("chậm nhất ngày 25"), "before" excludes it ("trước ngày 25"). ``hour``: local
    time, where the document names one; otherwise the day ends at 24:00.
    """

    kind: Literal["date"]
    day: Day
    bound: Literal["by", "before"] = "by"
    hour: Hour | None = None


class AfterDeadline(Fact):
    """A number of days from a starting point: "trong thời hạn 10 ngày làm việc kể từ ngày nhận được văn bản".

    ``start``: the document's date; the first delivery to the unit; or its acknowledgement, or the last moment for that,
    whichever is earlier. The first day is not counted; of calendar days, a last one off moves to the next working day.
    """

    kind: Literal["after"]
    count: int = Field(ge=1, le=3650)
    days: Literal["working", "calendar"] = "working"
    start: Literal["issue", "receipt", "acknowledgement"] = "issue"


Period = Literal["month", "quarter", "half_year", "year"]

MONTHS: Final[dict[Period, int]] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
"""How many months a period has: those between two occurrences."""


class PeriodEndDeadline(Fact):
    """The end of a period of the calendar: "trong quý II năm 2023". ``within``: a day of it; else that of the issue."""

    kind: Literal["period_end"]
    period: Period
    within: Day | None = None


class RecurringDeadline(Fact):
    """A day of every period: "trước ngày 25 hằng tháng".

    The period is the calendar's, and ``day`` belongs to its last month; a month that is shorter means its last day.
    ``bound``: as for a day. ``until``: the last day that may be named; without it there is no end.
    """

    kind: Literal["recurring"]
    every: Period
    day: int = Field(ge=1, le=31)
    bound: Literal["by", "before"] = "by"
    until: Day | None = None


Deadline = Annotated[
    NoDeadline | DateDeadline | AfterDeadline | PeriodEndDeadline | RecurringDeadline, Field(discriminator="kind")
]


def begins_later(rule: Deadline) -> bool:
    """Whether the clock starts only when the unit has received, or acknowledged."""
    return isinstance(rule, AfterDeadline) and rule.start != "issue"


def reckon(rule: Deadline, calendar: Calendar, from_day: date) -> datetime | None:
    """The instant by which an obligation is owed whose clock starts on ``from_day``; none where the rule names none.

    Of a recurring one, the first occurrence whose last day comes after ``from_day``: the first day is not counted. None
    where the rule ends before.
    """
    match rule:
        case NoDeadline():
            return None
        case DateDeadline():
            return reckon_day(rule, calendar)
        case AfterDeadline(days="working"):
            return end_of(calendar.plus(from_day, rule.count))
        case AfterDeadline():
            return end_of(calendar.on_or_after(from_day + timedelta(days=rule.count)))
        case PeriodEndDeadline():
            return end_of(calendar.on_or_after(last_of_period(rule.period, rule.within or from_day)))
        case RecurringDeadline():
            named = named_after(rule, from_day)
            return None if named is None else end_of(calendar.on_or_after(last_day(named, rule.bound)))


def reckon_day(rule: DateDeadline, calendar: Calendar) -> datetime:
    """The instant at which a named day is over, or its named hour has come."""
    day = calendar.on_or_after(last_day(rule.day, rule.bound))
    return end_of(day) if rule.hour is None else moment(day, rule.hour)


def named_after(rule: RecurringDeadline, from_day: date) -> date | None:
    """The day that the next occurrence names: the first whose last day comes after ``from_day``. None after the end."""
    named = next(day for day in _named_days(rule, from_day) if last_day(day, rule.bound) > from_day)
    return None if rule.until is not None and named > rule.until else named


def opening_day(rule: RecurringDeadline, named: date) -> date:
    """The first day of the period in which that occurrence ends: from then on it counts (FIGURES).

    "Before the 1st" ends with the period before.
    """
    return _first_of_period(rule.every, last_day(named, rule.bound))


def rule_of(instant: datetime) -> DateDeadline:
    """The rule that names an instant: its day, and the hour where it is not the end of one."""
    day = day_of(instant)
    hour = None if instant == end_of(day) else local(instant).time()
    # Days of a suspension may lead beyond the last day that a rule can name.
    return DateDeadline(kind="date", day=min(day, LAST_DAY), hour=hour)


def day_of(instant: datetime) -> date:
    """The local day that a deadline belongs to: 24:00 is written as 00:00 of the day after."""
    return local(instant - timedelta(microseconds=1)).date()


def last_day(named: date, bound: Literal["by", "before"]) -> date:
    """The last day that belongs to it, where that day is worked."""
    return named if bound == "by" else named - timedelta(days=1)


def _first_of_period(period: Period, within: date) -> date:
    months = MONTHS[period]
    return date(within.year, (within.month - 1) // months * months + 1, 1)


def last_of_period(period: Period, within: date) -> date:
    """The last day of the period of the calendar in which ``within`` lies."""
    month = _first_of_period(period, within).month + MONTHS[period] - 1
    return date(within.year, month, monthrange(within.year, month)[1])


def _named_days(rule: RecurringDeadline, from_day: date) -> Iterator[date]:
    """From the period of ``from_day`` on."""
    within = from_day
    while True:
        last = last_of_period(rule.every, within)
        yield last.replace(day=min(rule.day, last.day))
        within = last + timedelta(days=1)
