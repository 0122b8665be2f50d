"""escalate: those above are told of what does not get on."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    accept,
    acknowledge,
    command,
    someone,
)
from tests.support.desk import Desk
from tests.support.steps import content, reported, waived
from tests.support.table import Case, roles_that_may

ACTOR = someone("tracker")


def given(actor: Actor = ACTOR, **fields: Any) -> Command:
    return command("escalate", actor, **{"item": "1", "text": "đã đôn đốc hai lần", **fields})


CASES = [
    Case(name="escalated", content=content, command=given, yields=("Escalated",), again=("Escalated",)),
    Case(
        name="nobody answers the report",
        content=content,
        given=[acknowledge, reported],
        command=given,
        yields=("Escalated",),
    ),
    Case(
        name="done",
        content=content,
        given=[acknowledge, reported, accept],
        command=given,
        refused=Code.ALREADY_ACCEPTED,
    ),
    Case(name="waived", content=content, given=[waived], command=given, refused=Code.RELEASED),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_escalate(case: Case) -> None:
    case.check()


def test_who_may_escalate() -> None:
    assert roles_that_may(CASES[0], given) == {Role.TRACKER}


def test_each_is_counted_and_the_issuer_is_told_about_the_unit() -> None:
    desk = Desk(content())
    desk.do(given(), given())
    assert desk.state.assignments["1.1"].escalated == 2
    [notice] = desk.notices()
    assert (notice.kind, notice.unit, notice.about) == ("escalated", "office", "unit-a")
