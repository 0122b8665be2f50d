"""decline_refusal: the unit stays bound, and has to acknowledge."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import LEADER, acknowledge, command, refuse
from tests.support.desk import Desk
from tests.support.table import Case, roles_that_may


def given(actor: Actor = LEADER, **fields: Any) -> Command:
    return command("decline_refusal", actor, **{"unit": "unit-a", "reason": "đúng việc", **fields})


CASES = [
    Case(name="declined", given=[refuse], command=given, yields=("RefusalDeclined",), again=Code.NO_REFUSAL_WAITING),
    Case(name="nothing refused", command=given, refused=Code.NO_REFUSAL_WAITING),
    Case(name="unknown unit", command=lambda: given(unit="unit-z"), refused=Code.UNKNOWN_UNIT),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_decline_refusal(case: Case) -> None:
    case.check()


def test_who_may_decline_refusal() -> None:
    assert roles_that_may(CASES[0], given) == {Role.LEADER}


def test_the_unit_may_acknowledge_but_not_refuse_again() -> None:
    desk = Desk()
    desk.do(refuse(), given())
    assert desk.one(refuse()).code is Code.ALREADY_REFUSED
    desk.do(acknowledge())
    assert desk.state.receipts["unit-a"].acknowledged_at is not None


def test_an_unanswered_refusal_alarms_anew() -> None:
    desk = Desk()
    desk.do(refuse(), given())
    limit = desk.state.receipts["unit-a"].acknowledge_by
    assert limit is not None
    desk.wait_until(limit)
    assert desk.state.receipts["unit-a"].passed == [limit]
