"""recall: frozen at once; each unit answers, or is silent past the policy's days."""

from typing import Any

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
    head_of,
    local_time,
    progress,
    refuse,
    report,
)
from tests.support.desk import Desk
from tests.support.table import Case, roles_that_may

AFTER = local_time("2026-11-06 00:00")
"""Three working days after Monday 2 November: the end of Thursday."""


def recall(actor: Actor = LEADER, **fields: Any) -> Command:
    return command("recall", actor, **{"reason": "ban hành nhầm", **fields})


def agree(unit: str) -> Command:
    return command("agree_recall", head_of(unit))


def keep(unit: str) -> Command:
    return command("refuse_recall", head_of(unit), reason="đã ký hợp đồng")


def done(unit: str) -> list[Any]:
    return [
        lambda: acknowledge(unit),
        lambda: report(unit, by=head_of(unit)),
        lambda: accept(unit),
    ]


CASES = [
    Case(name="in force", command=recall, yields=("DirectiveRecalled",), again=Code.DIRECTIVE_FROZEN),
    Case(name="closed", given=[*done("unit-a"), *done("unit-b"), close], command=recall, yields=("DirectiveRecalled",)),
    Case(name="twice", given=[recall], command=recall, refused=Code.DIRECTIVE_FROZEN),
    Case(
        name="after all agreed",
        given=[recall, lambda: agree("unit-a"), lambda: agree("unit-b")],
        command=recall,
        refused=Code.DIRECTIVE_ENDED,
    ),
    Case(
        name="again after one refused",
        given=[recall, lambda: agree("unit-a"), lambda: keep("unit-b")],
        command=recall,
        yields=("DirectiveRecalled",),
    ),
    Case(
        name="nobody is bound any more",
        given=[
            lambda: refuse("unit-a"),
            lambda: refuse("unit-b"),
            lambda: command("agree_refusal", LEADER, unit="unit-a"),
            lambda: command("agree_refusal", LEADER, unit="unit-b"),
        ],
        command=recall,
        refused=Code.NOTHING_CHANGED,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_recall(case: Case) -> None:
    case.check()


def test_who_may_recall() -> None:
    assert roles_that_may(CASES[0], recall) == {Role.LEADER}


@pytest.mark.parametrize("late", [progress, report, acknowledge, refuse, accept, close])
def test_while_units_are_asked_nothing_moves(late: Any) -> None:
    desk = Desk()
    desk.do(acknowledge(), recall())
    assert desk.one(late()).code is Code.DIRECTIVE_FROZEN


def test_silence_past_the_days_of_the_policy_counts_as_agreed_and_ends_the_directive() -> None:
    desk = Desk()
    desk.do(recall(), agree("unit-a"))
    assert [event.data.type for event in desk.wait_until(AFTER)] == ["RecallUnanswered"]
    assert (desk.state.receipts["unit-a"].recall, desk.state.receipts["unit-b"].recall) == ("agreed", "silent")
    assert (desk.state.phase, desk.state.ended_at) == ("recalled", AFTER)
    assert {one.status for one in desk.state.assignments.values()} == {"recalled"}


def test_no_deadline_rings_while_units_are_asked() -> None:
    desk = Desk()
    desk.do(recall())
    assert desk.wait_until(AFTER.replace(minute=0) - (AFTER - local_time("2026-11-05 23:00"))) == []


def test_who_refuses_stays_bound_alone() -> None:
    desk = Desk()
    desk.do(acknowledge("unit-b"), recall(), keep("unit-b"))
    assert desk.one(progress("unit-b")).code is Code.DIRECTIVE_FROZEN
    desk.do(agree("unit-a"))
    assert desk.state.phase == "in_force"
    assert desk.one(progress("unit-b")).outcome == "done"
    assert desk.one(acknowledge("unit-a")).code is Code.UNIT_RELEASED


def test_what_was_accepted_stays_done() -> None:
    desk = Desk()
    desk.do(*(step() for step in done("unit-a")), recall(), agree("unit-a"), agree("unit-b"))
    assert [one.status for one in desk.state.assignments.values()] == ["accepted", "recalled"]
