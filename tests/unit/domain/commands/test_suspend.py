"""suspend: the clock stands still."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    LEADER,
    accept,
    acknowledge,
    command,
    local_time,
    progress,
)
from tests.support.desk import Desk
from tests.support.steps import content, of_officer, reported, two, waived
from tests.support.table import Case, roles_that_may


def given(actor: Actor = LEADER, **fields: Any) -> Command:
    return command("suspend", actor, **{"item": "1", "cause": "legal_question", "reason": "chờ ý kiến", **fields})


CASES = [
    Case(name="suspended", content=content, command=given, yields=("Suspended",), again=Code.SUSPENDED),
    Case(
        name="overdue already",
        content=content,
        given=[local_time("2026-11-27 09:00")],
        command=given,
        yields=("Suspended",),
    ),
    Case(
        name="all of it",
        content=two,
        command=lambda: command("suspend", LEADER, whole=True, cause="other", reason="bão"),
        yields=(
            "Suspended",
            "Suspended",
        ),
    ),
    Case(
        name="one is with the issuer",
        content=two,
        given=[acknowledge, reported],
        command=lambda: command("suspend", LEADER, whole=True, cause="other", reason="bão"),
        yields=("Suspended",),
    ),
    Case(
        name="a report waits for the head",
        content=content,
        given=[acknowledge, of_officer],
        command=given,
        refused=Code.REPORT_PENDING,
    ),
    Case(
        name="a report waits for the issuer",
        content=content,
        given=[acknowledge, reported],
        command=given,
        refused=Code.REPORT_PENDING,
    ),
    Case(
        name="done",
        content=content,
        given=[acknowledge, reported, accept],
        command=given,
        refused=Code.ALREADY_ACCEPTED,
    ),
    Case(name="waived", content=content, given=[waived], command=given, refused=Code.RELEASED),
    Case(name="unknown unit", content=content, command=lambda: given(unit="unit-z"), refused=Code.UNKNOWN_UNIT),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_suspend(case: Case) -> None:
    case.check()


def test_who_may_suspend() -> None:
    assert roles_that_may(CASES[0], given) == {Role.LEADER}


def test_nothing_rings_while_it_is_suspended_and_nothing_becomes_late() -> None:
    desk = Desk(content())
    desk.do(acknowledge(), given())
    [notice] = desk.notices()
    assert (notice.kind, notice.unit, notice.detail) == ("suspended", "unit-a", "chờ ý kiến")
    later = local_time("2027-03-01 09:00")
    assert desk.wait_until(later) == []
    assert not desk.state.assignments["1.1"].overdue(later)


def test_what_was_late_before_stays_late() -> None:
    desk = Desk(content())
    later = local_time("2026-11-27 09:00")
    desk.wait_until(later)
    desk.do(given())
    assert desk.state.assignments["1.1"].overdue(later)


def test_the_unit_does_not_work_on_what_is_suspended() -> None:
    desk = Desk(content())
    desk.do(acknowledge(), given())
    assert desk.one(progress()).code is Code.SUSPENDED
    assert desk.one(reported()).code is Code.SUSPENDED
