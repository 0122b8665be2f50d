"""The example policy and calendar, and how faulty ones are refused."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

import intake
from domain.calendar import Calendar
from domain.policy import Policy

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return intake.load_calendar(EXAMPLES / "calendar.yaml")


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


def special(day: str, works: str = "off", units: str = "[]") -> str:
    entry = f"{{day: {day}, works: {works}, reason_vi: a, reason_en: b, source: c, units: {units}}}"
    return f"days:\n- {entry}\n"


def hours(
    morning: tuple[str, str] = ("07:30", "11:30"), afternoon: tuple[str, str] = ("13:30", "17:30"), **more: str
) -> str:
    spans = {"morning": morning, "afternoon": afternoon}
    said = [f'{name}: {{start: "{start}", end: "{end}"}}' for name, (start, end) in spans.items()]
    return f"hours: [{{source: a, {', '.join([*said, *(f'{name}: {day}' for name, day in more.items())])}}}]"


def test_the_example_policy_has_the_assumed_values(tmp_path: Path) -> None:
    policy = intake.load_policy(EXAMPLES / "policy.yaml")
    assert policy.model_copy(update={"id": "assumed", "version": "1", "dated": None}) == Policy()
    path = tmp_path / "policy.yaml"
    path.write_text('remind_at: "17:30"\n', encoding="utf-8")
    assert intake.load_policy(path).remind_at == time(17, 30)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2022, 1, 29), date(2022, 2, 6)),
        (date(2023, 1, 20), date(2023, 1, 26)),
        (date(2023, 4, 29), date(2023, 5, 3)),
        (date(2023, 9, 1), date(2023, 9, 4)),
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2026, 1, 1), date(2026, 1, 4)),
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2026, 8, 29), date(2026, 9, 2)),
    ],
)
def test_civil_servants_are_off_through_these_days_and_not_beyond(calendar: Calendar, first: date, last: date) -> None:
    assert not any(calendar.works(day) for day in days(first, last))
    assert calendar.works(first - timedelta(days=1)) or (first - timedelta(days=1)).weekday() >= 5
    assert calendar.works(last + timedelta(days=1))


@pytest.mark.parametrize("day", [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)])
def test_saturdays_made_up_for_are_worked(calendar: Calendar, day: date) -> None:
    assert day.weekday() == 5
    assert calendar.works(day)
    assert not calendar.works(day + timedelta(days=7))


def test_the_calendar_lists_days_once_and_in_order_each_with_its_source(calendar: Calendar) -> None:
    listed = [one.day for one in calendar.days]
    assert listed == sorted(set(listed))
    assert all((one.works == "off") == (one.day.weekday() < 5) for one in calendar.days)
    assert {day.year for day in listed} == {2022, 2023, 2024, 2025, 2026}
    assert all(one.source and one.reason_vi != one.reason_en for one in calendar.days)


@pytest.mark.parametrize(
    ("content", "field", "reason"),
    [
        ("off: [2023-13-01]", "off[0]", "valid date"),
        ("off: [tomorrow]", "off[0]", "valid date"),
        ("off: [2023-01-02]\nworked: [2023-01-02]", "worked[0]", "2023-01-02 is also listed as off"),
        ("holidays: []", "holidays", "not permitted"),
        (special("2023-01-02", works="seldom"), "days[0].works", "Input should be 'off', 'full', 'morning'"),
        (special("2023-01-02", units="[Sở Y tế]"), "days[0].units[0]", "should match pattern"),
        (
            special("2023-01-02") + special("2023-01-02", works="full").removeprefix("days:\n"),
            "days",
            "says two things of 2023-01-02",
        ),
        ("days: [{day: 2023-01-02, works: off}]", "days[0].reason_vi", "required"),
        (hours(morning=("11:30", "07:30")), "hours[0].morning.end", "ends before it starts"),
        (hours(afternoon=("11:00", "17:30")), "hours[0].afternoon", "ends before it starts"),
        (hours(first="2023-09-01", last="2023-08-31"), "hours[0].last", "ends before it starts"),
        (hours(morning=("noon", "13:00")), "hours[0].morning.start", "valid time"),
        ("- 2023-01-02", "", "should be an object"),
        ("", "", "should be an object"),
    ],
)
def test_a_faulty_calendar_is_refused_by_field_and_reason(
    tmp_path: Path, content: str, field: str, reason: str
) -> None:
    path = tmp_path / "calendar.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(intake.InputError) as caught:
        intake.load_calendar(path)
    assert caught.value.field == field
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    ("content", "field", "reason"),
    [
        ("acknowledge_working_days: 31", "acknowledge_working_days", "less than or equal to 30"),
        ('acknowledge_working_days: "1"', "acknowledge_working_days", "valid integer"),
        ("remind_at: 17:30", "remind_at", "valid time"),
        ("remind_before: 3", "remind_before", "not permitted"),
        ("id: {a: !!python/name:os.system }", "", "not readable as YAML"),
    ],
)
def test_a_faulty_policy_is_refused_by_field_and_reason(tmp_path: Path, content: str, field: str, reason: str) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(intake.InputError) as caught:
        intake.load_policy(path)
    assert caught.value.field == field
    assert reason in caught.value.reason
