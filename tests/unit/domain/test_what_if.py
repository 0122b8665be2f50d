"""What another calendar or policy would change, said before it is applied."""

from datetime import datetime

import pytest

from domain.calendar import Calendar
from domain.commands.apply_calendar import ApplyCalendar
from domain.commands.apply_policy import ApplyPolicy
from domain.commands.deadline_set import DeadlineSet
from domain.commands.deadlines_moved import AcknowledgementDeadlineSet
from domain.refusal import Code, Refused
from domain.what_if import Judged, Moved, judged_otherwise, moves
from tests.support.builders import (
    LEADER,
    Json,
    accept,
    acknowledge,
    by,
    calendar,
    command,
    delivered,
    directive,
    head_of,
    local_time,
    obligation,
    report,
    special,
)
from tests.support.desk import Desk
from tests.support.steps import asked, calendar_applied, content, policy_applied, two

DEADLINE = local_time("2026-11-26 00:00")
NEXT = local_time("2026-11-27 00:00")


def days(**said: object) -> Calendar:
    return Calendar.model_validate({**calendar(), **said}, strict=False)


def calendar_command(**said: object) -> ApplyCalendar:
    one = calendar_applied(**said)
    assert isinstance(one, ApplyCalendar)
    return one


def policy_command(**said: object) -> ApplyPolicy:
    one = policy_applied(**said)
    assert isinstance(one, ApplyPolicy)
    return one


def test_it_names_every_deadline_that_would_move_and_moves_none() -> None:
    desk = Desk(two())
    desk.do(delivered("unit-a"))
    before = desk.state.model_dump_json()
    announced = calendar_command(off=["2026-11-03"], days=[special("2026-11-25", "off", "unit-b")])
    assert moves(desk.state, announced, desk.now) == [
        Moved("unit-a", None, local_time("2026-11-04 00:00"), local_time("2026-11-05 00:00")),
        Moved("unit-b", "1.2", DEADLINE, NEXT),
    ]
    assert desk.state.model_dump_json() == before


@pytest.mark.parametrize(
    "applied",
    [
        calendar_command(off=["2026-11-25"]),
        calendar_command(worked=["2026-11-21", "2026-11-22"]),
        calendar_command(),
        policy_command(acknowledge_working_days=9),
        policy_command(),
    ],
)
def test_what_it_says_is_what_applying_then_does(applied: ApplyCalendar | ApplyPolicy) -> None:
    desk = Desk(directive(obligation("unit-a", deadline=by("2026-11-22")), obligation("unit-b", item="2")))
    desk.do(delivered("unit-a", "unit-b"))
    said = moves(desk.state, applied, desk.now)
    done: list[tuple[str | None, datetime | None, datetime]] = []
    for event in desk.do(applied):
        if isinstance(event.data, DeadlineSet):
            done.append((event.data.assignment, event.data.before, event.data.instant))
        elif isinstance(event.data, AcknowledgementDeadlineSet):
            done.append((None, event.data.before, event.data.instant))
    assert [(one.assignment, one.before, one.after) for one in said] == done


def test_what_would_be_refused_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        moves(Desk(content()).state, policy_command(issuer="unit-a"), DEADLINE)
    assert refused.value.code is Code.WRONG_UNIT


def finished(at: str) -> Desk:
    """The work of ``unit-a`` is done at that time; ``unit-b`` does nothing."""
    desk = Desk(two())
    desk.do(acknowledge(), acknowledge("unit-b"))
    desk.do(report(by=head_of("unit-a")), accept(), at=local_time(at))
    return desk


def test_a_result_that_was_late_and_would_not_have_been_is_named() -> None:
    desk = finished("2026-11-26 09:00")
    [one] = judged_otherwise(desk.state, days(off=["2026-11-25"]))
    assert one == Judged("unit-a", "1.1", local_time("2026-11-26 09:00"), DEADLINE, NEXT)
    assert not one.late


def test_a_result_that_was_in_time_and_would_have_been_late_is_named() -> None:
    desk = Desk(directive(obligation("unit-a", deadline=by("2026-11-22"))))
    desk.do(acknowledge())
    desk.do(report(by=head_of("unit-a")), accept(), at=local_time("2026-11-23 09:00"))
    [one] = judged_otherwise(desk.state, days(worked=["2026-11-22"]))
    assert (one.before, one.after, one.late) == (local_time("2026-11-24 00:00"), local_time("2026-11-23 00:00"), True)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        # In time and late by either of the two.
        ("2026-11-25 09:00", {"off": ["2026-11-25"]}),
        ("2026-11-27 09:00", {"off": ["2026-11-25"]}),
        # A day of another unit.
        ("2026-11-26 09:00", {"days": [special("2026-11-25", "off", "unit-b")]}),
        # By the very calendar that it had.
        ("2026-11-26 09:00", {}),
    ],
)
def test_what_would_have_come_out_the_same_is_not(at: str, said: Json) -> None:
    assert list(judged_otherwise(finished(at).state, days(**said))) == []


def test_a_deadline_that_moved_after_the_finish_is_not_the_one_that_it_was_judged_by() -> None:
    desk = Desk(content())
    desk.do(acknowledge())
    desk.do(report(by=head_of("unit-a")), at=local_time("2026-11-26 09:00"))
    desk.do(calendar_applied(off=["2026-11-25"]), accept(), at=local_time("2026-11-26 10:00"))
    assert desk.state.assignments["1.1"].deadline == NEXT
    [one] = judged_otherwise(desk.state, desk.state.calendar)
    assert (one.before, one.after, one.late) == (DEADLINE, NEXT, False)


def test_a_result_is_judged_by_the_rule_that_held_at_its_finish() -> None:
    desk = Desk(content())
    # Until the 5th of December, a Saturday.
    desk.do(acknowledge(), asked(), command("grant_extension", LEADER, assignment="1.1"))
    desk.do(report(by=head_of("unit-a")), accept(), at=local_time("2026-12-07 09:00"))
    [one] = judged_otherwise(desk.state, days(worked=["2026-12-05"]))
    assert (one.before, one.after) == (local_time("2026-12-08 00:00"), local_time("2026-12-06 00:00"))
    assert list(judged_otherwise(desk.state, days(off=["2026-11-25"]))) == []
