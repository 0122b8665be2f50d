"""Which days are worked, for whom, and why."""

from datetime import date
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from domain.calendar import Calendar
from domain.special_days import Works

FRIDAY, SATURDAY, SUNDAY, MONDAY = date(2026, 11, 6), date(2026, 11, 7), date(2026, 11, 8), date(2026, 11, 9)


def special(day: date, works: str, *units: str, reason: str = "flood") -> dict[str, Any]:
    return {
        "day": day,
        "works": works,
        "reason_vi": f"vi {reason}",
        "reason_en": reason,
        "source": "12/TB",
        "units": list(units),
    }


def calendar(*days: dict[str, Any], **more: Any) -> Calendar:
    return Calendar.model_validate({"days": days, **more}, strict=False)


@pytest.mark.parametrize(
    ("day", "works", "worked", "kind"),
    [
        (FRIDAY, None, True, "weekday"),
        (SATURDAY, None, False, "weekend"),
        (SUNDAY, None, False, "weekend"),
        (FRIDAY, "off", False, "off"),
        (SATURDAY, "off", False, "off"),
        (FRIDAY, "full", True, "weekday"),
        (SATURDAY, "full", True, "made_up"),
        (SUNDAY, "full", True, "made_up"),
        # A half day is a working day: a deadline does not move off it.
        (FRIDAY, "morning", True, "half"),
        (FRIDAY, "afternoon", True, "half"),
        (SATURDAY, "morning", True, "half"),
    ],
)
def test_a_day_is_what_its_day_of_the_week_says_or_what_was_announced(
    day: date, works: str | None, worked: bool, kind: str
) -> None:
    chosen = calendar(special(day, works)) if works else calendar()
    explained = chosen.explain(day)
    assert chosen.works(day) is explained.works is worked
    assert explained.kind == kind
    told = ("vi flood", "flood", "12/TB") if works else (None, None, None)
    assert (explained.reason_vi, explained.reason_en, explained.source) == told


@pytest.mark.parametrize(
    ("more", "day", "worked", "kind"),
    [
        ({"off": [FRIDAY]}, FRIDAY, False, "off"),
        ({"worked": [SATURDAY]}, SATURDAY, True, "made_up"),
        ({"off": [SATURDAY], "worked": [SATURDAY]}, SATURDAY, True, "made_up"),
    ],
)
def test_the_short_lists_say_whether_but_not_why(more: dict[str, Any], day: date, worked: bool, kind: str) -> None:
    explained = calendar(**more).explain(day)
    assert (explained.works, explained.kind, explained.reason_en) == (worked, kind, None)


def test_an_announced_day_goes_before_the_short_lists() -> None:
    assert calendar(special(FRIDAY, "full"), off=[FRIDAY]).works(FRIDAY)
    assert not calendar(special(SATURDAY, "off"), worked=[SATURDAY]).works(SATURDAY)


def test_working_days_are_counted_over_days_off_and_days_made_up_for() -> None:
    swapped = calendar(special(FRIDAY, "off"), special(SATURDAY, "full"), special(MONDAY, "morning"))
    thursday = date(2026, 11, 5)
    assert swapped.on_or_after(FRIDAY) == SATURDAY
    assert [swapped.plus(thursday, count) for count in range(4)] == [thursday, SATURDAY, MONDAY, date(2026, 11, 10)]
    assert [swapped.minus(MONDAY, count) for count in range(3)] == [MONDAY, SATURDAY, thursday]


