"""Makes a calendar: what the package ``holidays`` knows of Viet Nam, and what was announced beside it.

Nothing else uses that package: a calendar is a file, and no release of the package moves a deadline.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from importlib.metadata import version as installed
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import Field, ValidationError

from domain.base import Fact
from domain.calendar import Calendar
from domain.office_hours import OfficeHours
from domain.special_days import SATURDAY, SpecialDay, Works, first_contradiction
from intake import files
from intake.errors import InputError, first_error

FIRST_YEAR: Final = 2013
"""In it the Labour Code of 2012 came into force, by whose days off the package reckons."""
LAST_YEAR: Final = 2099
"""As far as the package knows the moon."""
ID: Final = "viet-nam-civil-service"

_DATE: Final = re.compile(r"(\d\d)/(\d\d)/(\d{4})")


class Overrides(Fact):
    """What goes before the package: days with their reasons and sources, and office hours."""

    days: list[SpecialDay] = Field(default_factory=list, max_length=4000)
    hours: list[OfficeHours] = Field(default_factory=list, max_length=200)


class Built(NamedTuple):
    """``replaced``: the days of which an override says another thing than the package. ``package``: its release."""

    calendar: Calendar
    replaced: list[SpecialDay]
    package: str


def load_overrides(path: Path) -> Overrides:
    """The overrides in a YAML or JSON file.

    Raises:
        InputError: with file, field and reason; a day of which two things are said among them.
    """
    overrides = files.load(path, Overrides)
    if found := first_contradiction(overrides.days):
        position, one = found
        raise InputError(str(path), f"days[{position}]", f"another thing was said of {one.day} before")
    return overrides


def build(years: Collection[int], overrides: Overrides, *, id: str = ID, version: str | None = None) -> Built:  # noqa: A002 - its name
    """The calendar of these years. Days of the overrides that lie in other years are left out.

    Raises:
        InputError: with the field; ``id`` or ``version`` will not do, or there are too many days.
    """
    package = f"PyPI holidays {installed('holidays')}"
    known = {one.day: one for one in _known(years, package)}
    announced = [one for one in overrides.days if one.day.year in years]
    general = {one.day: one for one in announced if not one.units}
    replaced = [
        _instead(one, known[day], overrides)
        for day, one in general.items()
        if day in known and known[day].works != one.works
    ]
    chosen = known | general | {one.day: one for one in replaced}
    days = sorted([*chosen.values(), *(one for one in announced if one.units)], key=lambda one: one.day)
    try:
        calendar = Calendar(id=id, version=version or years_shown(years), days=days, hours=overrides.hours)
    except ValidationError as error:
        raise first_error("calendar", error) from error
    return Built(calendar, replaced, package)


def years_shown(years: Iterable[int]) -> str:
    """``2022-2026``, or ``2022, 2024`` where years lie between."""
    listed = sorted(set(years))
    first, last = listed[0], listed[-1]
    if len(listed) == 1:
        return str(first)
    return f"{first}-{last}" if len(listed) == last - first + 1 else ", ".join(map(str, listed))


def _instead(one: SpecialDay, known: SpecialDay, overrides: Overrides) -> SpecialDay:
    source = f"{one.source}; against {known.source}: {known.works}, {known.reason_en}"
    try:
        return SpecialDay.model_validate({**dict(one), "source": source})
    except ValidationError as error:
        field = f"days[{overrides.days.index(one)}].source"
        raise InputError("overrides", field, f"too long to tell beside it: {source}") from error


def _known(years: Collection[int], source: str) -> Iterator[SpecialDay]:
    """Days off from Monday to Friday, and weekends made up for."""
    import holidays  # noqa: PLC0415 - loaded where a calendar is built, and nowhere else

    # A day and the one that makes up for it may lie in different years.
    around = range(min(years) - 1, max(years) + 2)
    vietnamese, english = (
        holidays.country_holidays("VN", years=around, language=language) for language in ("vi", "en_US")
    )
    made_up_for: dict[date, date] = {}
    for day, reason in vietnamese.items():
        if swapped := _DATE.search(reason):
            made_up_for[date(int(swapped[3]), int(swapped[2]), int(swapped[1]))] = day
        if day.year in years and day.weekday() < SATURDAY:
            yield _day(day, "off", (reason, _DATE.sub(r"\2/\1/\3", english[day])), source)
    for day in sorted(vietnamese.weekend_workdays):
        if day.year in years:
            yield _day(day, "full", _making_up(made_up_for[day]), source)


def _making_up(off: date) -> tuple[str, str]:
    return f"Làm bù cho ngày {off:%d/%m/%Y}", f"Makes up for {off:%d/%m/%Y}"


def _day(day: date, works: Works, reason: tuple[str, str], source: str) -> SpecialDay:
    return SpecialDay(day=day, works=works, reason_vi=reason[0], reason_en=reason[1], source=source)
