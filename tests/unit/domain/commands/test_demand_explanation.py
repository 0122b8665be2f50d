"""demand_explanation: why is it late?"""

from collections.abc import Callable
from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.alarms import next_alarm
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    LEADER,
    Json,
    accept,
    acknowledge,
    by,
    command,
    head_of,
    local_time,
)
from tests.support.desk import Desk
from tests.support.steps import content, open_end, reported, suspended, waived
from tests.support.table import Case, roles_that_may

LATE = local_time("2026-11-27 09:00")


def given(actor: Actor = LEADER, **fields: Any) -> Command:
    return command("demand_explanation", actor, **{"assignment": "1.1", "question": "vì sao chậm?", **fields})


def explained() -> Command:
    return command("explain", head_of("unit-a"), item="1", cause="resources", text="thiếu người")


CASES = [
    Case(
        name="overdue",
        content=content,
        given=[LATE],
        command=given,
        yields=("ExplanationDemanded",),
        again=Code.EXPLANATION_PENDING,
    ),
    Case(
        name="done late",
        content=content,
        given=[acknowledge, LATE, reported, accept],
        command=given,
        yields=("ExplanationDemanded",),
    ),
    Case(
        name="reported late",
        content=content,
        given=[acknowledge, LATE, reported],
        command=given,
        yields=("ExplanationDemanded",),
    ),
    Case(
        name="suspended when late",
        content=content,
        given=[LATE, suspended],
        command=given,
        yields=("ExplanationDemanded",),
    ),
    Case(
        name="once more after an answer",
        content=content,
        given=[LATE, given, explained],
        command=given,
        yields=("ExplanationDemanded",),
    ),
    Case(name="in time", content=content, command=given, refused=Code.NOT_OVERDUE),
    Case(
        name="done in time",
        content=content,
        given=[acknowledge, reported, accept, LATE],
        command=given,
        refused=Code.NOT_OVERDUE,
    ),
    Case(name="no deadline", content=open_end, given=[LATE], command=given, refused=Code.NOT_OVERDUE),
    Case(name="waived", content=content, given=[LATE, waived], command=given, refused=Code.RELEASED),
    Case(
        name="a day that is past",
        content=content,
        given=[LATE],
        command=lambda: given(by=by("2026-11-26")),
        refused=Code.DEADLINE_PAST,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_demand_explanation(case: Case) -> None:
    case.check()


def test_who_may_demand_explanation() -> None:
    assert roles_that_may(CASES[0], given) == {Role.LEADER}


@pytest.mark.parametrize(
    ("day", "due"),
    [(None, "2026-12-03 00:00"), (by("2026-12-08"), "2026-12-09 00:00")],
    ids=["policy", "named"],
)
def test_it_is_due_after_the_policys_working_days_unless_a_day_is_named(day: Json | None, due: str) -> None:
    desk = Desk(content())
    desk.do(given(by=day), at=LATE)
    assert desk.state.assignments["1.1"].explanations[0].due == local_time(due)
    assert [one.kind for one in desk.notices()][-1] == "explanation_demanded"


@pytest.mark.parametrize("then", [(), (acknowledge, reported, accept), (suspended,)], ids=["open", "done", "suspended"])
def test_an_explanation_that_is_owed_rings_once_however_the_work_stands(
    then: tuple[Callable[[], Command], ...],
) -> None:
    desk = Desk(content())
    desk.do(given(), *(step() for step in then), at=LATE)
    due = local_time("2026-12-03 00:00")
    assert next_alarm(desk.state) == due
    assert [one.data.type for one in desk.wait_until(due)] == ["ExplanationDeadlinePassed"]
    assert [(one.kind, one.unit, one.about) for one in desk.notices()] == [("explanation_passed", "office", "unit-a")]
    assert next_alarm(desk.state) is None


def test_nothing_rings_once_it_is_given() -> None:
    desk = Desk(content())
    desk.do(given(), explained(), at=LATE)
    assert next_alarm(desk.state) is None
