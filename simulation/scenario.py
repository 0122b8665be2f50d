"""What a scenario file says: which documents are issued, and how units and leaders behave. Never what comes of it."""

from datetime import time
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from domain.base import AssignmentId, Day, Fact, Hour, UnitId, Word
from domain.document import Signer, StreamId
from intake import files
from intake.directory import Kind


def _rises(days: tuple[int, int]) -> tuple[int, int]:
    if days[1] < days[0]:
        raise PydanticCustomError("range_falls", "the first is larger than the last")
    return days


Days = Annotated[tuple[int, int], AfterValidator(_rises)]
"""From so many working days to so many, both included; one is drawn for each case."""

_FURTHEST: Final = 400


class Documents(Fact):
    """Documents that are alike.

    Mode ``joint``: each of the ``obligations`` has one lead, and so many others who support it; mode ``each``: every
    one of so many ``addressees`` leads all of them.

    ``issued``: between which days, drawn among those worked. ``deadline``: working days from the issue, drawn for each
    document; none: it names no deadline. ``kinds``: of units that may hold.
    """

    count: int = Field(ge=1, le=1000)
    type_name: Word
    notation: Annotated[str, Field(pattern=r"^[^\s/]+$", max_length=30)]
    mode: Literal["joint", "each"]
    obligations: int = Field(ge=1, le=20)
    addressees: int = Field(default=1, ge=1, le=500)
    supports: Days = (0, 0)
    issued: tuple[Day, Day]
    deadline: Days | None = None
    kinds: list[Kind] = Field(min_length=1)
    priority: int = Field(default=0, ge=0, le=3)
    subjects: list[Word] = Field(min_length=1)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.issued[1] < self.issued[0]:
            raise PydanticCustomError("range_falls", "issued: the first day is later than the last")
        if self.deadline is not None and self.deadline[0] < 1:
            raise PydanticCustomError("deadline_none", "deadline: at least one working day")
        if self.mode == "joint" and self.addressees != 1:
            raise PydanticCustomError("joint_lead", "addressees: a joint obligation has exactly one lead")
        if self.mode == "each" and self.supports != (0, 0):
            raise PydanticCustomError("each_support", "supports: in mode each no unit supports")
        return self

    @property
    def leads(self) -> int:
        """How many lead assignments they make."""
        return self.count * self.obligations * self.addressees


class Extending(Fact):
    """A unit asks for more time. ``asked``: working days after the deadline; ``by``: how many more it wants.

    ``answered``: working days until the leader grants it.
    """

    asked: Days
    by: Days
    answered: Days = (0, 1)


class Reporting(Fact):
    """A unit reports. ``after_deadline``: working days, negative before it; ``after_issue``: where there is none.

    ``answer``: what the leader does with it, ``answered`` working days later; none: nothing.
    """

    after_deadline: Days | None = None
    after_issue: Days | None = None
    answer: Literal["accept", "return"] | None = None
    answered: Days = (1, 3)

    @model_validator(mode="after")
    def _one_beginning(self) -> Self:
        if (self.after_deadline is None) == (self.after_issue is None):
            raise PydanticCustomError("one_beginning", "either after_deadline or after_issue")
        return self


class Behaviour(Fact):
    """How one unit deals with one assignment.

    ``deadline``: with which one can behave so; ``passed`` lies before the last day of the scenario, ``ahead`` does not.
    ``acknowledges``: working days after the issue; none: never. ``progress``: how many reports on the way.
    """

    name: Word
    count: int = Field(ge=0, le=100_000)
    deadline: Literal["passed", "ahead", "none"]
    acknowledges: Days | None = (0, 1)
    progress: int = Field(default=0, ge=0, le=5)
    extension: Extending | None = None
    reports: list[Reporting] = Field(default_factory=list, max_length=5)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        works = bool(self.reports or self.extension or self.progress)
        if works and self.acknowledges is None:
            raise PydanticCustomError("unacknowledged_work", "acknowledges: nobody works on what they never received")
        if self.deadline == "none" and self.extension is not None:
            raise PydanticCustomError("nothing_to_extend", "extension: there is no deadline")
        if self.deadline == "none" and any(one.after_deadline is not None for one in self.reports):
            raise PydanticCustomError("no_deadline", "reports: there is no deadline that they could come after")
        return self


class Named(Fact):
    """One assignment of one directive, which asks for ``working_days`` more than it has, and gets them."""

    stream: StreamId
    assignment: AssignmentId
    working_days: int = Field(ge=1, le=_FURTHEST)


class Hours(Fact):
    """When people of the office and of the units act, on the days that they work."""

    issue: Hour = time(8, 30)
    units: list[Hour] = Field(min_length=1, max_length=20)
    leader: list[Hour] = Field(min_length=1, max_length=20)


class Scenario(Fact):
    """``directory``, ``calendar``, ``policy``: files beside the scenario's. ``seed``: of everything that is drawn.

    ``extensions``: to single assignments, beyond how everybody behaves.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
    seed: int
    first_day: Day
    last_day: Day
    issuer: UnitId
    signer: Signer
    directory: Word
    calendar: Word
    policy: Word
    hours: Hours
    documents: list[Documents] = Field(min_length=1)
    behaviours: list[Behaviour] = Field(min_length=1)
    extensions: list[Named] = Field(default_factory=list)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.last_day < self.first_day:
            raise PydanticCustomError("end_before_start", "last_day: before first_day")
        for number, one in enumerate(self.documents):
            if not self.first_day <= one.issued[0] <= one.issued[1] <= self.last_day:
                raise PydanticCustomError(
                    "outside", "documents[{number}].issued: outside the period", {"number": number}
                )
        given, behave = sum(one.leads for one in self.documents), sum(one.count for one in self.behaviours)
        if given != behave:
            message = "behaviours: {behave} counted for {given} lead assignments"
            raise PydanticCustomError("uncounted", message, {"behave": behave, "given": given})
        return self

    @property
    def leads(self) -> int:
        """How many lead assignments there will be."""
        return sum(one.leads for one in self.documents)


def load_scenario(path: Path) -> Scenario:
    """The scenario in a YAML or JSON file.

    Raises:
        InputError: with file, field and reason.
    """
    return files.load(path, Scenario)
