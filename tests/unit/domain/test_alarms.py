"""What time alone brings about: a rung of the ladder, the deadline's passing, an acknowledgement that did not come."""

from datetime import timedelta

import pytest

from domain.alarms import due, next_alarm, next_deadline
from domain.event import Event
from tests.support.builders import (
    Json,
    accept,
    acknowledge,
    approve,
    before,
    by,
    delivered,
    directive,
    head_of,
    ladder,
    local_time,
    obligation,
    refuse,
    report,
    return_report,
    send_back,
)
from tests.support.desk import Desk

DEADLINE = local_time("2026-11-26 00:00")
REMINDER = local_time("2026-11-20 08:00")
REVIEW = local_time("2027-11-03 08:00")
ACKNOWLEDGE_BY = local_time("2026-11-04 00:00")
MOMENT = timedelta(microseconds=1)
ONE_RUNG = {"ladder": ladder(-3)}


def owing(**changes: Json) -> Desk:
    return Desk(directive(obligation("unit-a", deadline=by("2026-11-25")), policy=ONE_RUNG, **changes))


def held() -> Desk:
    """Two units, without a deadline."""
    return Desk(directive(obligation("unit-a", "unit-b")))


def types(events: list[Event]) -> list[str]:
    return [event.data.type for event in events]


def test_one_reminder_then_the_passing_of_the_deadline_and_nothing_more_ever() -> None:
    desk = owing()
    assert next_alarm(desk.state) == REMINDER
    assert desk.wait_until(REMINDER - MOMENT) == []
    assert types(desk.wait_until(REMINDER)) == ["RungReached"]
    assert next_alarm(desk.state) == DEADLINE
    assert desk.wait_until(DEADLINE - MOMENT) == []
    assert types(desk.wait_until(DEADLINE)) == ["DeadlinePassed"]
    assert next_alarm(desk.state) is None
    assert desk.wait_until(local_time("2030-01-01 00:00")) == []


def test_alarms_that_ring_late_bear_the_time_of_ringing_and_say_when_they_were_due() -> None:
    desk = owing()
    late = DEADLINE + timedelta(days=2)
    reminded, passed = desk.wait_until(late)
    assert (reminded.at, reminded.data.due_at) == (late, REMINDER)
    assert (passed.at, passed.data.deadline) == (late, DEADLINE)
    assert passed.data.alarm().due_at == DEADLINE
    assert (passed.clock, passed.actor.role) == ("service", "system")


def test_what_is_due_comes_earliest_first() -> None:
    tasks = [obligation("unit-a", deadline=by("2026-11-25")), obligation("unit-b", item="2", deadline=by("2026-11-20"))]
    desk = Desk(directive(*tasks, policy=ONE_RUNG))
    desk.do(delivered("unit-b"))
    told = [(event.data.type, getattr(event.data, "assignment", "-")) for event in desk.wait_until(DEADLINE)]
    assert told == [
        ("AcknowledgementDeadlinePassed", "-"),
        ("RungReached", "2.1"),
        ("RungReached", "1.1"),
        ("DeadlinePassed", "2.1"),
        ("DeadlinePassed", "1.1"),
    ]


def test_previewing_changes_nothing_and_agrees_with_what_then_fires() -> None:
    desk = owing()
    preview = due(desk.state, DEADLINE)
    assert due(desk.state, DEADLINE) == preview
    assert [event.data for event in desk.wait_until(DEADLINE)] == preview


def test_a_report_at_the_issuer_rings_neither_reminder_nor_deadline() -> None:
    desk = owing()
    desk.do(acknowledge(), report(by=head_of("unit-a")))
    assert next_alarm(desk.state) is None
    assert next_deadline(desk.state) is None
    assert desk.wait_until(DEADLINE + MOMENT) == []
    desk.do(accept())
    assert desk.wait_until(DEADLINE + timedelta(days=1)) == []


