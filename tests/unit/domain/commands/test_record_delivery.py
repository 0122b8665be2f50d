"""record_delivery: what the dispatcher tells of deliveries."""

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
    report,
)
from tests.support.desk import Desk

LATER = local_time("2026-11-03 10:00")


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
