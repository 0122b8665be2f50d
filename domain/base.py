"""What every model of the domain shares: strict, frozen where it crosses a border, free of floats and sets."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone
from typing import Annotated, Any, Final

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError, PydanticKnownError

LOCAL: Final = timezone(timedelta(hours=7), "+07:00")
"""Viet Nam's time. A fixed offset: no release of a time zone database may move a deadline."""

# Line feed and tab are how people lay out text; everything else below U+0020, and U+007F to U+009F, is noise or attack.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


_THE_END: Final = 2300
"""The year by which every deadline is over, whatever the days off."""


class Erasable:
    """Marks a field whose words may have to be destroyed one day; the journal keeps them apart from the event."""


class Named:
    """Marks a field that names a person; the journal keeps the name apart, once for each person of a directive.

    ``keys``: of a field that is a mapping, those under which a person is named.
    """

    def __init__(self, *keys: str) -> None:
        self.keys = keys


def _clean(value: Any) -> Any:  # noqa: ANN401 - whatever came; the type is checked afterwards
    if not isinstance(value, str):
        return value
    if _CONTROL.search(value):
        raise PydanticCustomError("control_characters", "holds control characters")
    # The same word can be spelt with composed or combining marks; one form makes equal words equal.
    return unicodedata.normalize("NFC", value)


def _utc(instant: datetime) -> datetime:
    try:
        return instant.astimezone(timezone.utc)  # noqa: UP017 - pydantic writes "Z" for this very object
    except OverflowError:
        raise PydanticCustomError("instant_range", "lies outside the years 1 to 9999") from None


def _before_the_end(instant: datetime) -> datetime:
    if instant.year >= _THE_END:
        raise PydanticKnownError("less_than_equal", {"le": f"{_THE_END - 1}-12-31"})
    return instant


def _on_the_wall(hour: time) -> time:
    if hour.tzinfo is not None:
        raise PydanticKnownError("timezone_naive")
    return hour


Instant = Annotated[AwareDatetime, AfterValidator(_utc)]
"""A moment, kept in UTC. Input needs an offset."""

Foreseen = Annotated[Instant, AfterValidator(_before_the_end)]
"""A moment to come that is reckoned with: later than any deadline, far enough from the end of the calendar."""

LAST_DAY: Final = date(2199, 12, 31)

Day = Annotated[date, Field(ge=date(1900, 1, 1), le=LAST_DAY)]
"""A local day, far enough from the ends of the calendar for any reckoning with it."""

Hour = Annotated[time, AfterValidator(_on_the_wall)]
"""An hour of a local day. Input has no offset: another one than +07:00 would be ignored in silence."""

CLEAN: Final = BeforeValidator(_clean)
"""No control characters, composed form. Stands last in an annotation, so that lengths count what is kept."""

Text = Annotated[str, CLEAN]
Word = Annotated[str, StringConstraints(min_length=1, max_length=200), CLEAN]
Person = Annotated[str, StringConstraints(min_length=1, max_length=100), CLEAN, Named()]
Narrative = Annotated[str, StringConstraints(min_length=1, max_length=10_000), CLEAN, Erasable()]
"""Free words of a person: reports, reasons, notes. At most 10,000 characters."""

UnitId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Item = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$", max_length=20)]
AssignmentId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*\.[0-9]+$", max_length=30)]
CommandId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:/@+-]+$", min_length=1, max_length=200)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Fact(BaseModel):
    """A value that crosses a border or is remembered: nothing unknown is let in, nothing is changed afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, ser_json_temporal="iso8601")


class Record(BaseModel):
    """A part of the state. Only ``evolve`` changes it."""

    model_config = ConfigDict(extra="forbid", strict=True)


def local(instant: datetime) -> datetime:
    """The instant as the clock on the wall shows it."""
    return instant.astimezone(LOCAL)
