"""grant_extension: a deadline is moved."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from domain.state import Superior
from tests.support.builders import (
    LEADER,
    accept,
    acknowledge,
    by,
    command,
    local_time,
    return_report,
)
from tests.support.desk import Desk
from tests.support.steps import asked, content, reported, suspended
from tests.support.table import Case, roles_that_may


def given(actor: Actor = LEADER, **fields: Any) -> Command:
    return command("grant_extension", actor, **{"assignment": "1.1", **fields})


CASES = [
    Case(
        name="as asked",
        content=content,
        given=[acknowledge, asked],
        command=given,
        yields=(
            "ExtensionGranted",
            "DeadlineSet",
        ),
        again=Code.NO_EXTENSION_WAITING,
    ),
    Case(
        name="to another day",
        content=content,
        given=[acknowledge, asked],
        command=lambda: given(until=by("2026-11-30")),
        yields=(
            "ExtensionGranted",
            "DeadlineSet",
        ),
    ),
    Case(
        name="while suspended",
        content=content,
        given=[acknowledge, asked, suspended],
        command=given,
        yields=(
            "ExtensionGranted",
            "DeadlineSet",
        ),
    ),
    Case(
        name="after the deadline went by",
        content=content,
        given=[acknowledge, asked, local_time("2026-11-27 09:00")],
        command=given,
        yields=(
            "ExtensionGranted",
            "DeadlineSet",
        ),
    ),
    Case(name="nothing asked", content=content, given=[acknowledge], command=given, refused=Code.NO_EXTENSION_WAITING),
    Case(
        name="done",
        content=content,
        given=[acknowledge, asked, reported, accept],
        command=given,
        refused=Code.NO_EXTENSION_WAITING,
    ),
    Case(
        name="a report waits",
        content=content,
        given=[acknowledge, asked, reported],
        command=given,
        refused=Code.REPORT_PENDING,
    ),
    Case(
        name="the report was returned",
        content=content,
        given=[acknowledge, asked, reported, return_report],
        command=given,
        yields=(
            "ExtensionGranted",
            "DeadlineSet",
        ),
    ),
    Case(
        name="to no later day",
        content=content,
        given=[acknowledge, asked],
        command=lambda: given(until=by("2026-11-25")),
        refused=Code.NOT_LATER,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_grant_extension(case: Case) -> None:
    case.check()


def test_who_may_grant_extension() -> None:
    assert roles_that_may(CASES[0], given) == {Role.LEADER}


def test_the_deadline_moves_and_every_earlier_one_stays_known() -> None:
    desk = Desk(content())
    desk.do(acknowledge(), asked(), given())
    set_ = [one.instant for one in desk.state.assignments["1.1"].settings]
    assert set_ == [local_time("2026-11-26 00:00"), local_time("2026-12-08 00:00")]
    [notice] = desk.notices()
    assert (notice.kind, notice.unit) == ("extension_granted", "unit-a")


def test_an_assignment_under_another_directive_is_not_moved_out_of_its_window() -> None:
    desk = Desk(content())
    desk.do(acknowledge(), asked())
    window = local_time("2026-12-01 00:00")
    desk.state.superior = Superior(stream="directive/x/2026/01-X", assignment="1.1", deadline=window, level=1)
    assert desk.one(given()).code is Code.OUTSIDE_WINDOW
    desk.do(given(until=by("2026-11-30")))
    assert desk.state.assignments["1.1"].deadline == window
