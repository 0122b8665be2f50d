"""While urging is paused nobody is told anything by time; deadlines run on; afterwards everybody is told once."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from domain.alarms import next_alarm
from domain.event import Event
from domain.timed.deadline import RungReached
from tests.support.builders import (
    LEADER,
    STANDARD,
    acknowledge,
    by,
    command,
    delivered,
    directive,
    head_of,
    local_time,
    obligation,
    report,
)
from tests.support.desk import Desk
from tests.support.steps import paused, recall

UNITS: Final = tuple(f"unit-{letter}" for letter in "abcdefgh")
OVER: Final = local_time("2026-12-07 08:00")
UNTIL: Final = OVER.isoformat()


def urged(**changes: Any) -> Desk:
    """Eight units by 25 November under the rules that are assumed; nobody has answered."""
    task = obligation(*UNITS, deadline=by("2026-11-25"))
    desk = Desk(directive(task, obligation("unit-a", item="2"), policy=STANDARD, **changes))
    desk.do(delivered(*UNITS))
    return desk


def types(events: list[Event]) -> set[str]:
    return {event.data.type for event in events}


def test_while_it_lasts_what_happens_is_recorded_and_nobody_is_urged() -> None:
    desk = urged()
    desk.do(paused(UNTIL))
    told = []
    while (at := next_alarm(desk.state)) is not None and at < OVER:
        assert types(desk.wait_until(at)) <= {"DeadlinePassed"}
        told += desk.notices()
    assert told == []
    assert desk.state.assignments["1.1"].has_passed, "deadlines run on"


def test_afterwards_every_assignment_is_told_once_how_it_stands_now() -> None:
    desk = urged()
    desk.do(paused(UNTIL))
    desk.live_until(OVER - timedelta(seconds=1))
    assert next_alarm(desk.state) == OVER
    events = desk.wait_until(OVER)
    rungs = [event.data for event in events if isinstance(event.data, RungReached)]
    assert [(one.assignment, one.rung, one.skipped) for one in rungs] == [
        (f"1.{number}", 8, [-7, -3, -1, 0, 1, 3]) for number in range(1, 9)
    ]
    assert types(events) == {
        "RungReached", "AcknowledgementDeadlinePassed", "AcknowledgementRungReached", "ExplanationDemanded",
        "ReviewReached",
    }  # fmt: skip
    assert desk.wait_until(OVER) == []


def test_what_all_of_them_are_told_is_one_digest() -> None:
    desk = urged()
    desk.do(paused(UNTIL))
    desk.live_until(OVER - timedelta(seconds=1))
    desk.wait_until(OVER)
    kinds = [(one.kind, one.unit, one.about) for one in desk.notices()]
    assert len(set(kinds)) == len(kinds)
    [digest] = [one for one in desk.notices() if one.kind == "overdue_head_of_office"]
    assert digest.assignments == [f"1.{number}" for number in range(1, 9)]


def test_after_it_the_ladder_goes_on_as_if_it_had_not_been() -> None:
    one, other = urged(), urged()
    one.do(paused(UNTIL))
    end = local_time("2027-02-01 00:00")

    def rungs(desk: Desk) -> list[tuple[Any, ...]]:
        events = [event for event in desk.live_until(end) if event.at > OVER]
        return [(event.at, event.data) for event in events if isinstance(event.data, RungReached)]

    assert rungs(one) == rungs(other)


def test_what_was_settled_meanwhile_is_not_told_of() -> None:
    desk = urged()
    desk.do(paused(UNTIL))
    desk.do(acknowledge(), report(by=head_of("unit-a"), assignment="1.1"), at=local_time("2026-11-20 09:00"))
    events = desk.live_until(OVER)
    rungs = [event.data.assignment for event in events if isinstance(event.data, RungReached)]
    assert rungs == [f"1.{number}" for number in range(2, 9)]
    assert not [one for one in events if one.data.type.startswith("Acknow") and one.data.unit == "unit-a"]


def test_it_may_be_made_longer_and_then_counts_as_one() -> None:
    desk = urged()
    desk.do(paused("2026-11-16T08:00:00+07:00"))
    desk.do(paused(UNTIL), at=local_time("2026-11-10 09:00"))
    assert types(desk.live_until(OVER - timedelta(seconds=1))) == {"DeadlinePassed"}


def test_a_clock_starts_and_an_occurrence_opens_while_it_lasts() -> None:
    monthly = {"kind": "recurring", "every": "month", "day": 25}
    received = {"kind": "after", "count": 3, "start": "receipt"}
    desk = Desk(directive(obligation("unit-a", deadline=monthly), obligation("unit-b", item="2", deadline=received)))
    desk.do(paused("2027-01-15T08:00:00+07:00"))
    desk.do(delivered("unit-b"))
    assert desk.state.assignments["2.1"].deadline is not None
    assert "OccurrenceOpened" in types(desk.live_until(local_time("2026-12-01 00:00")))


def test_a_recall_that_nobody_answers_ends_in_its_time_all_the_same() -> None:
    desk = urged()
    desk.do(recall())
    limit = desk.state.recall_answer_by
    assert limit is not None
    desk.do(paused(UNTIL))
    assert next_alarm(desk.state) == limit
    assert types(desk.wait_until(limit)) == {"RecallUnanswered"}


@pytest.mark.parametrize("over", ["2026-12-04 22:30", "2026-12-05 09:00", "2026-12-07 06:00"])
def test_a_pause_that_ends_when_nobody_works_wakes_nobody(over: str) -> None:
    desk = urged()
    desk.do(paused(local_time(over).isoformat()))
    opens = local_time("2026-12-07 07:30")
    assert types(desk.live_until(opens - timedelta(seconds=1))) == {"DeadlinePassed"}
    desk.wait_until(opens)
    assert {one.not_before for one in desk.notices()} == {None}


@pytest.mark.parametrize(("priority", "opens"), [(0, local_time("2026-12-07 07:30")), (1, None)])
def test_what_a_worker_finds_by_night_is_told_when_work_begins_unless_it_is_urgent(
    priority: int, opens: datetime | None
) -> None:
    desk = urged(document={"priority": priority})
    desk.wait_until(local_time("2026-12-04 22:30"))
    assert {one.not_before for one in desk.notices()} == {opens}


def test_an_explanation_that_a_leader_demands_is_told_of_and_rings_after_the_pause() -> None:
    desk = urged()
    desk.do(paused(UNTIL))
    why = command("demand_explanation", LEADER, assignment="1.1", question="vì sao?")
    desk.do(why, at=local_time("2026-11-26 09:00"))
    assert "ExplanationDeadlinePassed" not in types(desk.live_until(OVER - timedelta(seconds=1)))
    assert "ExplanationDeadlinePassed" in types(desk.wait_until(OVER))
