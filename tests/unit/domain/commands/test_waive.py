"""waive: a unit is released, by a document that allows it."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    LEADER,
    accept,
    acknowledge,
    command,
    local_time,
    report,
    return_report,
    send_back,
)
from tests.support.desk import Desk
from tests.support.steps import content, reported, suspended
from tests.support.table import Case, roles_that_may

PAPER = {"notation": "99/UBND-TH", "issued_date": "2026-11-02"}


def given(actor: Actor = LEADER, **fields: Any) -> Command:
    return command(
        "waive", actor, **{"assignment": "1.1", "authority": PAPER, "reason": "không còn chức năng", **fields}
    )


CASES = [
    Case(name="owed", content=content, command=given, yields=("Waived",), again=Code.RELEASED),
    Case(
        name="while a report waits", content=content, given=[acknowledge, reported], command=given, yields=("Waived",)
    ),
    Case(
        name="sent back by the head",
        content=content,
        given=[acknowledge, report, send_back],
        command=given,
        yields=("Waived",),
    ),
    Case(
        name="returned by the issuer",
        content=content,
        given=[acknowledge, reported, return_report],
        command=given,
        yields=("Waived",),
    ),
    Case(name="while suspended", content=content, given=[suspended], command=given, yields=("Waived",)),
    Case(
        name="done",
        content=content,
        given=[acknowledge, reported, accept],
        command=given,
        refused=Code.ALREADY_ACCEPTED,
    ),
    Case(
        name="unknown assignment",
        content=content,
        command=lambda: given(assignment="7.7"),
        refused=Code.UNKNOWN_ASSIGNMENT,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_waive(case: Case) -> None:
    case.check()


def test_who_may_waive() -> None:
    assert roles_that_may(CASES[0], given) == {Role.LEADER}


@pytest.mark.parametrize(
    ("report_at", "waive_at", "late"),
    [
        (None, "2026-11-20 09:00", False),
        (None, "2026-11-27 09:00", True),
        ("2026-11-24 09:00", "2026-11-27 09:00", False),
        ("2026-11-26 09:00", "2026-11-27 09:00", True),
    ],
)
def test_whether_it_was_late_stays_known(report_at: str | None, waive_at: str, late: bool) -> None:
    desk = Desk(content())
    desk.do(acknowledge())
    if report_at is not None:
        desk.do(reported(), at=local_time(report_at))
    desk.do(given(), at=local_time(waive_at))
    assignment = desk.state.assignments["1.1"]
    assert (assignment.status, assignment.released_overdue) == ("waived", late)
    assert [(one.kind, one.unit) for one in desk.notices()][-1] == ("waived", "unit-a")
