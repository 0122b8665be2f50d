"""urge: whoever owes is reminded by hand."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    accept,
    acknowledge,
    command,
    someone,
)
from tests.support.desk import Desk
from tests.support.steps import content, of_officer, reported, suspended, two, waived
from tests.support.table import Case, roles_that_may

ACTOR = someone("tracker")


def given(actor: Actor = ACTOR, **fields: Any) -> Command:
    return command("urge", actor, **{"item": "1", "text": "đề nghị khẩn trương", **fields})


CASES = [
    Case(name="urged", content=content, command=given, yields=("Urged",), again=("Urged",)),
    Case(
        name="both units",
        content=two,
        command=given,
        yields=(
            "Urged",
            "Urged",
        ),
    ),
    Case(name="one reported", content=two, given=[acknowledge, reported], command=given, yields=("Urged",)),
    Case(
        name="the head has the report",
        content=content,
        given=[acknowledge, of_officer],
        command=given,
        yields=("Urged",),
    ),
    Case(
        name="the issuer has the report",
        content=content,
        given=[acknowledge, reported],
        command=given,
        refused=Code.REPORT_PENDING,
    ),
    Case(name="suspended", content=content, given=[suspended], command=given, refused=Code.SUSPENDED),
    Case(
        name="done",
        content=content,
        given=[acknowledge, reported, accept],
        command=given,
        refused=Code.ALREADY_ACCEPTED,
    ),
    Case(name="waived", content=content, given=[waived], command=given, refused=Code.RELEASED),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_urge(case: Case) -> None:
    case.check()


def test_who_may_urge() -> None:
    assert roles_that_may(CASES[0], given) == {Role.TRACKER, Role.CLERK}


def test_each_is_counted_and_the_unit_is_told_in_the_senders_words() -> None:
    desk = Desk(content())
    desk.do(given(), given())
    assert desk.state.assignments["1.1"].urged == 2
    [notice] = desk.notices()
    assert (notice.kind, notice.unit, notice.detail) == ("urged", "unit-a", "đề nghị khẩn trương")
