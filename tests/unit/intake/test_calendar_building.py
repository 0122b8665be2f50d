"""How a calendar is made of what the package knows and what was announced beside it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import intake
from domain.calendar import Calendar
from domain.special_days import SpecialDay, Works
from intake.calendar_building import Overrides, build, load_overrides, years_shown
from intake.calendar_file import yaml_of
from tests.support.builders import local_time

Write = Callable[[str], Path]
ENTRY = "{day: 2026-01-02, works: full, reason_vi: a, reason_en: b, source: c}"
HOURS = """
hours:
  - first: 2026-04-16
    last: 2026-10-15
    morning: {start: "07:00", end: "11:00"}
    afternoon: {start: "13:00", end: "17:00"}
    source: 1/QĐ-UBND
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def do(content: str) -> Path:
        path = tmp_path / "announced.yaml"
        path.write_text(content, encoding="utf-8")
        return path

    return do


def announced(day: str, works: Works, *units: str, source: str = "7/TB") -> SpecialDay:
    return SpecialDay(
        day=date.fromisoformat(day), works=works, reason_vi="bão", reason_en="storm", source=source, units=list(units)
    )


def made(years: list[int], *days: SpecialDay) -> Calendar:
    return build(years, Overrides(days=list(days))).calendar


def on(calendar: Calendar, day: str) -> list[SpecialDay]:
    return [one for one in calendar.days if one.day == date.fromisoformat(day)]


def test_every_day_has_reasons_in_both_languages_and_its_source() -> None:
    calendar = made([2024])
    [swapped], [made_up] = on(calendar, "2024-04-29"), on(calendar, "2024-05-04")
    assert (swapped.works, made_up.works) == ("off", "full")
    assert swapped.reason_en == "Day off (substituted from 04/05/2024)"
    assert made_up.reason_vi == "Làm bù cho ngày 29/04/2024"
    assert all(one.source.startswith("PyPI holidays ") for one in calendar.days)


def test_weekends_are_not_listed_and_years_not_asked_for_are_not_either() -> None:
    calendar = made([2022, 2024])
    assert all(one.day.weekday() < 5 for one in calendar.days if one.works == "off")
    assert {one.day.year for one in calendar.days} == {2022, 2024}
    assert calendar.version == "2022, 2024"


@pytest.mark.parametrize(("year", "made_up"), [(2014, "2014-12-27"), (2019, "2019-01-05")])
def test_a_day_that_makes_up_for_one_of_another_year_is_there(year: int, made_up: str) -> None:
    assert made([year]).works(date.fromisoformat(made_up))


def test_a_late_announcement_moves_what_was_due_on_its_day() -> None:
    before = made([2026])
    after = made([2026], announced("2026-01-02", "off"), announced("2026-01-10", "full"))
    named = date(2026, 1, 2)
    assert before.on_or_after(named) == named
    assert after.on_or_after(named) == date(2026, 1, 5)
    assert (before.plus(date(2026, 1, 9), 1), after.plus(date(2026, 1, 9), 1)) == (date(2026, 1, 12), date(2026, 1, 10))
    assert before.sha256() != after.sha256()


def test_an_override_goes_before_the_package_and_the_calendar_says_so() -> None:
    built = build([2026], Overrides(days=[announced("2026-09-01", "morning")]))
    [one] = on(built.calendar, "2026-09-01")
    assert one.works == "morning"
    assert one.source == f"7/TB; against {built.package}: off, National Day"
    assert built.replaced == [one]


def test_an_override_that_agrees_gives_its_reason_and_source_and_goes_against_nothing() -> None:
    built = build([2026], Overrides(days=[announced("2026-09-01", "off")]))
    assert [(one.reason_en, one.source) for one in on(built.calendar, "2026-09-01")] == [("storm", "7/TB")]
    assert built.replaced == []


def test_a_day_of_one_unit_stands_beside_everybodys() -> None:
    built = build([2026], Overrides(days=[announced("2026-09-01", "full", "so-y-te")]))
    assert len(on(built.calendar, "2026-09-01")) == 2
    assert built.replaced == []
    assert built.calendar.of("so-y-te").works(date(2026, 9, 1))
    assert not built.calendar.works(date(2026, 9, 1))


def test_half_days_and_hours_are_taken_over(write: Write) -> None:
    content = "days: [{day: 2026-06-01, works: morning, reason_vi: a, reason_en: b, source: c}]" + HOURS
    calendar = build([2026], load_overrides(write(content))).calendar
    assert calendar.next_open(local_time("2026-06-01 11:00")) == local_time("2026-06-02 07:00")
    assert calendar.next_open(local_time("2026-12-01 00:00")) == local_time("2026-12-01 07:30")


def test_overrides_of_other_years_are_left_out() -> None:
    assert made([2026], announced("2025-12-31", "off")) == made([2026])


def test_the_order_of_years_and_overrides_is_no_matter_and_equal_input_gives_an_equal_file() -> None:
    first, second = announced("2026-03-02", "off"), announced("2025-03-03", "off")
    one, other = made([2025, 2026], first, second), made([2026, 2025], second, first)
    assert yaml_of(one) == yaml_of(other)


def test_what_is_written_is_read_again_as_the_same_calendar(tmp_path: Path, write: Write) -> None:
    content = (
        "days: [{day: 2026-06-01, works: off, reason_vi: 'a: b', reason_en: '#', source: 'off', units: [so-y-te]}]"
    )
    calendar = build([2022, 2026], load_overrides(write(content + HOURS)), id="x", version="2026").calendar
    path = tmp_path / "calendar.yaml"
    path.write_text(yaml_of(calendar), encoding="utf-8")
    assert intake.load_calendar(path) == calendar
    assert intake.load_calendar(path).sha256() == calendar.sha256()


@pytest.mark.parametrize(
    ("years", "shown"),
    [([2026], "2026"), ([2024, 2023, 2023], "2023-2024"), ([2022, 2024, 2025], "2022, 2024, 2025")],
)
def test_years_in_few_words(years: list[int], shown: str) -> None:
    assert years_shown(years) == shown


@pytest.mark.parametrize(
    ("content", "field", "reason"),
    [
        ("off: [2026-01-02]", "off", "not permitted"),
        ("days: [{day: 2026-02-30, works: off}]", "days[0].day", "valid date"),
        (
            f"days: [{ENTRY.replace('works: full', 'works: off')}, {ENTRY}]",
            "days[1]",
            "another thing was said of 2026-01-02 before",
        ),
        (HOURS.replace("2026-10-15", "2026-04-15"), "hours[0].last", "ends before it starts"),
    ],
)
def test_faulty_overrides_are_refused_by_field_and_reason(write: Write, content: str, field: str, reason: str) -> None:
    with pytest.raises(intake.InputError) as caught:
        load_overrides(write(content))
    assert caught.value.field == field
    assert reason in caught.value.reason


def test_a_source_that_leaves_no_room_to_say_what_it_goes_against_is_refused() -> None:
    late = announced("2026-01-01", "full", source="x" * 200)
    with pytest.raises(intake.InputError) as caught:
        build([2026], Overrides(days=[announced("2026-01-02", "off"), late]))
    assert caught.value.field == "days[1].source"


@pytest.mark.parametrize(
    ("id_", "version", "field"), [("", "1", "id"), ("x", "y" * 201, "version"), ("a\x00b", "1", "id")]
)
def test_a_name_that_will_not_do_is_refused(id_: str, version: str, field: str) -> None:
    with pytest.raises(intake.InputError) as caught:
        build([2026], Overrides(), id=id_, version=version)
    assert caught.value.field == field
