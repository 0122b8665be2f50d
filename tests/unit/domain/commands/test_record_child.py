"""record_child: a unit's own directive tells the one above how it stands."""

from typing import Any

import pytest

from domain.actor import SYSTEM, Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import command
from tests.support.desk import Desk
from tests.support.table import Case, roles_that_may

CHILD = "directive/unit-a/2026/05-VP"


def told(actor: Actor = SYSTEM, **fields: Any) -> Command:
    said = {"assignment": "1.1", "child": CHILD, "standing": "in_time", "child_version": 3}
    return command("record_child", actor, **{**said, **fields})


CASES = [
    Case(name="for the first time", command=told, yields=("ChildRecorded",), again=()),
    Case(
        name="again, changed",
        given=[told],
        command=lambda: told(standing="done", child_version=9),
        yields=("ChildRecorded",),
        again=(),
    ),
    Case(name="overtaken", given=[told], command=lambda: told(standing="overdue", child_version=2)),
    Case(name="unknown assignment", command=lambda: told(assignment="9.9"), refused=Code.UNKNOWN_ASSIGNMENT),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_record_child(case: Case) -> None:
    case.check()


def test_who_may_record_a_child() -> None:
    assert roles_that_may(CASES[0], told) == {Role.SYSTEM}


def test_the_last_word_counts() -> None:
    desk = Desk()
    desk.do(told(), told(standing="overdue", child_version=9), told(standing="done", child_version=4))
    assert desk.state.assignments["1.1"].children[CHILD].standing == "overdue"