def test_a_report_that_waits_for_the_head_has_not_left_the_unit_and_the_deadline_passes() -> None:
    desk = owing()
    desk.do(acknowledge(), report())
    assert types(desk.wait_until(DEADLINE)) == ["RungReached", "DeadlinePassed"]
    desk.do(send_back())
    assert desk.wait_until(DEADLINE + timedelta(days=1)) == []


def test_a_report_returned_after_the_deadline_lets_it_pass_at_once() -> None:
    desk = owing()
    desk.wait_until(REMINDER)
    desk.do(acknowledge(), report(by=head_of("unit-a")))
    assert desk.wait_until(DEADLINE + timedelta(days=3)) == []
    assert types(desk.do(return_report())) == ["ReportReturned", "DeadlinePassed"]
    assert next_alarm(desk.state) is None


def test_a_report_returned_before_the_deadline_leaves_the_reminder_and_the_deadline_to_come() -> None:
    desk = owing()
    desk.do(acknowledge(), report(), approve(), return_report())
    assert next_alarm(desk.state) == REMINDER
    assert types(desk.wait_until(DEADLINE)) == ["RungReached", "DeadlinePassed"]


def test_supporting_units_are_reminded_like_the_leading_one() -> None:
    desk = Desk(directive(obligation("unit-a", support=["unit-b"], deadline=by("2026-11-25")), policy=ONE_RUNG))
    assert [event.data.assignment for event in desk.wait_until(REMINDER)] == ["1.1", "1.2"]


@pytest.mark.parametrize("answer", [acknowledge, refuse])
def test_an_answer_of_either_kind_ends_the_acknowledgement_clock(answer: type) -> None:
    desk = held()
    desk.do(delivered("unit-a", "unit-b"))
    assert next_alarm(desk.state) == ACKNOWLEDGE_BY
    desk.do(answer())
    [passed] = desk.wait_until(ACKNOWLEDGE_BY)
    assert (passed.data.type, passed.data.unit) == ("AcknowledgementDeadlinePassed", "unit-b")
    assert next_alarm(desk.state) == REVIEW


def test_a_refusal_taken_back_starts_no_second_acknowledgement_clock() -> None:
    desk = Desk(directive(obligation("unit-a")))
    desk.do(delivered(), refuse(), acknowledge())
    assert desk.wait_until(local_time("2026-12-31 00:00")) == []


def test_a_directive_registered_after_its_deadline_is_overdue_from_its_first_moment_without_a_reminder() -> None:
    content = directive(obligation("unit-a", deadline=before("2026-11-05")), policy=ONE_RUNG)
    desk = Desk(content, at=local_time("2026-11-10 09:00"))
    assert types(desk.events) == ["DirectiveIssued", "DeadlineSet", "DeadlinePassed"]


def test_without_deadline_and_delivery_there_is_no_alarm_but_a_look_at_it_some_day() -> None:
    desk = held()
    assert next_alarm(desk.state) == REVIEW
    assert next_deadline(desk.state) is None


def test_the_next_deadline_is_the_nearest_of_those_whose_work_a_unit_holds() -> None:
    tasks = [obligation("unit-a", deadline=by("2026-11-25")), obligation("unit-b", item="2", deadline=by("2026-11-20"))]
    desk = Desk(directive(*tasks))
    assert next_deadline(desk.state) == local_time("2026-11-21 00:00")
    desk.do(acknowledge("unit-b"), report("unit-b", by=head_of("unit-b"), item="2"))
    assert next_deadline(desk.state) == DEADLINE


def test_no_command_can_take_the_event_id_of_an_alarm_before_it_rings() -> None:
    desk = owing()
    keys = [alarm.key.strip("#") for one in due(desk.state, DEADLINE) if (alarm := one.alarm())]
    assert len(keys) == 2
    desk.give(*(acknowledge(command_id=key) for key in keys))
    desk.wait_until(DEADLINE)
    assert len({event.event_id for event in desk.events}) == len(desk.events) == 6
