"""report: the claim that it is done."""

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    accept,
    acknowledge,
    officer_of,
    report,
)
from tests.support.steps import reported, suspended, waived
from tests.support.table import Case, roles_that_may

OFFICER = officer_of("unit-a")


def given(actor: Actor = OFFICER) -> Command:
    return report(by=actor)


CASES = [
    Case(
        name="acknowledged", given=[acknowledge], command=given, yields=("ReportSubmitted",), again=Code.REPORT_PENDING
    ),
    Case(name="not acknowledged", command=given, refused=Code.NOT_ACKNOWLEDGED),
    Case(name="a report waits for the head", given=[acknowledge, report], command=given, refused=Code.REPORT_PENDING),
    Case(
        name="a report waits for the issuer", given=[acknowledge, reported], command=given, refused=Code.REPORT_PENDING
    ),
    Case(name="done", given=[acknowledge, reported, accept], command=given, refused=Code.ALREADY_ACCEPTED),
    Case(name="suspended", given=[acknowledge, suspended], command=given, refused=Code.SUSPENDED),
    Case(name="waived", given=[acknowledge, waived], command=given, refused=Code.RELEASED),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_report(case: Case) -> None:
    case.check()


def test_who_may_report() -> None:
    assert roles_that_may(CASES[0], given) == {Role.OFFICER, Role.UNIT_HEAD}
