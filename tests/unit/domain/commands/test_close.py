"""close: nothing is owed any more."""

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    LEADER,
    accept,
    acknowledge,
    close,
    command,
)
from tests.support.steps import reported
from tests.support.table import Case, roles_that_may


def given(actor: Actor = LEADER) -> Command:
    return close(by=actor)


def other_waived() -> Command:
    paper = {"notation": "99/UBND-TH", "issued_date": "2026-11-02"}
    return command("waive", LEADER, unit="unit-b", authority=paper, reason="không còn chức năng")


CASES = [
    Case(
        name="one done and one waived",
        given=[acknowledge, reported, accept, other_waived],
        command=given,
        yields=("DirectiveClosed",),
        again=Code.DIRECTIVE_CLOSED,
    ),
    Case(name="something is owed", given=[acknowledge, reported, accept], command=given, refused=Code.STILL_OWED),
    Case(name="a report waits", given=[acknowledge, reported, other_waived], command=given, refused=Code.STILL_OWED),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_close(case: Case) -> None:
    case.check()


def test_who_may_close() -> None:
    assert roles_that_may(CASES[0], given) == {Role.LEADER}
