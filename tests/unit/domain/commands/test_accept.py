"""accept: a report is taken as done."""

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.directive import Directive
from domain.refusal import Code
from tests.support.builders import (
    LEADER,
    accept,
    acknowledge,
    by,
    directive,
    local_time,
    obligation,
    report,
    return_report,
    someone,
)
from tests.support.steps import content, explained, reported
from tests.support.table import Case, roles_that_may

LATE = local_time("2026-11-26 09:00")


def given(actor: Actor = LEADER) -> Command:
    return accept(by=actor)


def asking() -> Directive:
    """By 25 November; the policy wants to know why somebody was late."""
    return directive(obligation("unit-a", deadline=by("2026-11-25")), policy={"explain_late": True})


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
    Case(
        name="late and not explained",
        content=asking,
        given=[acknowledge, LATE, reported],
        command=given,
        refused=Code.EXPLANATION_OWED,
        details={"assignment": "1.1"},
    ),
    Case(
        name="late and explained",
        content=asking,
        given=[acknowledge, LATE, reported, explained],
        command=given,
        yields=("ReportAccepted",),
    ),
    Case(
        name="in time and accepted late",
        content=asking,
        given=[acknowledge, reported, LATE],
        command=given,
        yields=("ReportAccepted",),
    ),
    Case(
        name="late where the policy does not ask",
        content=content,
        given=[acknowledge, LATE, reported],
        command=given,
        yields=("ReportAccepted",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_accept(case: Case) -> None:
    case.check()


def test_who_may_accept() -> None:
    assert roles_that_may(CASES[0], given) == {Role.LEADER}
