"""reopen: an acceptance is taken back."""

from typing import Any

import pytest
from pydantic import ValidationError

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from domain.state import Superior
from tests.support.builders import (
    LEADER,
    accept,
    acknowledge,
    by,
    close,
    command,
    head_of,
    local_time,
    report,
    someone,
)
from tests.support.desk import Desk
from tests.support.steps import content, reported, waived
from tests.support.table import Case, roles_that_may


def given(actor: Actor = LEADER, **fields: Any) -> Command:
    return command(
        "reopen", actor, **{"assignment": "1.1", "until": by("2026-12-15"), "reason": "số liệu sai", **fields}
    )


def slip(actor: Actor = LEADER) -> Command:
    return command("reopen", actor, assignment="1.1", slip=True, reason="bấm nhầm")


CASES = [
    Case(
        name="done",
        content=content,
        given=[acknowledge, reported, accept],
        command=given,
        yields=(
            "AssignmentReopened",
            "DeadlineSet",
        ),
        again=Code.NOT_ACCEPTED,
    ),
    Case(
        name="the directive is closed",
        content=content,
        given=[acknowledge, reported, accept, close],
        command=given,
        yields=(
            "DirectiveReopened",
            "AssignmentReopened",
            "DeadlineSet",
        ),
    ),
    Case(
        name="a slip",
        content=content,
        given=[acknowledge, reported, accept],
        command=slip,
        yields=("AssignmentReopened",),
        again=Code.NOT_ACCEPTED,
    ),
    Case(
        name="a slip and the directive is closed",
        content=content,
        given=[acknowledge, reported, accept, close],
        command=slip,
        yields=(
            "DirectiveReopened",
            "AssignmentReopened",
        ),
    ),
    Case(
        name="a slip of the day before",
        content=content,
        given=[acknowledge, reported, accept, local_time("2026-11-03 00:00")],
        command=slip,
        refused=Code.SLIP_TOO_LATE,
    ),
    Case(
        name="a slip of somebody else",
        content=content,
        given=[acknowledge, reported, accept],
        command=lambda: slip(someone("leader", person="deputy")),
        refused=Code.SLIP_TOO_LATE,
    ),
    Case(name="open", content=content, given=[acknowledge], command=given, refused=Code.NOT_ACCEPTED),
    Case(
        name="a report waits", content=content, given=[acknowledge, reported], command=given, refused=Code.NOT_ACCEPTED
    ),
    Case(name="waived", content=content, given=[waived], command=given, refused=Code.NOT_ACCEPTED),
    Case(
        name="to a day that is past",
        content=content,
        given=[acknowledge, reported, accept, local_time("2026-11-27 09:00")],
        command=lambda: given(until=by("2026-11-26")),
        refused=Code.DEADLINE_PAST,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_reopen(case: Case) -> None:
    case.check()


def test_who_may_reopen() -> None:
    assert roles_that_may(CASES[0], given) == {Role.LEADER}


def test_the_first_result_stays_listed_and_the_work_is_the_units_again() -> None:
    desk = Desk(content())
    desk.do(acknowledge(), reported(), accept(), close(), given())
    assignment = desk.state.assignments["1.1"]
    assert (assignment.status, assignment.reopened) == ("open", 1)
    assert assignment.reports[0].accepted_at is not None
    set_ = [one.instant for one in assignment.settings]
    assert set_ == [local_time("2026-11-26 00:00"), local_time("2026-12-16 00:00")]
    assert (desk.state.phase, desk.state.ended_at) == ("in_force", None)
    assert [(one.kind, one.unit) for one in desk.notices()] == [("reopened", "unit-a")]
    desk.do(reported(), accept())
    assert [one.number for one in assignment.reports] == [1, 2]


def test_after_a_slip_the_report_waits_as_if_nothing_had_been_said() -> None:
    desk = Desk(content())
    desk.do(acknowledge(), reported(), accept(), slip())
    assignment = desk.state.assignments["1.1"]
    assert (assignment.status, assignment.reopened) == ("with_issuer", 0)
    assert (assignment.reports[0].accepted_at, assignment.reports[0].accepted_by) == (None, None)
    desk.do(accept())


@pytest.mark.parametrize("fields", [{"until": None}, {"slip": True}], ids=["neither", "both"])
def test_a_new_deadline_is_needed_but_for_a_slip(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="reopen_deadline"):
        given(**fields)


def test_it_stays_within_the_window_of_the_directive_above() -> None:
    desk = Desk(content())
    desk.do(acknowledge(), reported(), accept())
    window = local_time("2026-12-01 00:00")
    desk.state.superior = Superior(stream="directive/x/2026/01-X", assignment="1.1", deadline=window, level=1)
    assert desk.one(given()).code is Code.OUTSIDE_WINDOW


def test_what_a_unit_had_done_before_it_gave_the_directive_back_is_not_reopened() -> None:
    desk = Desk()
    desk.do(acknowledge("unit-a"), report("unit-a", by=head_of("unit-a")), accept("unit-a"))
    desk.do(command("recall", LEADER, reason="ban hành nhầm"))
    desk.do(command("agree_recall", head_of("unit-a")), command("refuse_recall", head_of("unit-b"), reason="đã làm"))
    assert desk.state.phase == "in_force"
    late = {"until": by("2026-12-20"), "reason": "thiếu"}
    assert desk.one(command("reopen", LEADER, assignment="1.1", **late)).code is Code.UNIT_RELEASED
