"""A deadline explains itself: day by day, and to the very instant."""

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar
from domain.deadline import (
    AfterDeadline,
    DateDeadline,
    Deadline,
    NoDeadline,
    PeriodEndDeadline,
    RecurringDeadline,
    reckon,
)
from domain.explaining import Explained, explained, reckoning
from tests.support import builders as build
from tests.support.builders import ISSUED, LEADER, OPERATOR, Json, command, local_time
from tests.support.desk import Desk
from tests.unit.domain.test_calendar_properties import CALENDARS, DAYS

PERIODS = st.sampled_from(["month", "quarter", "half_year", "year"])
BOUNDS = st.sampled_from(["by", "before"])
RULES = st.one_of(
    st.builds(NoDeadline),
    st.builds(
        DateDeadline,
        kind=st.just("date"),
        day=DAYS,
        bound=BOUNDS,
        hour=st.none() | st.sampled_from([time(9), time(16)]),
    ),
    st.builds(
        AfterDeadline,
        kind=st.just("after"),
        count=st.integers(1, 60),
        days=st.sampled_from(["working", "calendar"]),
        start=st.sampled_from(["issue", "receipt", "acknowledgement"]),
    ),
    st.builds(PeriodEndDeadline, kind=st.just("period_end"), period=PERIODS, within=st.none() | DAYS),
    st.builds(
        RecurringDeadline,
        kind=st.just("recurring"),
        every=PERIODS,
        day=st.integers(1, 31),
        bound=BOUNDS,
        until=st.none() | DAYS,
    ),
)


@given(RULES, CALENDARS, DAYS)
def test_the_days_of_a_reckoning_lead_to_the_deadline_itself(
    rule: Deadline, calendar: Calendar, from_day: date
) -> None:
    steps, reckoned = reckoning(rule, calendar, from_day)
    assert reckoned == reckon(rule, calendar, from_day)
    # One day after the other, none left out: but that "before" begins with the day that it keeps out.
    days = [one.day for one in steps if one.role != "excluded"]
    assert days == [days[0] + timedelta(days=place) for place in range(len(days))] if days else reckoned is None
    assert all(one.kind == calendar.explain(one.day) for one in steps)
    counted = [one.number for one in steps if one.number is not None]
    assert counted == list(range(1, len(counted) + 1))


def told(desk: Desk, assignment: str = "1.1") -> Explained:
    return explained(desk.events, assignment)


def issued(deadline: Json, *units: str, **changes: Any) -> Desk:
    return Desk(build.directive(build.obligation(*(units or ("unit-a",)), deadline=deadline), **changes))


def after(count: int, days: str = "working", start: str = "issue") -> Json:
    return {"kind": "after", "count": count, "days": days, "start": start}


def roles(found: Explained) -> list[tuple[str, str, int | None]]:
    return [(one.day.isoformat()[5:], one.role, one.number) for one in found.steps]


def test_working_days_are_counted_and_days_off_passed_over_with_their_reason() -> None:
    calendar = {"days": [build.special("2026-11-04")]}
    found = told(issued(after(3), calendar=calendar))
    assert roles(found) == [
        ("11-02", "start", None),
        ("11-03", "counted", 1),
        ("11-04", "skipped", None),
        ("11-05", "counted", 2),
        ("11-06", "counted", 3),
    ]
    assert (found.steps[2].kind.reason_vi, found.steps[2].kind.source) != (None, None)
    assert found.instant == found.reckoned == local_time("2026-11-07 00:00")
    assert (found.from_day, found.started_at, found.window) == (date(2026, 11, 2), None, None)


def test_a_last_calendar_day_that_is_off_moves_on() -> None:
    found = told(issued(after(5, "calendar")))
    assert roles(found)[-3:] == [("11-07", "skipped", 5), ("11-08", "skipped", None), ("11-09", "last", None)]


def test_before_a_day_keeps_that_day_out() -> None:
    found = told(issued(build.before("2026-11-16")))
    assert roles(found) == [
        ("11-16", "excluded", None),
        ("11-15", "skipped", None),
        ("11-16", "last", None),
    ]
    assert found.from_day is None


