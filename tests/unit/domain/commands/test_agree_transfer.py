"""agree_transfer: the assignment moves, the chain of holders stays known."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import LEADER, accept, acknowledge, by, command, directive, head_of, obligation
from tests.support.desk import Desk
from tests.support.steps import reported
from tests.support.table import Case, roles_that_may


def given(actor: Actor = LEADER, **fields: Any) -> Command:
    return command("agree_transfer", actor, **{"assignment": "1.1", **fields})


def proposed(unit: str = "unit-a", to: str = "unit-b") -> Command:
    return command("propose_transfer", head_of(unit), assignment="1.1", to=to, reason="đúng chức năng")


CASES = [
    Case(name="agreed", given=[proposed], command=given, yields=("TransferAgreed",), again=Code.NO_TRANSFER_WAITING),
    Case(name="nothing proposed", command=given, refused=Code.NO_TRANSFER_WAITING),
    Case(name="report waits", given=[acknowledge, proposed, reported], command=given, refused=Code.REPORT_PENDING),
    Case(
        name="done",
        given=[acknowledge, proposed, reported, accept],
        command=given,
        refused=Code.NO_TRANSFER_WAITING,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_agree_transfer(case: Case) -> None:
    case.check()


def test_who_may_agree_transfer() -> None:
    assert roles_that_may(CASES[0], given) == {Role.LEADER}


def test_a_chain_of_transfers_keeps_the_first_holder_and_the_deadline() -> None:
    desk = Desk(directive(obligation("unit-a", deadline=by("2026-11-25")), informed=["unit-b", "unit-c"]))
    before = desk.state.assignments["1.1"].deadline
    desk.do(proposed(), given(), proposed("unit-b", "unit-c"), given())
    moved = desk.state.assignments["1.1"]
    assert [(one.before, one.after) for one in moved.handovers] == [("unit-a", "unit-b"), ("unit-b", "unit-c")]
    assert (moved.unit, moved.deadline) == ("unit-c", before)
    receipts = desk.state.receipts
    assert receipts["unit-a"].released_at is not None
    assert receipts["unit-c"].purpose == "act"
    assert receipts["unit-c"].acknowledged_at is None
