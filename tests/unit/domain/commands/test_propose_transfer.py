"""propose_transfer: the holder names a unit; nothing moves before the issuer agrees."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import accept, acknowledge, command, head_of, unit_json
from tests.support.desk import Desk
from tests.support.steps import reported
from tests.support.table import Case, roles_that_may


def given(actor: Actor | None = None, **fields: Any) -> Command:
    said = {"item": "1", "to": "unit-b", "reason": "đúng chức năng"}
    return command("propose_transfer", actor or head_of("unit-a"), **{**said, **fields})


CASES = [
    Case(name="proposed", command=given, yields=("TransferProposed",), again=Code.TRANSFER_PENDING),
    Case(
        name="to a new unit",
        command=lambda: given(to="unit-z", units=[unit_json("unit-z")]),
        yields=("UnitsAdded", "TransferProposed"),
    ),
    Case(name="unknown unit", command=lambda: given(to="unit-z"), refused=Code.UNKNOWN_UNIT),
    Case(name="to itself", command=lambda: given(to="unit-a"), refused=Code.SAME_UNIT),
    Case(name="report waits", given=[acknowledge, reported], command=given, refused=Code.REPORT_PENDING),
    Case(name="done", given=[acknowledge, reported, accept], command=given, refused=Code.ALREADY_ACCEPTED),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_propose_transfer(case: Case) -> None:
    case.check()


def test_who_may_propose_transfer() -> None:
    assert roles_that_may(CASES[0], given) == {Role.UNIT_HEAD}


def test_the_issuer_is_told_and_the_holder_stays() -> None:
    desk = Desk()
    desk.do(given())
    [notice] = desk.notices()
    assert (notice.kind, notice.unit, notice.about, notice.detail) == (
        "transfer_proposed", "office", "unit-a", "đúng chức năng",
    )  # fmt: skip
    assert desk.state.assignments["1.1"].unit == "unit-a"
