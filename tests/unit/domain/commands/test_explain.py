"""explain: why it was late."""

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
)
from tests.support.desk import Desk
from tests.support.steps import content, reported, suspended, waived
from tests.support.table import Case, roles_that_may

ACTOR = head_of("unit-a")
LATE = local_time("2026-11-27 09:00")


def given(actor: Actor = ACTOR, **fields: Any) -> Command:
    return command("explain", actor, **{"item": "1", "cause": "late_input", "text": "các xã gửi chậm", **fields})


def demanded() -> Command:
    return command("demand_explanation", LEADER, assignment="1.1", question="vì sao chậm?")


CASES = [
    Case(
        name="demanded",
        content=content,
        given=[LATE, demanded],
        command=given,
        yields=("ExplanationGiven",),
        again=Code.NO_EXPLANATION_DEMANDED,
    ),
    Case(
        name="after its day",
        content=content,
        given=[LATE, demanded, local_time("2026-12-20 09:00")],
        command=given,
        yields=("ExplanationGiven",),
    ),
    Case(
        name="after closure",
        content=content,
        given=[acknowledge, LATE, reported, demanded, accept, close],
        command=given,
        yields=("ExplanationGiven",),
    ),
    Case(
        name="late, not demanded",
        content=content,
        given=[LATE],
        command=given,
        yields=("ExplanationGiven",),
        again=Code.NO_EXPLANATION_DEMANDED,
    ),
    Case(
        name="reported late, not demanded",
        content=content,
        given=[acknowledge, LATE, reported],
        command=given,
        yields=("ExplanationGiven",),
    ),
    Case(name="not late", content=content, command=given, refused=Code.NO_EXPLANATION_DEMANDED),
    Case(
        name="reported in time",
        content=content,
        given=[acknowledge, reported, LATE],
        command=given,
        refused=Code.NO_EXPLANATION_DEMANDED,
    ),
    Case(
        name="suspended in time",
        content=content,
        given=[suspended, LATE],
        command=given,
        refused=Code.NO_EXPLANATION_DEMANDED,
    ),
    Case(
        name="waived late", content=content, given=[LATE, waived], command=given, refused=Code.NO_EXPLANATION_DEMANDED
    ),
    Case(
        name="given before it was demanded again",
        content=content,
        given=[LATE, given, demanded],
        command=given,
        yields=("ExplanationGiven",),
        again=Code.NO_EXPLANATION_DEMANDED,
    ),
    Case(
        name="of another unit",
        content=content,
        given=[LATE, demanded],
        command=lambda: given(head_of("unit-b"), item=None, assignment="1.1"),
        refused=Code.WRONG_UNIT,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_explain(case: Case) -> None:
    case.check()


def test_who_may_explain() -> None:
    assert roles_that_may(CASES[0], given) == {Role.UNIT_HEAD}


def test_the_cause_is_kept_and_the_issuer_is_told() -> None:
    desk = Desk(content())
    desk.do(demanded(), given(), at=LATE)
    [explanation] = desk.state.assignments["1.1"].explanations
    assert (explanation.cause, explanation.given_at) == ("late_input", LATE)
    assert [(one.kind, one.unit, one.about) for one in desk.notices()][-1] == ("explained", "office", "unit-a")


def test_given_without_a_demand_it_is_the_first_and_nothing_is_owed_any_more() -> None:
    desk = Desk(content())
    desk.do(given(), at=LATE)
    [explanation] = desk.state.assignments["1.1"].explanations
    assert (explanation.number, explanation.cause, explanation.given_at) == (1, "late_input", LATE)
    assert desk.state.assignments["1.1"].pending_explanation is None
