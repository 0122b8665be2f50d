"""decline_transfer: the holder stays, and may propose again."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import LEADER, command, head_of
from tests.support.desk import Desk
from tests.support.table import Case, roles_that_may


def given(actor: Actor = LEADER, **fields: Any) -> Command:
    return command("decline_transfer", actor, **{"assignment": "1.1", "reason": "đúng việc", **fields})


def proposed() -> Command:
    return command("propose_transfer", head_of("unit-a"), assignment="1.1", to="unit-b", reason="khác việc")


CASES = [
    Case(
        name="declined", given=[proposed], command=given, yields=("TransferDeclined",), again=Code.NO_TRANSFER_WAITING
    ),
    Case(name="nothing proposed", command=given, refused=Code.NO_TRANSFER_WAITING),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_decline_transfer(case: Case) -> None:
    case.check()


def test_who_may_decline_transfer() -> None:
    assert roles_that_may(CASES[0], given) == {Role.LEADER}


def test_the_holder_stays_and_may_propose_again() -> None:
    desk = Desk()
    desk.do(proposed(), given(), proposed())
    one = desk.state.assignments["1.1"]
    assert (one.unit, one.transfer_to, one.handovers) == ("unit-a", "unit-b", [])
