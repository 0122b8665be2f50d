"""deny_extension: the deadline stays."""

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
)
from tests.support.desk import Desk
from tests.support.steps import asked, content, reported
from tests.support.table import Case, roles_that_may


def given(actor: Actor = LEADER, **fields: Any) -> Command:
    return command("deny_extension", actor, **{"assignment": "1.1", "reason": "việc gấp", **fields})


CASES = [
    Case(
        name="denied",
        content=content,
        given=[acknowledge, asked],
        command=given,
        yields=("ExtensionDenied",),
        again=Code.NO_EXTENSION_WAITING,
    ),
    Case(
        name="while a report waits",
        content=content,
        given=[acknowledge, asked, reported],
        command=given,
        yields=("ExtensionDenied",),
    ),
    Case(name="nothing asked", content=content, given=[acknowledge], command=given, refused=Code.NO_EXTENSION_WAITING),
    Case(
        name="done",
        content=content,
        given=[acknowledge, asked, reported, accept],
        command=given,
        refused=Code.NO_EXTENSION_WAITING,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_deny_extension(case: Case) -> None:
    case.check()


def test_who_may_deny_extension() -> None:
    assert roles_that_may(CASES[0], given) == {Role.LEADER}


def test_a_denied_request_counts_against_no_limit() -> None:
    desk = Desk(content())
    desk.do(acknowledge())
    for _ in range(4):
        desk.do(asked(), given())
    assert [one.decided for one in desk.state.assignments["1.1"].extensions] == ["denied"] * 4
    [notice] = desk.notices()
    assert (notice.kind, notice.unit, notice.detail) == ("extension_denied", "unit-a", "việc gấp")
