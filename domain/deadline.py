"""Deadlines: a rule is the cause, the reckoned instant is the fact."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from domain.base import Day, Fact, Hour
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


Deadline = Annotated[NoDeadline | DateDeadline, Field(discriminator="kind")]


def reckon(rule: Deadline, calendar: Calendar) -> datetime | None:
    """The instant by which an obligation is owed; none where the rule names none."""
    if isinstance(rule, NoDeadline):
        return None
    day = rule.day if rule.bound == "by" else rule.day - timedelta(days=1)
    day = calendar.on_or_after(day)
    return end_of(day) if rule.hour is None else moment(day, rule.hour)
