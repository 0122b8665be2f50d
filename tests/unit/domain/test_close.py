"""Close, and what a closed directive still does."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.actor import Role
from domain.alarms import due, finished, next_alarm, next_deadline
from domain.command import Command
from domain.commands.close import NAMED
from domain.refusal import Code
from tests.support.builders import (
    ISSUED,
    Json,
    accept,
    acknowledge,
    approve,
    by,
    close,
    delivered,
    directive,
    head_of,
    issue,
    local_time,
    obligation,
    progress,
    refuse,
    report,
    return_report,
    send_back,
    someone,
)
from tests.support.desk import Desk

CLOSED_AT = local_time("2026-11-10 10:00")


def closed(**changes: Json) -> Desk:
    desk = Desk(directive(obligation("unit-a"), **changes))
    desk.do(acknowledge(), report(by=head_of("unit-a")), accept(), at=CLOSED_AT)
    desk.do(close(note="hoàn thành"))
    return desk


def test_a_directive_is_closed_when_nothing_is_owed_any_more() -> None:
    desk = closed()
    assert (desk.state.phase, desk.state.ended_at) == ("closed", CLOSED_AT)
    assert desk.events[-1].data.note == "hoàn thành"


def test_closing_is_refused_with_the_list_of_what_is_owed() -> None:
    desk = Desk(directive(obligation("unit-a", "unit-b"), obligation("unit-c", support=["unit-a"], item="2")))
    desk.do(acknowledge("unit-b"), report("unit-b", by=head_of("unit-b")), accept("unit-b"))
    outcome = desk.one(close())
    assert outcome.code is Code.STILL_OWED
    assert outcome.details == {"count": "3", "owed": "1.1 unit-a, 2.1 unit-c, 2.2 unit-a"}


def test_a_long_list_of_what_is_owed_is_cut_and_says_how_many_more() -> None:
    units = [f"unit-{number}" for number in range(1, NAMED + 6)]
    outcome = Desk(directive(obligation(*units))).one(close())
    assert outcome.details["count"] == str(NAMED + 5)
    assert outcome.details["owed"].startswith("1.1 unit-1, 1.2 unit-2, ")
    assert outcome.details["owed"].endswith(f"1.{NAMED} unit-{NAMED} (+5)")


def test_a_refused_directive_is_still_owed_and_a_waiting_report_is_not_yet_accepted() -> None:
    desk = Desk(directive(obligation("unit-a", "unit-b")))
    desk.do(refuse("unit-a"), acknowledge("unit-b"), report("unit-b", by=head_of("unit-b")))
    assert desk.one(close()).details["count"] == "2"


@pytest.mark.parametrize(
    "make", [acknowledge, refuse, progress, report, approve, send_back, accept, return_report, close]
)
def test_after_closing_every_command_but_a_delivery_and_the_same_issue_is_refused(make: Callable[[], Command]) -> None:
    assert closed().one(make()).code is Code.DIRECTIVE_CLOSED


def test_closing_comes_after_everything_in_the_directive_whatever_the_closers_clock_says() -> None:
    desk = Desk(directive(obligation("unit-a")))
    desk.do(acknowledge(), report(by=head_of("unit-a")), accept(), at=CLOSED_AT)
    [event] = desk.run_at(CLOSED_AT - timedelta(minutes=4), close())
    assert (event.data.type, event.at) == ("DirectiveClosed", CLOSED_AT)


def test_a_closed_directive_has_no_alarm_but_the_end_of_its_run() -> None:
    desk = closed(policy={"linger_days": 7})
    end = CLOSED_AT + timedelta(days=7)
    assert next_alarm(desk.state) == end
    assert next_deadline(desk.state) is None
    assert not finished(desk.state, end - timedelta(microseconds=1))
    assert finished(desk.state, end)
    assert due(desk.state, end) == []


def test_a_policy_of_no_lingering_ends_the_run_at_once() -> None:
    assert finished(closed(policy={"linger_days": 0}).state, CLOSED_AT)


def test_an_open_directive_is_never_finished() -> None:
    assert not finished(Desk().state, ISSUED + timedelta(days=4000))


def test_an_acknowledgement_that_never_came_rings_no_more_after_closing() -> None:
    desk = Desk(directive(obligation("unit-a"), informed=["unit-c"]))
    desk.do(acknowledge(), report(by=head_of("unit-a")), accept(), close(), delivered("unit-a", "unit-c"))
    assert desk.wait_until(local_time("2026-12-31 10:00")) == []


def test_what_is_issued_with_a_deadline_and_done_in_time_closes_without_an_alarm() -> None:
    desk = Desk(directive(obligation("unit-a", deadline=by("2026-11-20"))))
    desk.do(acknowledge(), report(by=head_of("unit-a")), accept(), close())
    assert desk.wait_until(local_time("2026-12-31 10:00")) == []
    content = directive(obligation("unit-a", deadline=by("2026-11-20")))
    assert desk.one(issue(content, by=someone(Role.CLERK))).outcome == "done"
