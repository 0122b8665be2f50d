"""accept: a report is taken as done."""

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    LEADER,
    accept,
    acknowledge,
    report,
    return_report,
    someone,
)
from tests.support.steps import reported
from tests.support.table import Case, roles_that_may


def given(actor: Actor = LEADER) -> Command:
    return accept(by=actor)


CASES = [
    Case(
        name="reported",
        given=[acknowledge, reported],
        command=given,
        yields=("ReportAccepted",),
        again=Code.NO_REPORT_WAITING,
    ),
    Case(name="nothing reported", given=[acknowledge], command=given, refused=Code.NO_REPORT_WAITING),
    Case(name="with the head", given=[acknowledge, report], command=given, refused=Code.NO_REPORT_WAITING),
    Case(name="returned", given=[acknowledge, reported, return_report], command=given, refused=Code.NO_REPORT_WAITING),
    Case(
        name="own report",
        given=[acknowledge, reported],
        command=lambda: given(someone("leader", person="head of unit-a")),
        refused=Code.OWN_REPORT,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_accept(case: Case) -> None:
    case.check()


def test_who_may_accept() -> None:
    assert roles_that_may(CASES[0], given) == {Role.LEADER}
