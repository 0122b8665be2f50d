"""What a paper had come to before this service knew of it: dates from the list of running papers, line by line."""

from datetime import date, datetime
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from domain.base import AssignmentId, Day, Fact, Sha256, Word
from domain.calendar import end_of


class ImportedLine(Fact):
    """One line of the list: an assignment and its dates, as far as they are known.

    ``finished_on``: when the report that was accepted, or that waits for the issuer, left the unit. A day ends at
    24:00: what was finished on the day of its deadline was finished in time.
    """

    assignment: AssignmentId
    line: int = Field(ge=1)
    acknowledged_on: Day | None = None
    finished_on: Day | None = None
    accepted_on: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.accepted_on is not None and self.finished_on is None:
            raise PydanticCustomError("accepted_unfinished", "accepted, but never finished")
        days = self.days
        if days != sorted(days):
            raise PydanticCustomError("days_out_of_order", "acknowledged, finished, accepted: the days run backwards")
        return self

    @property
    def days(self) -> list[date]:
        """Those that are known, in the order in which they must follow one another."""
        return [day for day in (self.acknowledged_on, self.finished_on, self.accepted_on) if day is not None]

    @property
    def received_on(self) -> date | None:
        """By when the unit had it: whoever finished it had it."""
        return self.acknowledged_on or self.finished_on


class Imported(Fact):
    """``file``, ``sha256``: the list that the lines stand in."""

    file: Word
    sha256: Sha256
    lines: list[ImportedLine] = Field(min_length=1, max_length=20_000)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        assignments = [one.assignment for one in self.lines]
        if len(set(assignments)) != len(assignments):
            raise PydanticCustomError("assignment_twice", "two lines are about one assignment")
        return self


def by_end_of(day: date, at: datetime) -> datetime:
    """24:00 of the day; ``at`` where that is still to come: nothing was done later than it was told of."""
    return min(end_of(day), at)
