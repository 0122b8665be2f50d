"""resume: the clock runs again, and the working days on hold are given back."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st

from domain.actor import Actor, Role
from domain.base import LOCAL
from domain.command import Command
from domain.commands.resume import Resumed
from domain.directive import Directive
from domain.refusal import Code
from domain.state import Superior
from tests.support.builders import (
    LEADER,
    accept,
    acknowledge,
    by,
    calendar,
    command,
    directive,
    local_time,
    obligation,
)
from tests.support.desk import Desk
from tests.support.steps import content, open_end, reported, suspended, waived
from tests.support.table import Case, roles_that_may

DAY = date(2026, 11, 3)
HOLIDAYS = calendar(off=["2026-11-20", "2026-11-26"], worked=["2026-11-21"])


def works(day: date) -> bool:
    """By HOLIDAYS, reckoned on its own."""
    if str(day) == "2026-11-21":
        return True
    return day.weekday() < 5 and str(day) not in ("2026-11-20", "2026-11-26")


def given(actor: Actor = LEADER, **fields: Any) -> Command:
    return command("resume", actor, **{"assignment": "1.1", **fields})


def by_hour() -> Directive:
    return directive(obligation("unit-a", deadline=by("2026-11-25", "16:30")))


def deadline_after(content: Directive, suspend_at: str, resume_at: str) -> datetime | None:
    desk = Desk(content)
    desk.wait_until(local_time(suspend_at))
    desk.do(suspended())
    desk.wait_until(local_time(resume_at))
    desk.do(given())
    return desk.state.assignments["1.1"].deadline


CASES = [
    Case(
        name="three days on hold",
        content=content,
        given=[suspended, local_time("2026-11-05 10:00")],
        command=given,
        yields=(
            "Resumed",
            "DeadlineSet",
        ),
        again=Code.NOT_SUSPENDED,
    ),
    Case(name="on the same day", content=content, given=[suspended], command=given, yields=("Resumed",)),
    Case(
        name="without a deadline",
        content=open_end,
        given=[suspended, local_time("2026-11-05 10:00")],
        command=given,
        yields=("Resumed",),
    ),
    Case(
        name="overdue when it was suspended",
        content=content,
        given=[local_time("2026-11-27 09:00"), suspended, local_time("2026-12-07 10:00")],
        command=given,
        yields=("Resumed",),
    ),
    Case(name="not suspended", content=content, command=given, refused=Code.NOT_SUSPENDED),
    Case(
        name="done",
        content=content,
        given=[acknowledge, reported, accept],
        command=given,
        refused=Code.ALREADY_ACCEPTED,
    ),
    Case(
        name="waived while suspended", content=content, given=[suspended, waived], command=given, refused=Code.RELEASED
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_resume(case: Case) -> None:
    case.check()


def test_who_may_resume() -> None:
    assert roles_that_may(CASES[0], given) == {Role.LEADER}


@given_by(start=st.integers(0, 20), held=st.integers(0, 40), hour=st.sampled_from([None, "16:30"]))
def test_n_working_days_on_hold_move_the_deadline_by_n_working_days(start: int, held: int, hour: str | None) -> None:
    content = directive(obligation("unit-a", deadline=by("2026-11-25", hour)), calendar=HOLIDAYS)
    first, after = DAY + timedelta(days=start), DAY + timedelta(days=start + held)
    ends = deadline_after(content, f"{first} 10:00", f"{after} 11:00")
    days = len([n for n in range(held) if works(first + timedelta(days=n))])
    day = date(2026, 11, 25)
    while days:
        day += timedelta(days=1)
        days -= works(day)
    end = time.fromisoformat(hour) if hour else time(0)
    assert ends == datetime.combine(day if hour else day + timedelta(days=1), end, LOCAL)


def test_some_time_is_left_of_what_was_suspended_on_its_last_day() -> None:
    ends = deadline_after(by_hour(), "2026-11-25 09:00", "2026-11-26 17:00")
    assert ends == local_time("2026-11-27 16:30")


def test_it_stays_within_the_window_of_the_directive_above() -> None:
    desk = Desk(content())
    desk.do(suspended())
    window = local_time("2026-11-27 00:00")
    desk.state.superior = Superior(stream="directive/x/2026/01-X", assignment="1.1", deadline=window, level=1)
    desk.wait_until(local_time("2026-11-20 09:00"))
    desk.do(given())
    assert desk.state.assignments["1.1"].deadline == window


def test_how_long_it_was_on_hold_is_said_and_the_unit_is_told() -> None:
    desk = Desk(content())
    desk.do(suspended())
    desk.wait_until(local_time("2026-11-05 10:00"))
    event = desk.do(given())[0].data
    assert isinstance(event, Resumed)
    assert (event.working_days, event.suspended_at) == (3, local_time("2026-11-02 09:00"))
    assert [(one.kind, one.unit) for one in desk.notices()] == [("resumed", "unit-a")]


def test_what_is_given_back_may_lead_beyond_the_last_day_that_a_rule_can_name() -> None:
    desk = Desk(directive(obligation("unit-a", deadline=by("2199-12-31"))))
    desk.do(suspended())
    desk.wait_until(local_time("2026-11-03 09:00"))
    desk.do(given())
    assert desk.state.assignments["1.1"].deadline == local_time("2200-01-02 00:00")


def test_days_given_back_beyond_the_last_day_that_can_be_named_leave_a_rule_that_can_be_read() -> None:
    desk = Desk(directive(obligation("unit-a", deadline=by("2199-12-31"))))
    desk.do(suspended(), at=local_time("2026-11-03 09:00"))
    desk.do(command("resume", LEADER, item="1"), at=local_time("2026-11-10 09:00"))
    assert desk.state.assignments["1.1"].deadline == local_time("2200-01-08 00:00")
