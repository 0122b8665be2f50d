"""assign_officer: who inside the unit does the work."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    accept,
    acknowledge,
    command,
    head_of,
)
from tests.support.desk import Desk
from tests.support.steps import content, reported, suspended, waived
from tests.support.table import Case, roles_that_may

ACTOR = head_of("unit-a")


def given(actor: Actor = ACTOR, **fields: Any) -> Command:
    return command("assign_officer", actor, **{"item": "1", "officer": "An", **fields})


CASES = [
    Case(
        name="named",
        content=content,
        given=[acknowledge],
        command=given,
        yields=("OfficerAssigned",),
        again=("OfficerAssigned",),
    ),
    Case(
        name="while suspended",
        content=content,
        given=[acknowledge, suspended],
        command=given,
        yields=("OfficerAssigned",),
    ),
    Case(name="not acknowledged", content=content, command=given, refused=Code.NOT_ACKNOWLEDGED),
    Case(
        name="done",
        content=content,
        given=[acknowledge, reported, accept],
        command=given,
        refused=Code.ALREADY_ACCEPTED,
    ),
    Case(name="waived", content=content, given=[acknowledge, waived], command=given, refused=Code.RELEASED),
    Case(
        name="of another unit",
        content=content,
        given=[acknowledge],
        command=lambda: given(head_of("unit-b"), assignment="1.1"),
        refused=Code.WRONG_UNIT,
    ),
    Case(
        name="unknown item",
        content=content,
        given=[acknowledge],
        command=lambda: given(item="7"),
        refused=Code.UNKNOWN_ITEM,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_assign_officer(case: Case) -> None:
    case.check()


def test_who_may_assign_officer() -> None:
    assert roles_that_may(CASES[0], given) == {Role.UNIT_HEAD}


def test_the_officer_is_known_afterwards() -> None:
    desk = Desk(content())
    desk.do(acknowledge(), given(), given(officer="Binh"))
    assert desk.state.assignments["1.1"].officer == "Binh"
