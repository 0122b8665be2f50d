"""Days that are not what their day of the week says, and why."""

from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

from pydantic import Field

from domain.base import Day, Fact, UnitId, Word

Works = Literal["off", "full", "morning", "afternoon"]
Kind = Literal["weekday", "weekend", "off", "made_up", "half"]
SATURDAY: Final = 5


class SpecialDay(Fact):
    """One announced exception. ``source``: the document that says so. ``units``: whom it concerns; none: everybody."""

    day: Day
    works: Works
    reason_vi: Word
    reason_en: Word
    source: Word
    units: list[UnitId] = Field(default_factory=list, max_length=12_000)


class DayKind(Fact):
    """What a day is, and why. Without reason and source where only the day of the week, or a bare list, says so.

    ``made_up``: worked though it is a Saturday or Sunday.
    """

    works: bool
    kind: Kind
    reason_vi: Word | None = None
    reason_en: Word | None = None
    source: Word | None = None


def kind_of(day: date, works: Works | None, why: SpecialDay | None) -> DayKind:
    """What ``day`` is where ``works`` was announced for it, or nothing."""
    kind = _kind(day, works)
    worked = kind in ("weekday", "made_up", "half")
    if why is None:
        return DayKind(works=worked, kind=kind)
    return DayKind(works=worked, kind=kind, reason_vi=why.reason_vi, reason_en=why.reason_en, source=why.source)


def _kind(day: date, works: Works | None) -> Kind:
    weekend = day.weekday() >= SATURDAY
    match works:
        case None:
            return "weekend" if weekend else "weekday"
        case "off":
            return "off"
        case "full":
            return "made_up" if weekend else "weekday"
        case _:
            return "half"


def first_contradiction(days: Iterable[SpecialDay]) -> tuple[int, SpecialDay] | None:
    """The first day, and its position, that says another thing of a unit, or of everybody, than one before it."""
    said: dict[tuple[date, str], Works] = {}
    for position, one in enumerate(days):
        for unit in one.units or [""]:
            if said.setdefault((one.day, unit), one.works) != one.works:
                return position, one
    return None
