"""apply_calendar: days announced later move open deadlines, and nothing that is done."""

from datetime import datetime

import pytest

from domain.actor import Actor, Role
from domain.calendar import Calendar
from domain.command import Command
from domain.commands.deadline_set import DeadlineSet
from domain.commands.deadlines_moved import AcknowledgementDeadlineSet
from domain.event import Event
from domain.figures import cell
from domain.refusal import Code
from tests.support.builders import (
    OPERATOR,
    accept,
    acknowledge,
    by,
    close,
    command,
    delivered,
    directive,
    local_time,
    obligation,
    refuse,
    special,
)
from tests.support.desk import Desk
from tests.support.steps import (
    PAPER,
    calendar_applied,
    content,
    open_end,
    recall,
    reported,
    suspended,
    two,
    waived,
)
from tests.support.table import Case, roles_that_may

DEADLINE = local_time("2026-11-26 00:00")
NEVER_MIND = ("CalendarApplied",)
MOVED = ("CalendarApplied", "DeadlineSet")


def given(actor: Actor = OPERATOR) -> Command:
    """The last day of the deadline is off."""
    return calendar_applied(actor, off=["2026-11-25"])


def next_day_off() -> Command:
    return calendar_applied(off=["2026-11-03"])


def same() -> Command:
    return command("apply_calendar", OPERATOR, calendar={}, document=PAPER)


