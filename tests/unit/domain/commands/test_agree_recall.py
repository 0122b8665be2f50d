"""agree_recall: the unit gives the directive back."""

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import command, head_of
from tests.support.steps import recall
from tests.support.table import Case, roles_that_may


def agree(actor: Actor | None = None) -> Command:
    return command("agree_recall", actor or head_of("unit-a"))


CASES = [
    Case(name="asked", given=[recall], command=agree, yields=("RecallAgreed",), again=Code.RECALL_ANSWERED),
    Case(name="not asked", command=agree, refused=Code.DIRECTIVE_IN_FORCE),
    Case(name="stranger", given=[recall], command=lambda: agree(head_of("unit-z")), refused=Code.UNKNOWN_UNIT),
    Case(
        name="after refusing",
        given=[recall, lambda: command("refuse_recall", head_of("unit-a"), reason="không")],
        command=agree,
        refused=Code.RECALL_ANSWERED,
        details={"unit": "unit-a", "answer": "refused"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_agree_recall(case: Case) -> None:
    case.check()


def test_who_may_agree_recall() -> None:
    assert roles_that_may(CASES[0], agree) == {Role.UNIT_HEAD}
