"""correct: words are put right, and nobody owes anything else than before."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import CLERK, LEADER, acknowledge, command
from tests.support.desk import Desk
from tests.support.table import Case, roles_that_may

DOCUMENT = {"notation": "19/UBND-NC", "issued_date": "2026-11-02"}


def correct(actor: Actor = CLERK, **fields: Any) -> Command:
    said = {"document": DOCUMENT} | (fields or {"subject": "tăng cường kiểm tra, giám sát"})
    return command("correct", actor, **said)


CASES = [
    Case(name="the subject", command=correct, yields=("DirectiveCorrected",), again=Code.NOTHING_CHANGED),
    Case(
        name="an obligation",
        command=lambda: correct(texts=[{"item": "1", "text": "Kiểm tra, báo cáo."}]),
        yields=("DirectiveCorrected",),
        again=Code.NOTHING_CHANGED,
    ),
    Case(
        name="unknown item",
        command=lambda: correct(texts=[{"item": "9", "text": "x"}]),
        refused=Code.UNKNOWN_ITEM,
        details={"item": "9"},
    ),
    Case(name="the same words", command=lambda: correct(subject="tăng cường kiểm tra"), refused=Code.NOTHING_CHANGED),
    Case(
        name="being recalled",
        given=[lambda: command("recall", LEADER, reason="nhầm")],
        command=correct,
        refused=Code.DIRECTIVE_FROZEN,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_correct(case: Case) -> None:
    case.check()


def test_who_may_correct() -> None:
    assert roles_that_may(CASES[0], correct) == {Role.CLERK, Role.LEADER}


def test_no_new_revision_no_new_clock_no_new_acknowledgement() -> None:
    desk = Desk()
    desk.do(acknowledge())
    before = desk.state.copied()
    desk.do(correct(subject="đúng", texts=[{"item": "1", "text": "đúng"}]))
    after = desk.state
    assert (after.document.subject, after.obligations["1"].text) == ("đúng", "đúng")
    assert (after.receipts, after.assignments, after.revision) == (before.receipts, before.assignments, before.revision)