def test_a_clock_that_starts_with_receipt_is_told_with_the_instant_of_the_receipt() -> None:
    desk = issued(after(2, start="receipt"))
    waiting = told(desk)
    assert (waiting.instant, waiting.steps, waiting.settings) == (None, [], [])
    desk.do(build.delivered("unit-a", at=ISSUED + timedelta(days=1)), at=ISSUED + timedelta(days=1))
    desk.wait_until(ISSUED + timedelta(days=2))
    found = told(desk)
    assert found.started_at == ISSUED + timedelta(days=1)
    assert (found.from_day, found.instant) == (date(2026, 11, 3), local_time("2026-11-06 00:00"))
    assert [(one.cause, one.instant) for one in found.settings] == [("started", found.instant)]


def test_every_setting_is_told_and_the_last_one_is_explained() -> None:
    desk = issued(after(3))
    calendar = {"days": [build.special("2026-11-05")]}
    document = {"notation": "9/TB", "issued_date": "2026-11-03"}
    desk.do(command("apply_calendar", OPERATOR, calendar=calendar, document=document))
    found = told(desk)
    assert [(one.cause, one.instant) for one in found.settings] == [
        ("issued", local_time("2026-11-06 00:00")),
        ("calendar", local_time("2026-11-07 00:00")),
    ]
    assert ("11-05", "skipped", None) in roles(found)
    assert found.calendar_sha256 == desk.state.calendar.sha256()


def test_what_is_announced_too_late_to_move_a_deadline_does_not_change_how_it_is_explained() -> None:
    desk = issued(after(3))
    desk.wait_until(ISSUED + timedelta(days=10))
    before = told(desk)
    document = {"notation": "9/TB", "issued_date": "2026-11-03"}
    worked = {"days": [build.special("2026-11-03", "off"), build.special("2026-11-07", "full")]}
    desk.do(build.acknowledge(), build.report(by=build.head_of("unit-a")), build.accept())
    desk.do(command("apply_calendar", OPERATOR, calendar=worked, document=document))
    assert told(desk) == before


def test_an_instant_that_a_decision_came_to_is_not_explained_by_days() -> None:
    desk = issued(build.by("2026-11-20", "15:00"))
    desk.do(command("suspend", LEADER, item="1", cause="legal_question", reason="chờ"), at=ISSUED + timedelta(days=1))
    desk.do(command("resume", LEADER, item="1"), at=ISSUED + timedelta(days=3))
    found = told(desk)
    assert [one.cause for one in found.settings] == ["issued", "resumed"]
    assert found.instant == desk.state.assignments["1.1"].deadline
    assert found.reckoned in (None, found.instant)


def test_a_unit_with_a_day_of_its_own_is_told_by_its_own_calendar() -> None:
    calendar = {"days": [build.special("2026-11-04", "off", "unit-b")]}
    desk = issued(after(3), "unit-a", "unit-b", calendar=calendar)
    assert told(desk).instant == local_time("2026-11-06 00:00")
    assert told(desk, "1.2").instant == local_time("2026-11-07 00:00")
    assert ("11-04", "skipped", None) in roles(told(desk, "1.2"))


def test_what_has_no_deadline_is_told_with_its_review() -> None:
    found = told(issued({"kind": "none", "review": "2026-11-20"}))
    assert (found.instant, found.steps) == (None, [])
    assert found.review_at == local_time("2026-11-20 08:00")


def test_an_occurrence_is_explained_from_its_own_opening() -> None:
    desk = issued({"kind": "recurring", "every": "month", "day": 25, "bound": "before"})
    desk.wait_until(local_time("2026-12-02 09:00"))
    found = told(desk, "1.2")
    assert (found.occurrence, found.instant) == (2, local_time("2026-12-25 00:00"))
    assert roles(found) == [("12-25", "excluded", None), ("12-24", "last", None)]


def test_where_the_directive_above_leaves_less_that_is_told() -> None:
    above = issued(build.by("2026-11-10"))
    content = build.directive(
        build.obligation("unit-b", deadline=build.by("2026-11-09")),
        document={"issuer": "unit-a", "code_number": "5"},
        informed=["unit-a"],
        under={"stream": above.stream, "assignment": "1.1"},
    )
    below = Desk(content, above=above.state)
    window: datetime = local_time("2026-11-06 00:00")
    below.do(
        command(
            "superior_changed",
            build.someone("system", person="system"),
            kind="deadline",
            superior_version=99,
            deadline=window.isoformat(),
        )
    )
    found = told(below)
    assert (found.instant, found.window, found.reckoned) == (window, window, local_time("2026-11-10 00:00"))
