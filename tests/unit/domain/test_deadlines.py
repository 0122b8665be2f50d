"""How deadlines are reckoned. Civil Code 2015, articles 147 and 148."""

from datetime import date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.alarms import next_alarm
from domain.base import LOCAL
from domain.calendar import Calendar, end_of
from domain.commands.deadline_set import DeadlineSet
from domain.deadline import Deadline, reckon
from tests.support.builders import (
    ISSUED,
    Json,
    before,
    by,
    calendar,
    delivered,
    directive,
    ladder,
    local_time,
    obligation,
)
from tests.support.desk import Desk

RULE: TypeAdapter[Deadline] = TypeAdapter(Deadline)
HOLIDAYS = calendar(off=["2026-11-23", "2026-11-24", "2026-12-31", "2027-01-01"], worked=["2026-11-21"])


def read(rule: Json) -> Deadline:
    return RULE.validate_python(rule, strict=False)


def days(content: Json) -> Calendar:
    return Calendar.model_validate(content, strict=False)


@pytest.mark.parametrize(
    ("rule", "calendar_", "instant"),
    [
        # "chậm nhất ngày 25" includes the 25th: it ends at 24:00.
        (by("2026-11-25"), {}, "2026-11-26 00:00"),
        # "trước ngày 25" excludes it: the 24th is the last day.
        (before("2026-11-25"), {}, "2026-11-25 00:00"),
        # The document names an hour.
        (by("2026-11-25", "16:30"), {}, "2026-11-25 16:30"),
        (before("2026-11-25", "16:30"), {}, "2026-11-24 16:30"),
        (by("2026-11-25", "00:00"), {}, "2026-11-25 00:00"),
        # A last day off moves to the next working day.
        (by("2026-11-21"), {}, "2026-11-24 00:00"),
        (by("2026-11-22"), {}, "2026-11-24 00:00"),
        (by("2026-11-22", "10:00"), {}, "2026-11-23 10:00"),
        (before("2026-11-22"), {}, "2026-11-24 00:00"),
        (before("2026-11-23"), {}, "2026-11-24 00:00"),
        # Holidays move it further, a Saturday made up for is a day like others.
        (by("2026-11-22"), HOLIDAYS, "2026-11-26 00:00"),
        (by("2026-11-21"), HOLIDAYS, "2026-11-22 00:00"),
        (by("2026-12-31"), HOLIDAYS, "2027-01-05 00:00"),
        # A day that was off when it was written need not lie near: years and months end like days.
        (by("2028-02-29"), {}, "2028-03-01 00:00"),
        (before("2027-01-01"), {}, "2027-01-01 00:00"),
    ],
)
def test_a_rule_is_reckoned_to_the_instant_at_which_the_work_is_owed(rule: Json, calendar_: Json, instant: str) -> None:
    assert reckon(read(rule), days(calendar_), date(2026, 11, 2)) == local_time(instant)


def test_without_a_deadline_there_is_no_instant() -> None:
    assert reckon(read({"kind": "none"}), Calendar(), date(2026, 11, 2)) is None


def every(period: str, day: int, bound: str = "by", **more: str) -> Json:
    return {"kind": "recurring", "every": period, "day": day, "bound": bound, **more}


