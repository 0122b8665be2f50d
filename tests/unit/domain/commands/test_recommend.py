"""recommend: what the tracker thinks of a report."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    accept,
    acknowledge,
    command,
    return_report,
    someone,
)
from tests.support.desk import Desk
from tests.support.steps import content, of_officer, reported
from tests.support.table import Case, roles_that_may

ACTOR = someone("tracker")


def given(actor: Actor = ACTOR, **fields: Any) -> Command:
    return command("recommend", actor, **{"assignment": "1.1", "verdict": "accept", "text": "đủ số liệu", **fields})


CASES = [
    Case(
        name="recommended",
        content=content,
        given=[acknowledge, reported],
        command=given,
        yields=("ReportRecommended",),
        again=("ReportRecommended",),
    ),
    Case(
        name="to return",
        content=content,
        given=[acknowledge, reported],
        command=lambda: given(verdict="return"),
        yields=("ReportRecommended",),
    ),
    Case(name="nothing reported", content=content, given=[acknowledge], command=given, refused=Code.NO_REPORT_WAITING),
    Case(
        name="with the head",
        content=content,
        given=[acknowledge, of_officer],
        command=given,
        refused=Code.NO_REPORT_WAITING,
    ),
    Case(
        name="returned",
        content=content,
        given=[acknowledge, reported, return_report],
        command=given,
        refused=Code.NO_REPORT_WAITING,
    ),
    Case(
        name="done",
        content=content,
        given=[acknowledge, reported, accept],
        command=given,
        refused=Code.NO_REPORT_WAITING,
    ),
    Case(
        name="own report",
        content=content,
        given=[acknowledge, reported],
        command=lambda: given(someone("tracker", person="head of unit-a")),
        refused=Code.OWN_REPORT,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_recommend(case: Case) -> None:
    case.check()


def test_who_may_recommend() -> None:
    assert roles_that_may(CASES[0], given) == {Role.TRACKER}


def test_it_settles_nothing_and_the_issuer_is_told() -> None:
    desk = Desk(content())
    desk.do(acknowledge(), reported(), given())
    assert desk.state.assignments["1.1"].status == "with_issuer"
    [notice] = desk.notices()
    assert (notice.kind, notice.unit, notice.about) == ("report_recommended", "office", "unit-a")
