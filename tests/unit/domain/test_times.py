"""Which time an event bears: the command's own, but never before what it answers."""

from datetime import timedelta

import pytest

from domain.arrival import Parcel
from tests.support.builders import (
    ISSUED,
    accept,
    acknowledge,
    by,
    delivered,
    delivery,
    directive,
    head_of,
    local_time,
    obligation,
    progress,
    record_delivery,
    report,
    return_report,
)
from tests.support.desk import Desk, arrival
from tests.support.doors import message, parcels

MINUTE = timedelta(minutes=1)
NOON = local_time("2026-11-03 12:00")


def test_an_event_bears_the_time_of_its_command_and_keeps_what_the_sender_claimed() -> None:
    desk = Desk()
    [event] = desk.do(acknowledge(sent_at=NOON.isoformat()), at=NOON)
    assert (event.at, event.sent_at, event.clock) == (NOON, NOON, "sender")
    [event] = desk.do(acknowledge("unit-b"), at=NOON + MINUTE)
    assert (event.at, event.sent_at, event.clock) == (NOON + MINUTE, None, "service")


def test_no_command_comes_before_the_issue() -> None:
    desk = Desk()
    [event] = desk.run_at(ISSUED - MINUTE, acknowledge())
    assert event.at == ISSUED


def test_not_even_what_cannot_be_read() -> None:
    desk = Desk()
    [event] = desk.run(parcels([message(b"{", at=ISSUED - MINUTE)])).events
    assert (event.data.type, event.at) == ("CommandRejected", ISSUED)


def test_nothing_about_an_assignment_comes_before_the_last_thing_known_of_it() -> None:
    desk = Desk(directive(obligation("unit-a")))
    desk.do(acknowledge(), report(by=head_of("unit-a")), at=NOON)
    [event] = desk.run_at(NOON - 4 * MINUTE, accept())
    assert event.at == NOON


def test_no_work_is_reported_before_the_units_acknowledgement() -> None:
    desk = Desk()
    desk.do(acknowledge(), at=NOON)
    [event] = desk.run_at(NOON - MINUTE, progress())
    assert event.at == NOON


def test_what_other_units_did_meanwhile_moves_nobodys_time() -> None:
    desk = Desk()
    desk.do(acknowledge("unit-b"), at=NOON)
    [event] = desk.run_at(NOON - 4 * MINUTE, acknowledge("unit-a"))
    assert event.at == NOON - 4 * MINUTE


def test_an_answer_sent_before_we_heard_of_the_delivery_keeps_its_own_time() -> None:
    desk = Desk()
    desk.do(record_delivery(delivery(at=NOON - 10 * MINUTE)), at=NOON)
    [event] = desk.run_at(NOON - 3 * MINUTE, acknowledge())
    assert event.at == NOON - 3 * MINUTE


def test_an_answer_cannot_come_before_the_delivery_itself() -> None:
    desk = Desk()
    desk.do(delivered(at=NOON), at=NOON)
    [event] = desk.run_at(NOON - 3 * MINUTE, acknowledge())
    assert event.at == NOON


@pytest.mark.parametrize(("minutes", "rung"), [(-1, False), (0, True), (1, True)])
def test_all_that_was_due_at_a_commands_time_has_happened_before_it_is_decided(minutes: int, rung: bool) -> None:
    deadline = local_time("2026-11-26 00:00")
    desk = Desk(directive(obligation("unit-a", deadline=by("2026-11-25"))))
    desk.wait_until(deadline - timedelta(hours=1))
    desk.do(acknowledge())
    events = desk.run_at(deadline + minutes * MINUTE, report(by=head_of("unit-a")), now=deadline + 2 * MINUTE)
    assert [event.data.type for event in events] == [*(["DeadlinePassed"] if rung else []), "ReportSubmitted"]


def test_in_one_batch_what_a_command_sets_going_rings_before_a_later_one() -> None:
    desk = Desk(directive(document={"priority": 1}))
    early, late = arrival(delivered(), NOON), arrival(acknowledge("unit-b"), NOON + timedelta(hours=5))
    events = desk.run([Parcel(arrivals=[early, late])], NOON + timedelta(hours=5)).events
    assert [event.data.type for event in events] == [
        "ReceiptDelivered",
        "AcknowledgementDeadlinePassed",
        "Acknowledged",
    ]
    deadline = local_time("2026-11-26 00:00")
    desk = Desk(directive(obligation("unit-a", "unit-b", deadline=by("2026-11-25"))))
    desk.do(acknowledge(), acknowledge("unit-b"), report(by=head_of("unit-a")))
    desk.wait_until(deadline)
    back, next_ = (arrival(one, deadline + MINUTE) for one in (return_report(), progress("unit-b")))
    events = desk.run([Parcel(arrivals=[back, next_])], deadline + MINUTE).events
    assert [event.data.type for event in events] == ["ReportReturned", "DeadlinePassed", "ProgressReported"]


def test_a_report_sent_in_time_that_reached_us_after_the_alarm_still_bears_its_own_time() -> None:
    deadline = local_time("2026-11-26 00:00")
    desk = Desk(directive(obligation("unit-a", deadline=by("2026-11-25"))))
    desk.do(acknowledge())
    desk.wait_until(deadline)
    [event] = desk.run_at(deadline - MINUTE, report(by=head_of("unit-a")), now=deadline + MINUTE)
    assert event.at == deadline - MINUTE
    assert desk.state.assignments["1.1"].reports[0].left_unit_at == deadline - MINUTE


def test_versions_follow_the_order_of_deciding_whatever_the_times() -> None:
    desk = Desk()
    desk.do(acknowledge("unit-b"), at=NOON)
    desk.run_at(NOON - 4 * MINUTE, acknowledge("unit-a"))
    assert [event.version for event in desk.events] == [1, 2, 3]
    assert desk.state.touched_at == NOON