@pytest.mark.parametrize(
    ("rule", "from_day", "instant"),
    [
        (every("month", 25), "2026-11-02", "2026-11-26 00:00"),
        (every("month", 25, "before"), "2026-11-02", "2026-11-25 00:00"),
        # The first day is not counted: what falls on the day of issue is the next month's.
        (every("month", 25), "2026-11-24", "2026-11-26 00:00"),
        (every("month", 25), "2026-11-25", "2026-12-26 00:00"),
        (every("month", 25, "before"), "2026-11-24", "2026-12-25 00:00"),
        (every("month", 1, "before"), "2026-11-29", "2026-12-01 00:00"),
        (every("month", 1, "before"), "2026-11-30", "2027-01-01 00:00"),
        (every("month", 15), "2026-12-15", "2027-01-16 00:00"),
        # A short month means its last day.
        (every("month", 31), "2026-11-02", "2026-12-01 00:00"),
        (every("month", 31), "2027-02-01", "2027-03-02 00:00"),
        (every("month", 31), "2028-02-01", "2028-03-01 00:00"),
        (every("month", 30, "before"), "2027-02-01", "2027-03-02 00:00"),
        # A last day off moves to the next working day; the occurrence stays the first one.
        (every("month", 22), "2026-11-20", "2026-11-24 00:00"),
        # The last month of the period.
        (every("quarter", 15), "2026-11-02", "2026-12-16 00:00"),
        (every("quarter", 15), "2026-12-15", "2027-03-16 00:00"),
        (every("quarter", 15), "2027-01-04", "2027-03-16 00:00"),
        (every("half_year", 10), "2026-11-02", "2026-12-11 00:00"),
        (every("half_year", 10), "2026-12-11", "2027-06-11 00:00"),
        (every("half_year", 10), "2027-06-09", "2027-06-11 00:00"),
        (every("year", 10), "2026-02-02", "2026-12-11 00:00"),
        (every("year", 10), "2026-12-10", "2027-12-11 00:00"),
        # It ends.
        (every("month", 25, until="2026-11-25"), "2026-11-02", "2026-11-26 00:00"),
        (every("month", 25, "before", until="2026-11-24"), "2026-11-02", None),
        (every("month", 25, until="2026-12-24"), "2026-11-25", None),
        # As far as days reach.
        (every("year", 31), "2199-12-31", "2201-01-01 00:00"),
    ],
)
def test_of_a_recurring_one_the_first_occurrence_after_the_day_of_issue_is_owed(
    rule: Json, from_day: str, instant: str | None
) -> None:
    owed_at = None if instant is None else local_time(instant)
    assert reckon(read(rule), Calendar(), date.fromisoformat(from_day)) == owed_at


def test_a_directive_with_a_recurring_obligation_is_issued_with_its_first_occurrence() -> None:
    rule = every("month", 25)
    [one] = deadlines_set(obligation("unit-a", deadline=rule))
    assert one.instant == local_time("2026-11-26 00:00")
    assert one.rule == read(rule)


@pytest.mark.parametrize("wrong", [every("month", 0), every("month", 32), every("week", 1), every("month", 1, "after")])
def test_a_recurring_rule_that_names_no_day_is_none(wrong: Json) -> None:
    with pytest.raises(ValidationError):
        read(wrong)


@pytest.mark.parametrize(
    ("day", "plus", "minus"),
    [
        ("2026-11-20", "2026-11-25", "2026-11-17"),
        ("2026-11-21", "2026-11-25", "2026-11-18"),
        ("2026-11-18", "2026-11-23", "2026-11-13"),
    ],
)
def test_three_working_days_on_and_back_do_not_count_the_first_day(day: str, plus: str, minus: str) -> None:
    plain = Calendar()
    assert plain.plus(date.fromisoformat(day), 3) == date.fromisoformat(plus)
    assert plain.minus(date.fromisoformat(day), 3) == date.fromisoformat(minus)


def test_working_days_skip_holidays_and_use_the_days_made_up_for() -> None:
    chosen = days(HOLIDAYS)
    assert chosen.plus(date(2026, 11, 20), 1) == date(2026, 11, 21)
    assert chosen.plus(date(2026, 11, 21), 1) == date(2026, 11, 25)
    assert chosen.minus(date(2026, 11, 25), 2) == date(2026, 11, 20)


def test_a_day_ends_at_midnight_by_viet_nams_clock() -> None:
    assert end_of(date(2026, 11, 25)) == datetime(2026, 11, 26, tzinfo=LOCAL)
    assert end_of(date(2026, 11, 25)).utcoffset() == LOCAL.utcoffset(None)


def deadlines_set(*obligations: Json, at: datetime = ISSUED, **changes: Json) -> list[DeadlineSet]:
    desk = Desk(directive(*obligations, **changes), at=at)
    return [event.data for event in desk.events if isinstance(event.data, DeadlineSet)]


def test_every_assignment_of_an_item_with_a_deadline_gets_it_as_an_event_of_its_own() -> None:
    rule = by("2026-11-25")
    set_ = deadlines_set(obligation("unit-a", support=["unit-b"], deadline=rule), obligation("unit-c", item="2"))
    assert [one.assignment for one in set_] == ["1.1", "1.2"]
    for one in set_:
        assert one.instant == local_time("2026-11-26 00:00")
        assert one.rule == read(rule)
        assert one.cause == "issued"
        assert one.calendar == Calendar().sha256()


