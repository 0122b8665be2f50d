"""Office hours: when work begins, how long it lasts, and what lies between two moments."""

from datetime import date, datetime
from typing import Any

import pytest

from domain.base import LOCAL
from domain.calendar import Calendar
from tests.support.builders import local_time

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 6), date(2026, 11, 7), date(2026, 11, 9)
TET = [date(2027, 2, day) for day in (4, 5, 8, 9, 10)]
"""Thursday to Wednesday."""
SUMMER = {
    "first": "2026-04-16",
    "last": "2026-10-15",
    "morning": {"start": "07:00", "end": "11:00"},
    "afternoon": {"start": "13:00", "end": "17:30"},
    "source": "1/QĐ",
}


def calendar(**content: Any) -> Calendar:
    return Calendar.model_validate(content, strict=False)


def special(day: date, works: str, *units: str) -> dict[str, Any]:
    return {"day": day, "works": works, "reason_vi": "a", "reason_en": "b", "source": "c", "units": list(units)}


CHOSEN = calendar(
    days=[special(day, "off") for day in TET]
    + [special(FRIDAY, "morning"), special(SATURDAY, "full"), special(MONDAY, "afternoon", "unit-a")]
)


def shown(spans: tuple[tuple[datetime, datetime], ...]) -> list[str]:
    return [f"{start:%H:%M}-{end:%H:%M}" for start, end in spans]


@pytest.mark.parametrize(
    ("day", "spans"),
    [
        (date(2026, 11, 5), ["07:30-11:30", "13:30-17:30"]),
        (FRIDAY, ["07:30-11:30"]),
        (SATURDAY, ["07:30-11:30", "13:30-17:30"]),
        (date(2026, 11, 8), []),
        (MONDAY, ["07:30-11:30", "13:30-17:30"]),
        (TET[0], []),
    ],
)
def test_a_day_has_its_spans_half_a_day_has_one_a_day_off_none(day: date, spans: list[str]) -> None:
    assert shown(CHOSEN.hours_of(day)) == spans
    assert all(start.date() == day and start.tzinfo is LOCAL for start, _ in CHOSEN.hours_of(day))


def test_the_half_day_of_a_unit_is_its_own() -> None:
    assert shown(CHOSEN.of("unit-a").hours_of(MONDAY)) == ["13:30-17:30"]
    assert CHOSEN.of("unit-a").next_open(local_time("2026-11-09 08:00")) == local_time("2026-11-09 13:30")
    assert CHOSEN.next_open(local_time("2026-11-09 08:00")) == local_time("2026-11-09 08:00")


@pytest.mark.parametrize(
    ("day", "spans", "minutes"),
    [
        ("2026-04-15", ["07:30-11:30", "13:30-17:30"], 480),
        ("2026-04-16", ["07:00-11:00", "13:00-17:30"], 510),
        ("2026-10-15", ["07:00-11:00", "13:00-17:30"], 510),
        ("2026-10-16", ["07:30-11:30", "13:30-17:30"], 480),
    ],
)
def test_hours_hold_from_their_first_day_to_their_last(day: str, spans: list[str], minutes: int) -> None:
    seasonal = calendar(hours=[SUMMER])
    assert shown(seasonal.hours_of(date.fromisoformat(day))) == spans
    assert seasonal.full_day_minutes(date.fromisoformat(day)) == minutes


def test_of_hours_that_cover_a_day_the_last_ones_count() -> None:
    always = {name: value for name, value in SUMMER.items() if name not in ("first", "last")}
    longer = always | {"morning": {"start": "06:30", "end": "11:00"}}
    assert shown(calendar(hours=[SUMMER, longer]).hours_of(date(2026, 6, 1)))[0] == "06:30-11:00"
    assert shown(calendar(hours=[longer, SUMMER]).hours_of(date(2026, 6, 1)))[0] == "07:00-11:00"
    assert shown(calendar(hours=[longer, SUMMER]).hours_of(date(2026, 12, 1)))[0] == "06:30-11:00"


def test_a_day_off_or_a_half_one_would_have_as_many_minutes_as_a_full_one() -> None:
    assert CHOSEN.full_day_minutes(TET[0]) == CHOSEN.full_day_minutes(FRIDAY) == 480


@pytest.mark.parametrize(
    ("instant", "opens"),
    [
        # Within hours it is the instant itself; their end no longer belongs to them.
        ("2026-11-05 07:30", "2026-11-05 07:30"),
        ("2026-11-05 09:17", "2026-11-05 09:17"),
        ("2026-11-05 17:29", "2026-11-05 17:29"),
        ("2026-11-05 17:30", "2026-11-06 07:30"),
        ("2026-11-05 00:00", "2026-11-05 07:30"),
        ("2026-11-05 11:30", "2026-11-05 13:30"),
        # Half a Friday, a Saturday made up for, a Sunday.
        ("2026-11-06 12:00", "2026-11-07 07:30"),
        ("2026-11-07 23:59", "2026-11-09 07:30"),
        # A plain weekend.
        ("2026-11-13 18:00", "2026-11-16 07:30"),
        # Tết with the weekend in it.
        ("2027-02-03 17:30", "2027-02-11 07:30"),
        ("2027-02-06 10:00", "2027-02-11 07:30"),
    ],
)
def test_work_begins_again_at_the_next_hour_of_an_office(instant: str, opens: str) -> None:
    assert CHOSEN.next_open(local_time(instant)) == local_time(opens)


def test_the_hours_are_local_whatever_clock_the_instant_was_read_from() -> None:
    # 23:30 UTC of Thursday is 06:30 of Friday.
    assert CHOSEN.next_open(datetime.fromisoformat("2026-11-05T23:30Z")) == local_time("2026-11-06 07:30")


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        ("2026-11-05 08:00", "2026-11-05 09:30", 90),
        ("2026-11-05 11:00", "2026-11-05 14:00", 60),
        ("2026-11-05 00:00", "2026-11-06 00:00", 480),
        ("2026-11-05 18:00", "2026-11-06 07:00", 0),
        # Half a Friday, Saturday made up for, Sunday off.
        ("2026-11-05 16:30", "2026-11-09 08:00", 60 + 240 + 480 + 30),
        ("2027-02-03 17:00", "2027-02-11 08:00", 60),
        ("2026-11-05 10:00", "2026-11-05 10:00", 0),
        ("2026-11-05 10:00", "2026-11-05 09:00", 0),
    ],
)
def test_worked_minutes_are_those_of_office_hours(since: str, until: str, minutes: int) -> None:
    assert CHOSEN.minutes_between(local_time(since), local_time(until)) == minutes


def test_the_days_between_are_reckoned_once_for_thousands_of_units(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[date] = []

    def looked(self: Calendar, day: date) -> tuple[tuple[datetime, datetime], ...]:
        looked_at.append(day)
        return hours_of(self, day)

    hours_of = Calendar.hours_of
    monkeypatch.setattr(Calendar, "hours_of", looked)
    own = calendar(version="of this test")
    told = {own.minutes_between(local_time("2026-11-05 10:00"), local_time("2027-11-05 10:00")) for _ in range(100)}
    assert len(told) == 1
    assert len(looked_at) < 600
