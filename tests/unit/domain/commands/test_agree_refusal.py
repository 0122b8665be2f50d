"""agree_refusal: the unit is released, with or without another in its place."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    CLERK,
    LEADER,
    acknowledge,
    command,
    head_of,
    refuse,
    report,
    return_report,
    send_back,
    unit_json,
)
from tests.support.desk import Desk
from tests.support.table import Case, roles_that_may


def given(actor: Actor = LEADER, **fields: Any) -> Command:
    return command("agree_refusal", actor, **{"unit": "unit-a", **fields})


def amended() -> Command:
    document = {"notation": "18/UBND-NC", "issued_date": "2026-11-02"}
    return command("amend", CLERK, document=document, change=[{"item": "1", "text": "khác"}])


CASES = [
    Case(name="released", given=[refuse], command=given, yields=("RefusalAgreed",), again=Code.NO_REFUSAL_WAITING),
    Case(
        name="sent back by the head, and refused in its next revision",
        given=[acknowledge, report, send_back, amended, refuse],
        command=given,
        yields=("RefusalAgreed",),
    ),
    Case(
        name="returned by the issuer, and refused in its next revision",
        given=[acknowledge, lambda: report(by=head_of("unit-a")), return_report, amended, refuse],
        command=given,
        yields=("RefusalAgreed",),
    ),
    Case(name="another named", given=[refuse], command=lambda: given(to="unit-b"), yields=("RefusalAgreed",)),
    Case(
        name="a new unit named",
        given=[refuse],
        command=lambda: given(to="unit-z", units=[unit_json("unit-z")]),
        yields=("UnitsAdded", "RefusalAgreed"),
    ),
    Case(name="unknown successor", given=[refuse], command=lambda: given(to="unit-z"), refused=Code.UNKNOWN_UNIT),
    Case(name="itself named", given=[refuse], command=lambda: given(to="unit-a"), refused=Code.SAME_UNIT),
    Case(name="nothing refused", command=given, refused=Code.NO_REFUSAL_WAITING),
    Case(name="acknowledged after all", given=[refuse, acknowledge], command=given, refused=Code.NO_REFUSAL_WAITING),
    Case(name="unknown unit", command=lambda: given(unit="unit-z"), refused=Code.UNKNOWN_UNIT),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_agree_refusal(case: Case) -> None:
    case.check()


def test_who_may_agree_refusal() -> None:
    assert roles_that_may(CASES[0], given) == {Role.LEADER}


def test_what_the_unit_owed_is_withdrawn() -> None:
    desk = Desk()
    desk.do(refuse(), given())
    assert desk.state.assignments["1.1"].status == "withdrawn"
    assert desk.state.assignments["1.2"].status == "open"
    assert desk.state.receipts["unit-a"].released_at is not None


def test_the_successor_holds_it_beside_its_own() -> None:
    desk = Desk()
    desk.do(refuse(), given(to="unit-b"))
    assert sorted(one.id for one in desk.state.held("unit-b")) == ["1.1", "1.2"]
    assert desk.state.assignments["1.1"].handovers[0].cause == "refusal"
