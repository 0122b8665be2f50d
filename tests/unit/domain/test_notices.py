"""Who is told what."""

import pytest

from domain.notices import Notice
from tests.support.builders import (
    Json,
    accept,
    acknowledge,
    approve,
    by,
    close,
    delivered,
    directive,
    head_of,
    ladder,
    local_time,
    obligation,
    progress,
    refuse,
    report,
    return_report,
    send_back,
)
from tests.support.desk import Desk

TWO_ITEMS = (obligation("unit-a", "unit-b"), obligation("unit-a", item="2"))


def told(desk: Desk) -> list[tuple[str, str, str | None, list[str], str | None]]:
    return [(one.kind, one.unit, one.about, one.assignments, one.detail) for one in desk.notices()]


def in_work(*units: str, **changes: Json) -> Desk:
    desk = Desk(directive(*TWO_ITEMS, **changes))
    desk.do(*(acknowledge(unit) for unit in units))
    return desk


def test_at_issue_every_unit_is_told_once_with_all_that_it_holds_and_informed_ones_without() -> None:
    desk = Desk(directive(*TWO_ITEMS, informed=["unit-c"]))
    assert told(desk) == [
        ("issued", "unit-a", None, ["1.1", "2.1"], None),
        ("issued", "unit-b", None, ["1.2"], None),
        ("issued", "unit-c", None, [], None),
    ]


def test_the_issuer_is_told_of_a_refusal_with_its_reason() -> None:
    desk = in_work()
    desk.do(refuse("unit-b", reason="không thuộc chức năng"))
    assert told(desk) == [("refused", "office", "unit-b", [], "không thuộc chức năng")]


def test_the_issuer_is_told_of_a_report_when_it_has_left_the_unit_not_before() -> None:
    desk = in_work("unit-a")
    desk.do(report())
    assert told(desk) == []
    desk.do(approve())
    assert told(desk) == [("report_waiting", "office", "unit-a", ["1.1"], None)]
    desk.do(report(item="2", by=head_of("unit-a")))
    assert told(desk) == [("report_waiting", "office", "unit-a", ["2.1"], None)]


def test_the_unit_is_told_of_a_return_with_its_reason_and_of_an_acceptance() -> None:
    desk = in_work("unit-a")
    desk.do(report(by=head_of("unit-a")), return_report(reason="chưa đủ căn cứ"))
    assert told(desk) == [("returned", "unit-a", None, ["1.1"], "chưa đủ căn cứ")]
    desk.do(report(by=head_of("unit-a")), accept())
    assert told(desk) == [("accepted", "unit-a", None, ["1.1"], None)]


def test_the_unit_is_told_before_and_after_its_deadline_and_both_sides_of_a_missing_acknowledgement() -> None:
    content = directive(obligation("unit-a", "unit-b", deadline=by("2026-11-25")), policy={"ladder": ladder(-3, 1)})
    desk = Desk(content)
    desk.do(delivered("unit-a"))
    desk.wait_until(local_time("2026-11-04 00:00"))
    assert told(desk) == [
        ("acknowledgement_passed", "unit-a", None, [], None),
        ("unacknowledged", "office", "unit-a", [], None),
    ]
    desk.wait_until(local_time("2026-11-20 08:00"))
    assert told(desk) == [("reminder", "unit-a", None, ["1.1"], None), ("reminder", "unit-b", None, ["1.2"], None)]
    desk.wait_until(local_time("2026-11-26 00:00"))
    assert told(desk) == [], "nobody is told at midnight"
    desk.wait_until(local_time("2026-11-26 08:00"))
    assert told(desk) == [
        ("deadline_passed", "unit-a", None, ["1.1"], None),
        ("overdue_tracker", "office", None, ["1.1", "1.2"], None),
        ("deadline_passed", "unit-b", None, ["1.2"], None),
    ]


def test_a_reminder_that_rings_only_when_the_deadline_has_passed_says_that_it_has() -> None:
    desk = Desk(directive(obligation("unit-a", deadline=by("2026-11-25")), policy={"ladder": ladder(-3)}))
    rung = desk.wait_until(local_time("2026-11-26 00:00"))
    assert [event.data.type for event in rung] == ["RungReached", "DeadlinePassed"]
    assert told(desk) == [("deadline_passed", "unit-a", None, ["1.1"], None)]


def test_what_one_batch_has_to_tell_a_unit_in_the_same_words_is_one_notice() -> None:
    desk = in_work("unit-a")
    desk.do(report(by=head_of("unit-a")), report(item="2", by=head_of("unit-a")))
    desk.give(accept(), accept(item="2"))
    assert told(desk) == [("accepted", "unit-a", None, ["1.1", "2.1"], None)]


def test_two_returns_in_one_batch_for_two_reasons_are_two_notices_and_no_reason_is_lost() -> None:
    desk = in_work("unit-a")
    desk.do(report(by=head_of("unit-a")), report(item="2", by=head_of("unit-a")))
    desk.give(return_report(reason="thiếu số liệu"), return_report(item="2", reason="sai biểu mẫu"))
    assert told(desk) == [
        ("returned", "unit-a", None, ["1.1"], "thiếu số liệu"),
        ("returned", "unit-a", None, ["2.1"], "sai biểu mẫu"),
    ]


@pytest.mark.parametrize("make", [acknowledge, progress, report])
def test_what_is_no_news_to_anybody_else_tells_nobody(make: type) -> None:
    desk = in_work("unit-b")
    desk.do(make("unit-a") if make is acknowledge else make("unit-b"))
    assert told(desk) == []


def test_sending_back_closing_and_refused_commands_tell_nobody() -> None:
    desk = Desk(directive(obligation("unit-a")))
    desk.do(acknowledge(), report(), send_back())
    assert told(desk) == []
    desk.one(close())
    assert told(desk) == []
    desk.do(report(), approve(), accept(), close())
    assert told(desk) == []


def test_a_notices_id_is_the_same_however_often_the_batch_is_decided() -> None:
    def decided() -> list[Notice]:
        desk = Desk(directive(*TWO_ITEMS))
        desk.do(refuse(command_id="the-same"))
        return list(desk.notices())

    assert decided() == decided()