class TestDaysOfOneUnit:
    """A day of a unit holds for it alone, and goes before everybody's."""

    def test_it_is_that_units_only(self) -> None:
        flooded = calendar(special(FRIDAY, "off", "unit-a"))
        assert flooded.works(FRIDAY)
        assert not flooded.of("unit-a").works(FRIDAY)
        assert flooded.of("unit-a").plus(date(2026, 11, 5), 1) == MONDAY
        assert flooded.of("unit-a").explain(FRIDAY).reason_en == "flood"
        assert flooded.explain(FRIDAY).reason_en is None

    def test_it_goes_before_everybodys_and_leaves_the_others(self) -> None:
        both = calendar(
            special(FRIDAY, "full", "unit-a", reason="on call"), special(FRIDAY, "off"), special(MONDAY, "off")
        )
        assert both.of("unit-a").works(FRIDAY)
        assert both.of("unit-a").explain(FRIDAY).reason_en == "on call"
        assert not both.of("unit-a").works(MONDAY)
        assert not both.of("unit-b").works(FRIDAY)

    def test_it_goes_before_the_short_lists(self) -> None:
        assert calendar(special(FRIDAY, "full", "unit-a"), off=[FRIDAY]).of("unit-a").works(FRIDAY)

    def test_a_unit_without_days_of_its_own_has_everybodys_calendar(self) -> None:
        flooded = calendar(special(FRIDAY, "off", "unit-a"))
        assert flooded.of("unit-b") is flooded
        assert flooded.of("unit-a").of("unit-a") is flooded.of("unit-a")

    def test_units_of_equal_days_share_one_calendar(self) -> None:
        communes = [f"commune-{number}" for number in range(10_500)]
        flooded = calendar(special(FRIDAY, "off", *communes), special(MONDAY, "off", communes[0]))
        assert len({id(flooded.of(commune)) for commune in communes}) == 2
        assert not flooded.of(communes[0]).works(MONDAY)
        assert flooded.of(communes[1]).works(MONDAY)


@pytest.mark.parametrize(
    "days",
    [
        [special(FRIDAY, "off"), special(FRIDAY, "full")],
        [special(FRIDAY, "off", "unit-a", "unit-b"), special(FRIDAY, "morning", "unit-b")],
        [special(FRIDAY, "off", "unit-a", "unit-b"), special(FRIDAY, "morning", "unit-b", "unit-a")],
    ],
)
def test_two_things_said_of_one_day_for_one_unit_are_refused(days: list[dict[str, Any]]) -> None:
    with pytest.raises(ValidationError, match="says two things of 2026-11-06"):
        calendar(*days)


@pytest.mark.parametrize(
    "days",
    [
        [special(FRIDAY, "off"), special(FRIDAY, "off", reason="storm")],
        [special(FRIDAY, "off", "unit-a"), special(FRIDAY, "full", "unit-b"), special(FRIDAY, "morning")],
    ],
)
def test_the_same_said_twice_or_other_things_of_other_units_are_not(days: list[dict[str, Any]]) -> None:
    assert len(calendar(*days).days) == len(days)


@pytest.mark.parametrize(
    ("content", "digest"),
    [
        ({}, "bdaeb75e19610ce0db7ca2d0b49cc5338d3bda48e953c9343047e60e0df0ad4a"),
        ({"off": [date(2023, 1, 2)]}, "06287ffc9302ece60867086db24e33273964013b8f9a3c2ae2bb070f79d2a794"),
    ],
)
def test_a_calendar_of_the_first_release_keeps_its_digest(content: dict[str, Any], digest: str) -> None:
    assert calendar(**content).sha256() == digest


def test_whatever_a_calendar_says_counts_for_its_digest() -> None:
    hours = {
        "morning": {"start": "07:00", "end": "11:00"},
        "afternoon": {"start": "13:00", "end": "17:00"},
        "source": "a",
    }
    all_ = [
        calendar(),
        calendar(id="other"),
        calendar(off=[FRIDAY]),
        calendar(worked=[SATURDAY]),
        calendar(hours=[hours]),
        calendar(hours=[hours | {"first": FRIDAY}]),
        *(calendar(special(FRIDAY, works)) for works in get_args(Works)),
        calendar(special(FRIDAY, "off", "unit-a")),
        calendar(special(FRIDAY, "off", reason="storm")),
    ]
    assert len({one.sha256() for one in all_}) == len({hash(one) for one in all_}) == len(all_)


def test_equal_calendars_are_one_key_whatever_was_asked_of_them() -> None:
    asked, fresh = calendar(special(FRIDAY, "off")), calendar(special(FRIDAY, "off"))
    assert not asked.of("unit-a").works(FRIDAY)
    assert asked == fresh
    assert {asked: 1}[fresh] == 1
    assert asked.model_dump() == fresh.model_dump()


def test_a_changed_copy_is_asked_anew() -> None:
    first = calendar(special(FRIDAY, "off", "unit-a"), special(MONDAY, "off"))
    before = (first.sha256(), first.works(MONDAY), first.of("unit-a").works(FRIDAY))
    changed = first.model_copy(update={"days": []})
    assert changed.works(MONDAY)
    assert changed.of("unit-a").works(FRIDAY)
    assert changed.sha256() == Calendar().sha256()
    assert (first.sha256(), first.works(MONDAY), first.of("unit-a").works(FRIDAY)) == before
