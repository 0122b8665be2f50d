"""refuse_recall: the unit keeps the directive."""

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import command, head_of
from tests.support.desk import Desk
from tests.support.steps import recall
from tests.support.table import Case, roles_that_may


def keep(actor: Actor | None = None) -> Command:
    return command("refuse_recall", actor or head_of("unit-a"), reason="đã ký hợp đồng")


CASES = [
    Case(name="asked", given=[recall], command=keep, yields=("RecallRefused",), again=Code.RECALL_ANSWERED),
    Case(name="not asked", command=keep, refused=Code.DIRECTIVE_IN_FORCE),
    Case(name="stranger", given=[recall], command=lambda: keep(head_of("unit-z")), refused=Code.UNKNOWN_UNIT),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_refuse_recall(case: Case) -> None:
    case.check()


def test_who_may_refuse_recall() -> None:
    assert roles_that_may(CASES[0], keep) == {Role.UNIT_HEAD}


def test_the_issuer_is_told_why() -> None:
    desk = Desk()
    desk.do(recall(), keep())
    assert [(one.kind, one.unit, one.about, one.detail) for one in desk.notices()] == [
        ("recall_refused", "office", "unit-a", "đã ký hợp đồng")
    ]
