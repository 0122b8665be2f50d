"""A preview says what will fire and when, if nobody does anything; and leaves the directive as it is."""

from datetime import timedelta
from typing import Any

import pytest

from domain.figures import cell
from domain.preview import preview
from tests.support.builders import (
    STANDARD,
    accept,
    acknowledge,
    by,
    close,
    delivered,
    directive,
    head_of,
    local_time,
    obligation,
    report,
)
from tests.support.desk import Desk
from tests.support.steps import paused, recall, window_moved

MONTHLY = {"kind": "recurring", "every": "month", "day": 25}
UNTIL = local_time("2027-01-31 00:00")


def standard() -> Desk:
    """Under the rules that are assumed: a day named, a recurring one, one that starts with a receipt, one of no day."""
    received = {"kind": "after", "count": 5, "start": "acknowledgement"}
    desk = Desk(
        directive(
            obligation("unit-a", "unit-b", deadline=by("2026-11-25")),
            obligation("unit-a", item="2", deadline=MONTHLY),
            obligation("unit-c", item="3", deadline=received),
            obligation("unit-c", item="4"),
            policy=STANDARD,
        )
    )
    desk.do(delivered("unit-a", "unit-c"))
    return desk


def nothing(_: Desk) -> None:
    """The directive as it was issued."""


def at_work(desk: Desk) -> None:
    desk.do(acknowledge(), report(by=head_of("unit-a")))


def paused_for_a_month(desk: Desk) -> None:
    desk.do(paused("2026-12-02T08:00:00+07:00"))


def recalled(desk: Desk) -> None:
    desk.do(recall())


def away(desk: Desk) -> None:
    desk.now = local_time("2026-12-10 10:00")


@pytest.mark.parametrize("happens", [nothing, at_work, paused_for_a_month, recalled, away])
def test_what_it_says_is_what_fires_at_the_same_instants(happens: Any) -> None:
    desk = standard()
    happens(desk)
    before = desk.state.model_dump_json()
    coming = [(one.at, one.event) for one in preview(desk.state, desk.now, UNTIL)]
    assert desk.state.model_dump_json() == before
    desk.wait_until(desk.now)
    start = len(desk.events) - len(desk.last.events)
    desk.live_until(UNTIL)
    assert [(event.at, event.data) for event in desk.events[start:]] == coming
    assert coming


def test_what_is_overdue_already_comes_now_and_never_before() -> None:
    desk = standard()
    now = local_time("2026-12-10 10:00")
    instants = [one.at for one in preview(desk.state, now, UNTIL)]
    assert instants[0] == now
    assert instants == sorted(instants)


def test_what_one_alarm_sets_going_comes_with_it_though_it_was_due_before() -> None:
    above = Desk(directive(obligation("unit-a", deadline=by("2026-12-31"))))
    below = directive(
        obligation("unit-b", deadline={"kind": "after", "count": 9, "start": "receipt"}),
        document={"issuer": "unit-a", "code_number": "5"},
        informed=["unit-a"],
        under={"stream": above.stream, "assignment": "1.1"},
    )
    desk = Desk(below, above=above.state)
    desk.do(window_moved("2026-11-10"))
    received = local_time("2026-11-13 09:00")
    desk.do(delivered("unit-b", at=received), at=received)
    assert [event.data.type for event in desk.last.events] == ["ReceiptDelivered", "DeadlineSet", "DeadlinePassed"]
    instants = [one.at for one in preview(desk.state, desk.now, UNTIL)]
    assert all(at > received for at in instants)


def test_each_step_shows_how_the_directive_stands_then() -> None:
    desk = standard()
    passed = [one for one in preview(desk.state, desk.now, UNTIL) if one.event.type == "DeadlinePassed"]
    first = passed[0]
    assert cell(first.state.assignments[first.event.assignment], first.at + timedelta(seconds=1)) == "open_overdue"
    assert first.state.version > desk.state.version


def test_it_ends_with_its_last_instant() -> None:
    desk = standard()
    until = local_time("2026-11-26 00:00")
    assert max(one.at for one in preview(desk.state, desk.now, until)) == until


def test_of_what_is_closed_nothing_comes() -> None:
    desk = Desk(directive(obligation("unit-a", deadline=by("2026-11-25")), policy=STANDARD))
    desk.do(acknowledge(), report(by=head_of("unit-a")), accept(), close())
    assert list(preview(desk.state, desk.now, UNTIL)) == []
