"""revoke_delegation: from today on nobody acts for the principal any more."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import acknowledge, command, head_of, local_time, someone
from tests.support.desk import Desk
from tests.support.table import Case, roles_that_may

HEAD = head_of("unit-a")
DEPUTY = someone(Role.UNIT_HEAD, "unit-a", "deputy of unit-a")
WHOSE = {
    "principal": HEAD.person, "for_role": "unit_head", "for_unit": "unit-a", "delegate": DEPUTY.person,
}  # fmt: skip


def delegate() -> Command:
    return command("delegate", HEAD, **WHOSE, start="2026-11-02", end="2026-11-20", document="12/QĐ")


def revoke(actor: Actor = HEAD, **fields: Any) -> Command:
    return command("revoke_delegation", actor, **{**WHOSE, **fields})


CASES = [
    Case(name="running", given=[delegate], command=revoke, yields=("DelegationRevoked",), again=Code.NO_DELEGATION),
    Case(name="none there", command=revoke, refused=Code.NO_DELEGATION),
    Case(name="of another", given=[delegate], command=lambda: revoke(head_of("unit-b")), refused=Code.NOT_PRINCIPAL),
    Case(
        name="by the delegate",
        given=[delegate],
        command=lambda: revoke(DEPUTY, on_behalf_of=HEAD.person),
        refused=Code.DELEGATION_PASSED_ON,
    ),
    Case(
        name="over already",
        given=[delegate, local_time("2026-11-21 08:00")],
        command=revoke,
        refused=Code.NO_DELEGATION,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_revoke_delegation(case: Case) -> None:
    case.check()


def test_who_may_revoke_a_delegation() -> None:
    assert roles_that_may(CASES[0], revoke) == {Role.UNIT_HEAD, Role.LEADER, Role.OPERATOR}


def test_what_was_done_before_counts_and_nothing_after() -> None:
    desk = Desk()
    desk.do(delegate())
    desk.do(revoke(), at=local_time("2026-11-04 10:00"))
    late = desk.one(acknowledge(by=DEPUTY, on_behalf_of=HEAD.person))
    assert late.code is Code.NO_DELEGATION
    [kept] = desk.state.delegations
    assert kept.end.isoformat() == "2026-11-03"
