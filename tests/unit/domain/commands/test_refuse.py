"""refuse: the unit returns the directive."""

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
    return refuse(by=actor)


CASES = [
    Case(name="sent", command=given, yields=("ReceiptRefused",), again=Code.ALREADY_REFUSED),
    Case(name="after acknowledging", given=[acknowledge], command=given, refused=Code.ALREADY_ACKNOWLEDGED),
    Case(name="a unit that is not named", command=lambda: given(head_of("unit-z")), refused=Code.UNKNOWN_UNIT),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_refuse(case: Case) -> None:
    case.check()


def test_who_may_refuse() -> None:
    assert roles_that_may(CASES[0], given) == {Role.UNIT_HEAD}
