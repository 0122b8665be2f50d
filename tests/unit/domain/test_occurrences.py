"""A recurring obligation: each occurrence is an assignment of its own, opened by time alone."""

from datetime import date
from typing import Any, Final

import pytest

from domain.actor import Role
from domain.alarms import next_alarm
from domain.command import Command
from domain.event import Event
from domain.figures import cell
from domain.timed.occurrence import OccurrenceOpened
from tests.support.builders import (
    LEADER,
    OPERATOR,
    Json,
    accept,
    acknowledge,
    by,
    close,
    command,
    directive,
    head_of,
    local_time,
    obligation,
    refuse,
    report,
    unit_json,
)
from tests.support.desk import Desk
from tests.support.figures import cells
from tests.support.steps import PAPER, suspended

MONTHLY: Final = {"kind": "recurring", "every": "month", "day": 25, "bound": "before"}
"""Before the 25th, each month: the issue is of the 2nd of November."""
DECEMBER: Final = local_time("2026-12-01 00:00")
JANUARY: Final = local_time("2027-01-01 00:00")
FEBRUARY: Final = local_time("2027-02-01 00:00")


def monthly(*units: str, **rule: Any) -> Desk:
    return Desk(directive(obligation(*(units or ("unit-a",)), deadline={**MONTHLY, **rule})))


def joined_by(unit: str, **change: Any) -> Command:
    """An amendment of the day after the first occurrence was owed."""
    paper = {"notation": "30/UBND-NC", "issued_date": "2026-11-26"}
    return command(
        "amend", LEADER, document=paper, change=[{"item": "1", "add_lead": [unit], **change}], units=[unit_json(unit)]
    )


def opened(events: list[Event]) -> list[OccurrenceOpened]:
    return [event.data for event in events if isinstance(event.data, OccurrenceOpened)]


def owing(desk: Desk) -> list[str]:
    return [one.id for one in desk.state.assignments.values() if one.owed]


