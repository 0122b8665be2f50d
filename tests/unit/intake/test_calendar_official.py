"""The example calendar against the days that were announced for civil servants, 2022 to 2026, day by day."""

from datetime import date, timedelta
from pathlib import Path

import pytest

import intake
from domain.calendar import Calendar
from tests.support.builders import local_time

FILE = Path(__file__).parents[3] / "examples" / "calendar.yaml"
OFF = {
    2022: "01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02",
    2023: "01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04",
    2024: "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03",
    2025: "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24",
}
MADE_UP = {2022: "", 2023: "", 2024: "05-04", 2025: "04-26", 2026: "01-10 08-22"}
WORKING_DAYS = {2022: 249, 2023: 249, 2024: 251, 2025: 250, 2026: 249}


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return intake.load_calendar(FILE)


def named(year: int, days: str) -> set[date]:
    return {date.fromisoformat(f"{year}-{day}") for day in days.split()}


@pytest.mark.parametrize("year", OFF)
def test_every_day_of_the_year_is_worked_or_off_as_announced(calendar: Calendar, year: int) -> None:
    off, made_up = named(year, OFF[year]), named(year, MADE_UP[year])
    days = [date(year, 1, 1) + timedelta(days=count) for count in range(365 + (year % 4 == 0))]
    assert {day for day in days if day.weekday() < 5 and not calendar.works(day)} == off
    assert {day for day in days if day.weekday() >= 5 and calendar.works(day)} == made_up
    assert sum(map(calendar.works, days)) == WORKING_DAYS[year]


@pytest.mark.parametrize(
    ("day", "kind", "why"),
    [
        ("2022-01-31", "off", ("29 tháng Chạp", "29th of the twelfth month", "công văn 245")),
        ("2022-04-11", "off", ("Giỗ Tổ Hùng Vương (nghỉ bù)", "Hung Kings' Commemoration Day (observed)", "holidays")),
        ("2023-01-23", "off", ("mùng hai tháng Giêng", "second day of the first month", "8056/VPCP-KGVX")),
        ("2023-01-27", "weekday", None),
        ("2023-01-28", "weekend", None),
        ("2023-09-04", "off", ("nghỉ bù cho Thứ Bảy 02/09/2023", "for Saturday 02/09/2023", "8056/VPCP-KGVX")),
        ("2024-04-18", "off", ("Giỗ Tổ Hùng Vương", "Hung Kings", "holidays")),
        ("2024-04-29", "off", ("làm bù Thứ Bảy 04/05/2024", "made up for on Saturday 04/05/2024", "2450/VPCP-KGVX")),
        ("2024-05-04", "made_up", ("Làm bù cho Thứ Hai 29/04/2024", "Makes up for Monday", "2450/VPCP-KGVX")),
        ("2025-04-26", "made_up", ("Làm bù cho ngày 02/05/2025", "Makes up for 02/05/2025", "holidays")),
        ("2025-05-02", "off", ("thay cho ngày 26/04/2025", "substituted from 26/04/2025", "holidays")),
        ("2025-09-02", "off", ("Quốc khánh", "National Day", "holidays")),
        ("2026-01-02", "off", ("làm bù Thứ Bảy 10/01/2026", "made up for on Saturday", "12729/VPCP-KGVX")),
        ("2026-08-22", "made_up", ("Làm bù cho ngày 31/08/2026", "Makes up for 31/08/2026", "holidays")),
        ("2026-11-24", "off", ("Ngày Văn hóa Việt Nam", "Culture Day", "assumption")),
    ],
)
def test_every_day_says_why(calendar: Calendar, day: str, kind: str, why: tuple[str, str, str] | None) -> None:
    explained = calendar.explain(date.fromisoformat(day))
    said = (explained.reason_vi, explained.reason_en, explained.source)
    assert explained.kind == kind
    if why is None:
        assert said == (None, None, None)
    else:
        assert all(part in str(whole) for part, whole in zip(why, said, strict=True))


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        # Year ends.
        ("2022-12-30", 1, "2023-01-03"),
        ("2023-12-29", 1, "2024-01-02"),
        ("2024-12-31", 1, "2025-01-02"),
        ("2025-12-31", 1, "2026-01-05"),
        ("2025-12-31", 6, "2026-01-10"),
        ("2026-12-31", 1, "2027-01-01"),
        # Tết.
        ("2022-01-28", 1, "2022-02-07"),
        ("2023-01-18", 3, "2023-01-30"),
        ("2024-02-07", 1, "2024-02-15"),
        ("2025-01-24", 1, "2025-02-03"),
        ("2026-02-13", 1, "2026-02-23"),
        # Hùng Kings, 30 April and 1 May, with and without a swap; the Saturday made up for counts.
        ("2022-04-08", 1, "2022-04-12"),
        ("2023-04-28", 1, "2023-05-04"),
        ("2024-04-26", 1, "2024-05-02"),
        ("2024-04-26", 3, "2024-05-04"),
        ("2025-04-25", 1, "2025-04-26"),
        ("2025-04-29", 1, "2025-05-05"),
        # 2 September.
        ("2022-08-31", 1, "2022-09-05"),
        ("2023-08-31", 1, "2023-09-05"),
        ("2024-08-30", 1, "2024-09-04"),
        ("2026-08-21", 1, "2026-08-22"),
        ("2026-08-28", 1, "2026-09-03"),
    ],
)
def test_working_days_are_counted_over_the_holidays_and_back(
    calendar: Calendar, day: str, count: int, then: str
) -> None:
    assert calendar.plus(date.fromisoformat(day), count) == date.fromisoformat(then)
    assert calendar.minus(date.fromisoformat(then), count) == date.fromisoformat(day)


def test_offices_open_again_after_tet(calendar: Calendar) -> None:
    assert calendar.next_open(local_time("2023-01-19 17:30")) == local_time("2023-01-27 07:30")
    assert calendar.minutes_between(local_time("2023-01-19 16:30"), local_time("2023-01-27 08:00")) == 90
