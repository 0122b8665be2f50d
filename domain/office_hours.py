"""Office hours: when work begins and ends on a day that is worked. They govern reminders, never lateness."""

from datetime import date, time
from typing import Final

from pydantic import ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from domain.base import Day, Fact, Hour, Word


class Span(Fact):
    """A stretch of one day, local time. ``end`` no longer belongs to it."""

    start: Hour
    end: Hour

    @field_validator("end")
    @classmethod
    def _ends_later(cls, end: time, info: ValidationInfo) -> time:
        if "start" in info.data and end <= info.data["start"]:
            raise PydanticCustomError("hours_out_of_order", "ends before it starts")
        return end

    def minutes(self) -> int:
        """How long it is; seconds are not counted."""
        return (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute


class OfficeHours(Fact):
    """The hours of a full day from ``first`` to ``last``, both included; open where absent."""

    first: Day | None = None
    last: Day | None = None
    morning: Span
    afternoon: Span
    source: Word

    @field_validator("last")
    @classmethod
    def _last_not_before_first(cls, last: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("first")
        if first is not None and last is not None and last < first:
            raise PydanticCustomError("end_before_start", "ends before it starts")
        return last

    @field_validator("afternoon")
    @classmethod
    def _after_the_morning(cls, afternoon: Span, info: ValidationInfo) -> Span:
        morning: Span | None = info.data.get("morning")
        if morning is not None and afternoon.start < morning.end:
            raise PydanticCustomError("hours_out_of_order", "ends before it starts")
        return afternoon

    def cover(self, day: date) -> bool:
        """Whether they are in force on that day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


USUAL: Final = OfficeHours(
    morning=Span(start=time(7, 30), end=time(11, 30)),
    afternoon=Span(start=time(13, 30), end=time(17, 30)),
    source="assumption of this project",
)
"""Where a calendar names none."""
