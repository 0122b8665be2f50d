"""What the rules of a deadline come to in the life of a directive: from where they count, and what is none."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from domain.alarms import next_alarm
from domain.commands.deadline_set import DeadlineSet
from domain.refusal import Code
from tests.support.builders import (
    Json,
    acknowledge,
    before,
    by,
    calendar,
    delivered,
    directive,
    issue,
    local_time,
    obligation,
    refuse,
    special,
)
from tests.support.desk import Desk

WEDNESDAY: Final = local_time("2026-11-04 10:00")
THURSDAY: Final = local_time("2026-11-05 11:00")
SATURDAY: Final = local_time("2026-11-07 10:00")


def after(count: int, days: str = "working", start: str = "issue") -> Json:
    return {"kind": "after", "count": count, "days": days, "start": start}


def end_of(period: str, within: str | None = None) -> Json:
    return {"kind": "period_end", "period": period, **({"within": within} if within else {})}


def every(period: str, day: int, **more: Any) -> Json:
    return {"kind": "recurring", "every": period, "day": day, **more}


def holding(rule: Json, **changes: Any) -> Desk:
    return Desk(directive(obligation("unit-a", deadline=rule), **changes))


def deadline(desk: Desk) -> datetime | None:
    return desk.state.assignments["1.1"].deadline


@pytest.mark.parametrize(
    ("rule", "received", "owed_at"),
    [
        # From the date of the document, a Monday; the first day is not counted.
        (after(5), None, "2026-11-10 00:00"),
        (after(3, "calendar"), None, "2026-11-06 00:00"),
        # The fifth calendar day is a Saturday: the Monday after it.
        (after(5, "calendar"), None, "2026-11-10 00:00"),
        (after(3, "working", "receipt"), WEDNESDAY, "2026-11-10 00:00"),
        (after(3, "calendar", "receipt"), WEDNESDAY, "2026-11-10 00:00"),
        (after(2, "calendar", "receipt"), WEDNESDAY, "2026-11-07 00:00"),
        (after(3, "working", "receipt"), SATURDAY, "2026-11-12 00:00"),
        (after(3, "calendar", "receipt"), SATURDAY, "2026-11-11 00:00"),
    ],
)
def test_so_many_days_are_counted_from_issue_or_receipt(rule: Json, received: datetime | None, owed_at: str) -> None:
    desk = holding(rule)
    if received is not None:
        assert deadline(desk) is None
        desk.do(delivered(at=received), at=received)
    assert deadline(desk) == local_time(owed_at)


@pytest.mark.parametrize(
    ("days", "acknowledged", "owed_at"),
    [
        ("working", THURSDAY, "2026-11-11 00:00"),
        ("calendar", THURSDAY, "2026-11-10 00:00"),
        ("working", WEDNESDAY + timedelta(hours=1), "2026-11-10 00:00"),
        # Late, or never: counted from the last day for it, which is Thursday.
        ("working", local_time("2026-11-12 09:00"), "2026-11-11 00:00"),
        ("calendar", local_time("2026-11-12 09:00"), "2026-11-10 00:00"),
        ("working", None, "2026-11-11 00:00"),
        ("calendar", None, "2026-11-10 00:00"),
    ],
)
def test_from_acknowledgement_means_from_it_or_from_its_deadline_whichever_is_earlier(
    days: str, acknowledged: datetime | None, owed_at: str
) -> None:
    desk = holding(after(3, days, "acknowledgement"))
    desk.do(delivered(at=WEDNESDAY), at=WEDNESDAY)
    assert deadline(desk) is None
    if acknowledged is not None:
        desk.do(acknowledge(), at=acknowledged)
    desk.wait_until(local_time("2026-11-12 10:00"))
    assert deadline(desk) == local_time(owed_at)


def test_an_acknowledgement_without_a_delivery_is_a_receipt() -> None:
    desk = holding(after(3, "working", "receipt"))
    desk.do(acknowledge(), at=WEDNESDAY)
    assert deadline(desk) == local_time("2026-11-10 00:00")


def test_a_unit_that_refuses_gains_no_time() -> None:
    desk = holding(after(3, "working", "acknowledgement"))
    desk.do(delivered(at=WEDNESDAY), refuse(), at=WEDNESDAY)
    desk.wait_until(local_time("2026-11-06 00:00"))
    assert deadline(desk) == local_time("2026-11-11 00:00")


def test_the_clock_of_each_unit_starts_by_itself_and_says_when_and_from_which_day() -> None:
    desk = Desk(directive(obligation("unit-a", "unit-b", deadline=after(3, "working", "receipt"))))
    desk.do(delivered("unit-b", at=WEDNESDAY), at=THURSDAY)
    [event] = [one for one in desk.events if isinstance(one.data, DeadlineSet)]
    assert (event.data.assignment, event.data.cause) == ("1.2", "started")
    assert (event.data.started_at, str(event.data.from_day)) == (WEDNESDAY, "2026-11-04")
    assert event.data.calendar == desk.state.calendar.sha256()
    assert desk.state.assignments["1.1"].deadline is None


def test_a_clock_starts_once() -> None:
    desk = holding(after(3, "working", "acknowledgement"))
    desk.do(delivered(at=WEDNESDAY), at=WEDNESDAY)
    desk.do(acknowledge(), at=THURSDAY)
    desk.wait_until(local_time("2026-12-31 09:00"))
    assert sum(isinstance(one.data, DeadlineSet) for one in desk.events) == 1


def test_working_days_of_a_unit_are_counted_by_its_own_calendar() -> None:
    days = {"calendar": {**calendar(), "days": [special("2026-11-05", "off", "unit-b")]}}
    desk = Desk(directive(obligation("unit-a", "unit-b", deadline=after(3)), **days))
    assert [one.deadline for one in desk.state.assignments.values()] == [
        local_time("2026-11-06 00:00"),
        local_time("2026-11-07 00:00"),
    ]


@pytest.mark.parametrize(
    ("rule", "owed_at"),
    [
        (end_of("month"), "2026-12-01 00:00"),
        (end_of("quarter"), "2027-01-01 00:00"),
        (end_of("half_year"), "2027-01-01 00:00"),
        (end_of("year"), "2027-01-01 00:00"),
        # The 28th of February 2027 is a Sunday.
        (end_of("month", "2027-02-10"), "2027-03-02 00:00"),
        (end_of("quarter", "2027-02-10"), "2027-04-01 00:00"),
        (end_of("half_year", "2027-02-10"), "2027-07-01 00:00"),
        (end_of("year", "2027-02-10"), "2028-01-01 00:00"),
        (end_of("month", "2028-02-29"), "2028-03-01 00:00"),
    ],
)
def test_a_period_ends_with_its_last_day_or_the_working_day_after(rule: Json, owed_at: str) -> None:
    assert deadline(holding(rule)) == local_time(owed_at)


def test_a_period_that_ends_on_holidays_ends_after_them() -> None:
    desk = holding(end_of("year"), calendar=calendar(off=["2026-12-31", "2027-01-01"]))
    assert deadline(desk) == local_time("2027-01-05 00:00")


@pytest.mark.parametrize(
    ("included", "excluded"),
    [
        (by("2026-11-24"), before("2026-11-25")),
        (every("month", 24), every("month", 25, bound="before")),
        (every("quarter", 30), every("quarter", 31, bound="before")),
    ],
)
def test_before_a_day_is_by_the_day_before_it(included: Json, excluded: Json) -> None:
    assert deadline(holding(included)) == deadline(holding(excluded))


@pytest.mark.parametrize(
    "rule",
    [every("month", 25, until="2026-11-20"), every("month", 25, bound="before", until="2026-11-24")],
)
def test_a_rule_that_names_no_day_at_all_is_refused_at_issue_and_says_which(rule: Json) -> None:
    tasks = [obligation("unit-a"), obligation("unit-a", item="2", deadline=rule)]
    outcome = Desk.first(issue(directive(*tasks)))
    assert outcome.code is Code.UNRECKONABLE
    assert outcome.details == {"item": "2", "rule": "recurring"}


class TestWithoutDeadline:
    """Never overdue, but looked at again."""

    def test_it_is_looked_at_on_the_day_that_the_document_names_in_working_hours(self) -> None:
        # A Saturday.
        desk = holding({"kind": "none", "review": "2026-11-14"}, policy={"review_days": 10})
        assert next_alarm(desk.state) == local_time("2026-11-16 08:00")

    def test_otherwise_after_the_days_of_the_policy_and_so_again_and_again(self) -> None:
        desk = holding({"kind": "none"}, policy={"review_days": 10})
        events = desk.live_until(local_time("2026-12-05 09:00"))
        assert [event.at for event in events] == [
            local_time(f"{day} 08:00") for day in ("2026-11-12", "2026-11-23", "2026-12-03")
        ]
        assert {event.data.type for event in events} == {"ReviewReached"}

    def test_a_worker_away_over_several_looks_at_it_once(self) -> None:
        desk = holding({"kind": "none"}, policy={"review_days": 10})
        [reached] = desk.wait_until(local_time("2026-12-05 09:00"))
        assert reached.data.due_at == local_time("2026-12-03 08:00")
        assert next_alarm(desk.state) == local_time("2026-12-14 08:00")

    def test_the_issuer_is_told_who_owes(self) -> None:
        desk = Desk(directive(obligation("unit-a", "unit-b"), policy={"review_days": 10}))
        desk.wait_until(local_time("2026-11-12 08:00"))
        assert [(one.kind, one.unit, one.assignments) for one in desk.notices()] == [
            ("review", "office", ["1.1", "1.2"])
        ]