@pytest.mark.parametrize(
    ("rule", "policy", "rung_at"),
    [
        (by("2026-11-25"), {}, "2026-11-20 08:00"),
        # Of the first release, whose policy named one reminder.
        (by("2026-11-25"), {"remind_working_days_before": 0}, "2026-11-25 08:00"),
        (by("2026-11-25"), {"remind_working_days_before": 1, "remind_at": "07:30"}, "2026-11-24 07:30"),
        # 24:00 of the 24th is written 00:00 of the 25th, and is reminded of as a deadline of the 24th.
        (before("2026-11-25"), {}, "2026-11-19 08:00"),
        (by("2026-11-25", "16:30"), {}, "2026-11-20 08:00"),
        (by("2026-11-25", "00:00"), {}, "2026-11-19 08:00"),
        # Reckoned from the day that it moved to.
        (by("2026-11-22"), {}, "2026-11-18 08:00"),
    ],
)
def test_a_rung_comes_the_policys_working_days_before_the_last_day(rule: Json, policy: Json, rung_at: str) -> None:
    desk = Desk(directive(obligation("unit-a", deadline=rule), policy={"ladder": ladder(-3), **policy}))
    assert next_alarm(desk.state) == local_time(rung_at)


@pytest.mark.parametrize(
    ("issued", "rung"), [("2026-11-20 07:59", True), ("2026-11-20 08:00", False), ("2026-11-24 12:00", False)]
)
def test_no_rung_is_rung_whose_time_was_past_when_the_deadline_was_set(issued: str, rung: bool) -> None:
    content = directive(obligation("unit-a", deadline=by("2026-11-25")), policy={"ladder": ladder(-3)})
    desk = Desk(content, at=local_time(issued))
    reached = [event.data.type for event in desk.wait_until(local_time("2026-11-25 12:00"))]
    assert reached == (["RungReached"] if rung else [])


class TestAcknowledgement:
    """Due at the end of the next working day after the first delivery; in hours where it is urgent."""

    @pytest.mark.parametrize(
        ("delivered_at", "owed_at"),
        [
            ("2026-11-02 09:05", "2026-11-04 00:00"),
            ("2026-11-02 23:59", "2026-11-04 00:00"),
            ("2026-11-06 16:00", "2026-11-10 00:00"),
            ("2026-11-07 10:00", "2026-11-10 00:00"),
            ("2026-11-20 10:00", "2026-11-22 00:00"),
            ("2026-11-21 10:00", "2026-11-26 00:00"),
        ],
    )
    def test_it_is_due_at_the_end_of_the_next_working_day(self, delivered_at: str, owed_at: str) -> None:
        desk = Desk(directive(calendar=HOLIDAYS))
        desk.do(delivered(at=local_time(delivered_at)), at=local_time("2026-11-27 10:00"))
        assert desk.state.receipts["unit-a"].acknowledge_by == local_time(owed_at)

    @pytest.mark.parametrize(
        ("delivered_at", "owed_at"),
        [("2026-11-06 16:00", "2026-11-07 00:00"), ("2026-11-07 10:00", "2026-11-10 00:00")],
    )
    def test_a_policy_of_the_same_day_means_that_day_or_the_first_working_one_after_it(
        self, delivered_at: str, owed_at: str
    ) -> None:
        desk = Desk(directive(policy={"acknowledge_working_days": 0}))
        desk.do(delivered(at=local_time(delivered_at)), at=local_time("2026-11-27 10:00"))
        assert desk.state.receipts["unit-a"].acknowledge_by == local_time(owed_at)

    @pytest.mark.parametrize("priority", [1, 2, 3])
    def test_an_urgent_one_is_due_in_hours_by_night_and_on_sundays_too(self, priority: int) -> None:
        desk = Desk(directive(document={"priority": priority}))
        desk.do(delivered(at=local_time("2026-11-07 22:30")), at=local_time("2026-11-08 00:00"))
        assert desk.state.receipts["unit-a"].acknowledge_by == local_time("2026-11-08 02:30")

    def test_the_hours_of_an_urgent_one_are_the_policys(self) -> None:
        desk = Desk(directive(document={"priority": 1}, policy={"acknowledge_hours_urgent": 12}))
        desk.do(delivered())
        assert desk.state.receipts["unit-a"].acknowledge_by == local_time("2026-11-02 21:00")

    def test_an_informed_unit_owes_none(self) -> None:
        desk = Desk(directive(obligation("unit-a"), informed=["unit-c"]))
        desk.do(delivered("unit-c"))
        assert desk.state.receipts["unit-c"].delivered_at == ISSUED
        assert desk.state.receipts["unit-c"].acknowledge_by is None

    def test_without_a_delivery_no_clock_runs(self) -> None:
        desk = Desk()
        assert desk.state.receipts["unit-a"].acknowledge_by is None
        assert desk.wait_until(local_time("2027-11-02 09:00")) == []
