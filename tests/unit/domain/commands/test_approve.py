"""approve: the head lets a report leave the unit."""

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    acknowledge,
    approve,
    head_of,
    report,
)
from tests.support.steps import reported
from tests.support.table import Case, roles_that_may

HEAD = head_of("unit-a")


def given(actor: Actor = HEAD) -> Command:
    return approve(by=actor)


CASES = [
    Case(
        name="drafted",
        given=[acknowledge, report],
        command=given,
        yields=("ReportApproved",),
        again=Code.NO_REPORT_WAITING,
    ),
    Case(name="nothing drafted", given=[acknowledge], command=given, refused=Code.NO_REPORT_WAITING),
    Case(name="it has left the unit", given=[acknowledge, reported], command=given, refused=Code.NO_REPORT_WAITING),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_approve(case: Case) -> None:
    case.check()


def test_who_may_approve() -> None:
    assert roles_that_may(CASES[0], given) == {Role.UNIT_HEAD}