CASES = [
    Case(name="the last day off", content=content, command=given, yields=MOVED, again=()),
    Case(name="of two units", content=two, command=given, yields=(*MOVED, "DeadlineSet"), again=()),
    Case(name="without a deadline", content=open_end, command=given, yields=NEVER_MIND, again=()),
    Case(name="the calendar that it has", content=content, command=same, again=()),
    Case(name="reported", content=content, given=[acknowledge, reported], command=given, yields=MOVED),
    Case(name="suspended", content=content, given=[suspended], command=given, yields=MOVED),
    Case(name="accepted", content=content, given=[acknowledge, reported, accept], command=given, yields=NEVER_MIND),
    Case(name="waived", content=content, given=[waived], command=given, yields=NEVER_MIND),
    Case(
        name="closed",
        content=content,
        given=[acknowledge, reported, accept, close],
        command=given,
        refused=Code.DIRECTIVE_CLOSED,
    ),
    Case(name="recalling", content=content, given=[recall], command=given, yields=MOVED),
    Case(
        name="time to acknowledge runs",
        content=open_end,
        given=[delivered],
        command=next_day_off,
        yields=("CalendarApplied", "AcknowledgementDeadlineSet"),
        again=(),
    ),
    Case(
        name="acknowledged",
        content=open_end,
        given=[delivered, acknowledge],
        command=next_day_off,
        yields=NEVER_MIND,
    ),
    Case(
        name="refused by the unit",
        content=open_end,
        given=[delivered, refuse],
        command=next_day_off,
        yields=NEVER_MIND,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_apply_calendar(case: Case) -> None:
    case.check()


def test_who_may_apply_calendar() -> None:
    assert roles_that_may(CASES[0], given) == {Role.OPERATOR}


def moves(events: list[Event]) -> list[tuple[str, datetime | None, datetime]]:
    """Of assignments: whose deadline moved, from where and to where."""
    moved = [event.data for event in events if isinstance(event.data, DeadlineSet)]
    return [(one.assignment, one.before, one.instant) for one in moved]


def test_what_moves_names_the_old_deadline_the_new_one_and_the_cause() -> None:
    desk = Desk(content())
    applied, moved = desk.do(given())
    after = Calendar.model_validate({"id": "test", "version": "1", "off": ["2026-11-25"]}, strict=False)
    assert (applied.data.sha256, applied.data.before_sha256) == (after.sha256(), Calendar().sha256())
    assert applied.data.document.notation == PAPER["notation"]
    assert isinstance(moved.data, DeadlineSet)
    assert (moved.data.before, moved.data.instant) == (DEADLINE, local_time("2026-11-27 00:00"))
    assert (moved.data.cause, moved.data.calendar) == ("calendar", after.sha256())
    assert moved.data.rule == desk.state.obligations["1"].deadline
    assert [one.instant for one in desk.state.assignments["1.1"].settings] == [moved.data.before, moved.data.instant]


def test_what_is_done_is_judged_by_the_calendar_of_its_time() -> None:
    desk = Desk(two())
    desk.do(acknowledge(), acknowledge("unit-b"))
    desk.do(reported(), accept(), at=local_time("2026-11-26 09:00"))
    desk.do(given())
    late, open_ = desk.state.assignments.values()
    assert (late.deadline, cell(late, desk.now)) == (DEADLINE, "done_late")
    assert (open_.deadline, cell(open_, desk.now)) == (local_time("2026-11-27 00:00"), "open_in_time")


def test_a_weekend_made_up_for_moves_a_deadline_earlier_but_nobody_into_the_past() -> None:
    sunday = directive(obligation("unit-a", deadline=by("2026-11-22")))
    worked = calendar_applied(worked=["2026-11-22"])
    early, late = Desk(sunday), Desk(sunday)
    before, after = local_time("2026-11-24 00:00"), local_time("2026-11-23 00:00")
    assert moves(early.do(worked, at=local_time("2026-11-20 09:00"))) == [("1.1", before, after)]
    assert moves(late.do(worked, at=local_time("2026-11-23 09:00"))) == []
    assert late.state.assignments["1.1"].deadline == before


def test_a_day_off_that_was_late_to_be_announced_moves_a_deadline_that_is_over() -> None:
    desk = Desk(content())
    desk.wait_until(local_time("2026-11-26 09:00"))
    assert desk.state.assignments["1.1"].has_passed
    assert moves(desk.do(given())) == [("1.1", DEADLINE, local_time("2026-11-27 00:00"))]
    assert not desk.state.assignments["1.1"].has_passed
    assert [one.data.type for one in desk.wait_until(local_time("2026-11-27 00:00"))] == ["DeadlinePassed"]


def test_a_day_of_one_unit_moves_that_units_deadline_alone() -> None:
    desk = Desk(two())
    events = desk.do(calendar_applied(days=[special("2026-11-25", "off", "unit-b")]))
    assert moves(events) == [("1.2", DEADLINE, local_time("2026-11-27 00:00"))]


def test_working_days_are_counted_again_from_where_the_clock_started() -> None:
    rule = {"kind": "after", "count": 3, "days": "working", "start": "receipt"}
    desk = Desk(directive(obligation("unit-a", deadline=rule)))
    desk.do(delivered(at=local_time("2026-11-04 10:00")), at=local_time("2026-11-04 10:00"))
    events = desk.do(calendar_applied(off=["2026-11-05", "2026-11-06"]))
    assert moves(events) == [("1.1", local_time("2026-11-10 00:00"), local_time("2026-11-12 00:00"))]


def test_a_clock_that_has_not_started_is_counted_by_the_calendar_that_holds_when_it_does() -> None:
    rule = {"kind": "after", "count": 3, "days": "working", "start": "acknowledgement"}
    desk = Desk(directive(obligation("unit-a", deadline=rule)))
    assert moves(desk.do(calendar_applied(off=["2026-11-05"]))) == []
    desk.do(acknowledge(), at=local_time("2026-11-04 10:00"))
    assert desk.state.assignments["1.1"].deadline == local_time("2026-11-11 00:00")


def test_nothing_moves_beyond_the_deadline_of_the_assignment_above() -> None:
    above = Desk(directive(obligation("unit-a", deadline=by("2026-11-26"))))
    below = directive(
        obligation("unit-b", deadline=by("2026-11-25")),
        document={"issuer": "unit-a", "code_number": "5"},
        informed=["unit-a"],
        under={"stream": above.stream, "assignment": "1.1"},
    )
    desk = Desk(below, above=above.state)
    events = desk.do(calendar_applied(off=["2026-11-25", "2026-11-26", "2026-11-27"]))
    assert moves(events) == [("1.1", DEADLINE, local_time("2026-11-27 00:00"))]


def test_a_time_to_acknowledge_that_moves_is_named_too_and_alarms_anew() -> None:
    desk = Desk(open_end())
    desk.do(delivered())
    _, moved = desk.do(calendar_applied(days=[special("2026-11-03", "off", "unit-a")]))
    assert isinstance(moved.data, AcknowledgementDeadlineSet)
    before, after = local_time("2026-11-04 00:00"), local_time("2026-11-05 00:00")
    assert (moved.data.before, moved.data.instant, moved.data.cause) == (before, after, "calendar")
    assert desk.wait_until(before) == []
    [passed] = desk.wait_until(after)
    assert (passed.data.type, passed.data.deadline) == ("AcknowledgementDeadlinePassed", after)
