"""Working days, and the instant at which a day ends.

A calendar is data in the directive's first event: no release of a library ever moves a deadline. Rules: Civil Code
2015, articles 147 and 148 (the first day is not counted; a last day off moves to the next working day; a day ends at
24:00).
"""

from datetime import date, datetime, time, timedelta

from pydantic import Field

from domain.base import LOCAL, Day, Fact, Sha256, Word
from domain.canonical import canonical, digest

SATURDAY = 5


class Calendar(Fact):
    """Which days are worked. ``off``: holidays on weekdays; ``worked``: Saturdays and Sundays made up for."""

    id: Word = "weekends-only"
    version: Word = "1"
    off: list[Day] = Field(default_factory=list, max_length=4000)
    worked: list[Day] = Field(default_factory=list, max_length=4000)

    def sha256(self) -> Sha256:
        """Digest of the content, by which an event names the calendar that it was reckoned with."""
        return digest(canonical(self.model_dump(mode="json")))

    def works(self, day: date) -> bool:
        """Whether offices work on that day."""
        if day in self.worked:
            return True
        return day.weekday() < SATURDAY and day not in self.off

    def on_or_after(self, day: date) -> date:
        """The day itself if it is worked, else the next one that is."""
        while not self.works(day):
            day += timedelta(days=1)
        return day

    def plus(self, day: date, working_days: int) -> date:
        """The working day that many after ``day``; the first day is not counted."""
        for _ in range(working_days):
            day = self.on_or_after(day + timedelta(days=1))
        return day

    def minus(self, day: date, working_days: int) -> date:
        """The working day that many before ``day``."""
        for _ in range(working_days):
            day -= timedelta(days=1)
            while not self.works(day):
                day -= timedelta(days=1)
        return day


def end_of(day: date) -> datetime:
    """24:00 local time of that day."""
    return datetime.combine(day + timedelta(days=1), time(0), LOCAL)


def moment(day: date, hour: time) -> datetime:
    """That hour of that day, local time."""
    return datetime.combine(day, hour, LOCAL)
