"""send_back: the head gives an officer's report back."""

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    acknowledge,
    head_of,
    report,
    send_back,
)
from tests.support.steps import reported
from tests.support.table import Case, roles_that_may

HEAD = head_of("unit-a")


def given(actor: Actor = HEAD) -> Command:
    return send_back(by=actor)


CASES = [
    Case(
        name="drafted",
        given=[acknowledge, report],
        command=given,
        yields=("ReportSentBack",),
        again=Code.NO_REPORT_WAITING,
    ),
    Case(name="nothing drafted", given=[acknowledge], command=given, refused=Code.NO_REPORT_WAITING),
    Case(name="it has left the unit", given=[acknowledge, reported], command=given, refused=Code.NO_REPORT_WAITING),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_send_back(case: Case) -> None:
    case.check()


def test_who_may_send_back() -> None:
    assert roles_that_may(CASES[0], given) == {Role.UNIT_HEAD}
