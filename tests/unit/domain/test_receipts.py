"""Acknowledge, refuse, and what the dispatcher tells of deliveries."""

import pytest

from domain.refusal import Code
from tests.support.builders import (
    ISSUED,
    accept,
    acknowledge,
    close,
    delivered,
    delivery,
    directive,
    head_of,
    local_time,
    obligation,
    record_delivery,
    refuse,
    report,
)
from tests.support.desk import Desk

LATER = local_time("2026-11-03 10:00")


def test_an_acknowledgement_is_kept_with_its_time() -> None:
    desk = Desk()
    [event] = desk.do(acknowledge(), at=LATER)
    assert event.data.type == "Acknowledged"
    assert desk.state.receipts["unit-a"].acknowledged_at == LATER
    assert desk.state.receipts["unit-b"].acknowledged_at is None


def test_an_informed_unit_may_acknowledge_too() -> None:
    desk = Desk(directive(obligation("unit-a"), informed=["unit-c"]))
    desk.do(acknowledge("unit-c"))
    assert desk.state.receipts["unit-c"].acknowledged_at == ISSUED


@pytest.mark.parametrize("again", [acknowledge, refuse])
def test_what_is_acknowledged_can_be_neither_acknowledged_again_nor_refused(again: type) -> None:
    desk = Desk()
    desk.do(acknowledge())
    outcome = desk.one(again())
    assert outcome.code is Code.ALREADY_ACKNOWLEDGED
    assert outcome.details == {"unit": "unit-a"}


@pytest.mark.parametrize("cause", ["wrong_addressee", "invalid", "duplicate"])
def test_a_refusal_is_kept_with_cause_and_reason_and_leaves_the_assignments_in_force(cause: str) -> None:
    desk = Desk()
    [event] = desk.do(refuse(cause=cause, reason="không thuộc chức năng"), at=LATER)
    assert (event.data.cause, event.data.reason) == (cause, "không thuộc chức năng")
    assert desk.state.receipts["unit-a"].refused_at == LATER
    assert desk.state.assignments["1.1"].owed


def test_a_unit_refuses_once() -> None:
    desk = Desk()
    desk.do(refuse())
    outcome = desk.one(refuse())
    assert outcome.code is Code.ALREADY_REFUSED
    assert outcome.details == {"unit": "unit-a"}


def test_a_unit_that_refused_may_still_acknowledge_and_thereby_takes_its_refusal_back() -> None:
    desk = Desk()
    desk.do(refuse(), acknowledge())
    receipt = desk.state.receipts["unit-a"]
    assert (receipt.refused_at, receipt.acknowledged_at) == (None, ISSUED)


def test_a_unit_that_refused_may_not_work_before_it_has_acknowledged() -> None:
    desk = Desk()
    desk.do(refuse())
    assert desk.one(report(by=head_of("unit-a"))).code is Code.NOT_ACKNOWLEDGED


def test_the_first_delivery_to_a_unit_counts_and_later_ones_change_nothing() -> None:
    desk = Desk()
    first = desk.do(record_delivery(delivery(at=ISSUED), delivery(at=LATER)), at=LATER)
    again = desk.do(record_delivery(delivery(at=LATER)), at=LATER)
    assert [event.data.type for event in (*first, *again)] == ["ReceiptDelivered"]
    assert desk.state.receipts["unit-a"].delivered_at == ISSUED


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("2026-11-02 08:00", "2026-11-02 09:00"),
        ("2026-11-02 11:00", "2026-11-02 11:00"),
        ("2026-11-04 10:00", "2026-11-03 10:00"),
    ],
)
def test_a_delivery_lies_between_the_issue_and_the_moment_when_it_is_told(told: str, kept: str) -> None:
    desk = Desk()
    desk.do(record_delivery(delivery(at=local_time(told))), at=LATER)
    assert desk.state.receipts["unit-a"].delivered_at == local_time(kept)


def test_a_notice_given_up_is_remembered_until_a_later_one_arrives() -> None:
    desk = Desk()
    [event] = desk.do(record_delivery(delivery(problem="550 no such user")), at=LATER)
    assert (event.data.type, event.data.problem) == ("NoticeGivenUp", "550 no such user")
    assert desk.state.receipts["unit-a"].gave_up_at == LATER
    desk.do(delivered())
    assert desk.state.receipts["unit-a"].gave_up_at is None


def test_a_delivery_to_a_unit_that_is_not_addressed_is_refused_with_all_that_came_with_it() -> None:
    desk = Desk()
    outcome = desk.one(record_delivery(delivery("unit-a"), delivery("unit-z")))
    assert outcome.code is Code.UNKNOWN_UNIT
    assert desk.state.receipts["unit-a"].delivered_at is None


def test_a_delivery_is_a_fact_even_after_closing() -> None:
    desk = Desk(directive(obligation("unit-a")))
    desk.do(acknowledge(), report(by=head_of("unit-a")), accept(), close(), delivered())
    assert desk.state.receipts["unit-a"].delivered_at == ISSUED
