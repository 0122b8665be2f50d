"""Acknowledge and refuse: what a unit answers."""

import pytest

from domain.refusal import Code
from tests.support.builders import (
    ISSUED,
    acknowledge,
    directive,
    head_of,
    local_time,
    obligation,
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
