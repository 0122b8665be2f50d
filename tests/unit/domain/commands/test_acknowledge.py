"""acknowledge: the unit says that it has received the directive."""

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    acknowledge,
    head_of,
    refuse,
)
from tests.support.table import Case, roles_that_may

HEAD = head_of("unit-a")


def given(actor: Actor = HEAD) -> Command:
    return acknowledge(by=actor)


CASES = [
    Case(name="sent", command=given, yields=("Acknowledged",), again=Code.ALREADY_ACKNOWLEDGED),
    Case(name="after refusing", given=[refuse], command=given, yields=("Acknowledged",)),
    Case(name="a unit that is not named", command=lambda: given(head_of("unit-z")), refused=Code.UNKNOWN_UNIT),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_acknowledge(case: Case) -> None:
    case.check()


def test_who_may_acknowledge() -> None:
    assert roles_that_may(CASES[0], given) == {Role.UNIT_HEAD}