def test_the_next_occurrence_opens_on_the_first_day_of_its_month_and_has_a_deadline_of_its_own() -> None:
    desk = monthly("unit-a", "unit-b")
    events = desk.live_until(DECEMBER)
    assert [event.data.type for event in events if event.at == DECEMBER] == [
        "OccurrenceOpened", "DeadlineSet", "DeadlineSet",
    ]  # fmt: skip
    [one] = opened(events)
    assert (one.item, one.occurrence, one.named, one.opens_on) == ("1", 2, date(2026, 12, 25), date(2026, 12, 1))
    assert [(held.id, held.unit, held.role) for held in one.assignments] == [
        ("1.3", "unit-a", "lead"), ("1.4", "unit-b", "lead"),
    ]  # fmt: skip
    third = desk.state.assignments["1.3"]
    assert (third.occurrence, third.assigned_on, third.status) == (2, date(2026, 12, 1), "open")
    assert third.deadline == local_time("2026-12-25 00:00")
    assert [(one.kind, one.unit, one.assignments) for one in desk.notices()] == [
        ("occurrence_opened", "unit-a", ["1.3"]), ("occurrence_opened", "unit-b", ["1.4"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "opens", "owed_at"),
    [
        ({"day": 25, "bound": "by"}, "2026-12-01", "2026-12-26 00:00"),
        # Before the 1st ends with the month before, in which it opens: today's is December's.
        ({"day": 1}, "2026-12-01", "2027-01-01 00:00"),
        ({"day": 31, "bound": "by"}, "2026-12-01", "2027-01-01 00:00"),
        ({"every": "quarter", "day": 15}, "2027-01-01", "2027-03-16 00:00"),
        ({"every": "half_year", "day": 15}, "2027-01-01", "2027-06-15 00:00"),
        ({"every": "year", "day": 15}, "2027-01-01", "2027-12-15 00:00"),
    ],
)
def test_an_occurrence_opens_with_its_period(rule: Json, opens: str, owed_at: str) -> None:
    desk = monthly(**rule)
    at = local_time(f"{opens} 00:00")
    [one] = opened(desk.live_until(at))
    assert one.opens_on.isoformat() == opens
    second = desk.state.assignments["1.2"]
    assert (second.assigned_on.isoformat(), second.deadline) == (opens, local_time(owed_at))


def test_what_was_missed_stays_owed_and_is_counted() -> None:
    desk = monthly()
    desk.live_until(local_time("2027-01-28 09:00"))
    assert owing(desk) == ["1.1", "1.2", "1.3"]
    desk.do(acknowledge())
    desk.do(report(by=head_of("unit-a"), assignment="1.2"), accept(assignment="1.2"))
    assert cells(desk.events, desk.now) == {"1.1": "open_overdue", "1.2": "done_late", "1.3": "open_overdue"}
    assert {key: cell(one, desk.now) for key, one in desk.state.assignments.items()} == cells(desk.events, desk.now)


def test_of_several_occurrences_a_command_names_one() -> None:
    desk = monthly()
    desk.live_until(DECEMBER)
    desk.do(acknowledge())
    assert desk.one(report(by=head_of("unit-a"))).code == "ambiguous_assignment"
    desk.do(report(by=head_of("unit-a"), assignment="1.1"))


def test_it_opens_though_nothing_is_owed_of_the_one_before() -> None:
    desk = monthly()
    desk.do(acknowledge(), report(by=head_of("unit-a")), accept())
    assert len(opened(desk.live_until(DECEMBER))) == 1
    assert owing(desk) == ["1.2"]


def test_it_ends_with_the_last_day_that_may_be_named() -> None:
    desk = monthly(until="2026-12-25")
    events = desk.live_until(local_time("2028-01-01 00:00"))
    assert [one.named.isoformat() for one in opened(events)] == ["2026-12-25"]
    assert next_alarm(desk.state) is None


def test_it_ends_when_the_directive_is_closed() -> None:
    desk = monthly()
    desk.do(acknowledge(), report(by=head_of("unit-a")), accept(), close())
    assert desk.wait_until(local_time("2028-01-01 00:00")) == []


def test_it_ends_when_the_obligation_is_amended_away() -> None:
    desk = Desk(directive(obligation("unit-a", deadline=MONTHLY), obligation("unit-a", item="2")))
    desk.do(command("amend", LEADER, document=PAPER, drop=["1"]))
    assert opened(desk.live_until(local_time("2027-06-01 00:00"))) == []


def waived(assignment: str) -> Any:
    return command("waive", LEADER, assignment=assignment, authority=PAPER, reason="đã có số liệu")


def test_a_waiver_is_of_one_occurrence() -> None:
    desk = monthly()
    desk.do(waived("1.1"))
    desk.live_until(DECEMBER)
    assert owing(desk) == ["1.2"]


def test_who_was_let_off_is_not_asked_again() -> None:
    desk = monthly("unit-a", "unit-b")
    desk.do(refuse("unit-b"), command("agree_refusal", LEADER, unit="unit-b"))
    [second] = opened(desk.live_until(DECEMBER))
    assert [held.unit for held in second.assignments] == ["unit-a"]


def test_where_nobody_is_left_none_opens() -> None:
    desk = Desk(directive(obligation("unit-a", deadline=MONTHLY), obligation("unit-b", item="2")))
    desk.do(refuse(), command("agree_refusal", LEADER, unit="unit-a"))
    assert opened(desk.live_until(local_time("2027-06-01 00:00"))) == []


def test_who_took_it_over_holds_the_next_one() -> None:
    desk = monthly("unit-a", "unit-b")
    moves = [{"unit": "unit-b", "to": "unit-z"}]
    paper = {"document": PAPER, "effective": "2026-11-02", "kind": "merge"}
    desk.do(command("reorganise", OPERATOR, moves=moves, units=[unit_json("unit-z")], **paper))
    [second] = opened(desk.live_until(DECEMBER))
    assert [held.unit for held in second.assignments] == ["unit-a", "unit-z"]


def test_a_suspended_occurrence_holds_up_no_other() -> None:
    desk = monthly()
    desk.do(suspended())
    desk.live_until(DECEMBER)
    assert [one.suspended_at is None for one in desk.state.assignments.values()] == [False, True]


def test_a_joint_obligation_recurs_for_lead_and_support() -> None:
    desk = Desk(directive(obligation("unit-a", support=["unit-b"], deadline=MONTHLY)))
    [second] = opened(desk.live_until(DECEMBER))
    assert [(held.unit, held.role) for held in second.assignments] == [("unit-a", "lead"), ("unit-b", "support")]


def test_a_worker_away_over_two_openings_opens_both_with_their_own_days() -> None:
    desk = monthly()
    events = desk.wait_until(local_time("2027-01-28 09:00"))
    assert [(one.occurrence, one.opens_on) for one in opened(events)] == [
        (2, date(2026, 12, 1)), (3, date(2027, 1, 1)),
    ]  # fmt: skip
    deadlines = [(one.assigned_on.isoformat(), one.deadline) for one in desk.state.assignments.values()]
    assert deadlines == [
        ("2026-11-02", local_time("2026-11-25 00:00")),
        ("2026-12-01", local_time("2026-12-25 00:00")),
        ("2027-01-01", local_time("2027-01-26 00:00")),
    ]
    assert all(one.has_passed for one in desk.state.assignments.values())
    assert next_alarm(desk.state) == FEBRUARY
    assert {event.at for event in events} == {local_time("2027-01-28 09:00")}


def test_an_obligation_brought_by_an_amendment_recurs_from_its_own_document_on() -> None:
    desk = Desk(directive(obligation("unit-a", deadline=by("2027-06-01"))))
    desk.live_until(local_time("2026-12-10 09:00"))
    paper = {"notation": "30/UBND-NC", "issued_date": "2026-12-10"}
    task = obligation("unit-b", item="2", deadline=MONTHLY)
    desk.do(command("amend", LEADER, document=paper, add=[task], units=[unit_json("unit-b")]))
    assert desk.state.assignments["2.1"].deadline == local_time("2026-12-25 00:00")
    [second] = opened(desk.live_until(JANUARY))
    assert (second.item, second.occurrence, second.opens_on) == ("2", 2, date(2027, 1, 1))


def test_who_joins_when_the_day_is_over_is_asked_for_the_next_one_once() -> None:
    desk = monthly("unit-a")
    desk.live_until(local_time("2026-11-26 09:00"))
    desk.do(joined_by("unit-b"))
    desk.live_until(JANUARY)
    assert [(one.id, one.unit, one.occurrence) for one in desk.state.assignments.values()] == [
        ("1.1", "unit-a", 1), ("1.2", "unit-b", 2), ("1.3", "unit-a", 2), ("1.4", "unit-b", 3), ("1.5", "unit-a", 3),
    ]  # fmt: skip
    assert desk.state.assignments["1.2"].deadline == desk.state.assignments["1.3"].deadline


def test_who_joins_alone_when_the_day_is_over_is_asked_for_all_that_follow() -> None:
    desk = monthly("unit-a")
    desk.live_until(local_time("2026-11-26 09:00"))
    desk.do(joined_by("unit-b", drop_lead=["unit-a"]))
    desk.live_until(JANUARY)
    own = [one for one in desk.state.assignments.values() if one.unit == "unit-b"]
    assert [(one.occurrence, one.deadline) for one in own] == [
        (2, local_time("2026-12-25 00:00")), (3, local_time("2027-01-26 00:00")),
    ]  # fmt: skip


def test_nothing_recurs_beyond_the_last_day_that_may_be_named() -> None:
    desk = Desk(directive(obligation(deadline=MONTHLY), document={"issued_date": "2199-12-10"}))
    assert opened(desk.live_until(local_time("2200-03-01 00:00"))) == []


def test_an_occurrence_keeps_within_the_deadline_of_the_assignment_above() -> None:
    above = Desk(directive(obligation("unit-a", deadline=by("2026-12-15"))))
    below = directive(
        obligation("unit-b", deadline=MONTHLY),
        document={"issuer": "unit-a", "code_number": "5"},
        informed=["unit-a"],
        under={"stream": above.stream, "assignment": "1.1"},
    )
    desk = Desk(below, above=above.state)
    desk.live_until(DECEMBER)
    assert desk.state.assignments["1.2"].deadline == local_time("2026-12-16 00:00")


def test_the_system_alone_opens_an_occurrence() -> None:
    desk = monthly()
    [event] = [one for one in desk.live_until(DECEMBER) if isinstance(one.data, OccurrenceOpened)]
    assert (event.actor.role, event.command_id) == (Role.SYSTEM, None)
    alarm = event.data.alarm()
    assert alarm is not None
    assert (alarm.key, alarm.due_at) == ("#occurrence/1/2", DECEMBER)


def test_a_unit_that_has_come_to_hold_two_by_a_transfer_is_asked_once_the_next_time() -> None:
    desk = monthly("unit-a", "unit-b")
    desk.do(acknowledge(by=head_of("unit-a")), acknowledge(by=head_of("unit-b")))
    desk.do(
        command("propose_transfer", head_of("unit-a"), item="1", to="unit-b", reason="cùng lĩnh vực"),
        command("agree_transfer", LEADER, assignment="1.1"),
    )
    [event] = [one for one in desk.live_until(DECEMBER) if isinstance(one.data, OccurrenceOpened)]
    assert [(one.id, one.unit) for one in event.data.assignments] == [("1.3", "unit-b")]
