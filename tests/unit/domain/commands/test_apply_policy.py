"""apply_policy: what is laid down anew holds from now on; what was granted or demanded stays."""

import pytest

from domain.actor import Actor, Role
from domain.alarms import next_alarm
from domain.command import Command
from domain.commands.deadlines_moved import AcknowledgementDeadlineSet
from domain.policy import Policy
from domain.refusal import Code
from tests.support.builders import (
    OPERATOR,
    QUIET,
    accept,
    acknowledge,
    close,
    delivered,
    ladder,
    local_time,
    refuse,
)
from tests.support.desk import Desk
from tests.support.steps import (
    PAPER,
    content,
    open_end,
    policy_applied,
    recall,
    reported,
)
from tests.support.table import Case, roles_that_may

ALONE = ("PolicyApplied",)


def given(actor: Actor = OPERATOR) -> Command:
    """Three working days to acknowledge."""
    return policy_applied(actor, acknowledge_working_days=3)


CASES = [
    Case(name="nobody has received", content=content, command=given, yields=ALONE, again=()),
    Case(
        name="time to acknowledge runs",
        content=content,
        given=[delivered],
        command=given,
        yields=(*ALONE, "AcknowledgementDeadlineSet"),
        again=(),
    ),
    Case(name="acknowledged", content=content, given=[delivered, acknowledge], command=given, yields=ALONE),
    Case(name="refused by the unit", content=content, given=[delivered, refuse], command=given, yields=ALONE),
    Case(name="the policy that it has", content=content, command=policy_applied, again=()),
    Case(name="its own", content=content, command=lambda: policy_applied(issuer="office"), yields=ALONE, again=()),
    Case(
        name="of another issuer",
        content=content,
        command=lambda: policy_applied(issuer="unit-a"),
        refused=Code.WRONG_UNIT,
        details={"unit": "unit-a", "issuer": "office"},
    ),
    Case(name="recalling", content=content, given=[recall], command=given, yields=ALONE),
    Case(
        name="closed",
        content=content,
        given=[acknowledge, reported, accept, close],
        command=given,
        refused=Code.DIRECTIVE_CLOSED,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_apply_policy(case: Case) -> None:
    case.check()


def test_who_may_apply_policy() -> None:
    assert roles_that_may(CASES[0], given) == {Role.OPERATOR}


def test_it_names_the_policy_until_now_the_new_one_and_the_paper() -> None:
    desk = Desk(content())
    [applied] = desk.do(policy_applied(acknowledge_working_days=3))
    after = Policy.model_validate({**QUIET, "acknowledge_working_days": 3}, strict=False)
    assert (applied.data.sha256, applied.data.policy) == (after.sha256(), after)
    assert applied.data.before_sha256 == content().policy.sha256()
    assert applied.data.document.notation == PAPER["notation"]
    assert desk.state.policy == after


def test_a_longer_time_to_acknowledge_is_given_to_those_who_have_not_answered() -> None:
    desk = Desk(open_end())
    desk.do(delivered())
    _, moved = desk.do(given())
    assert isinstance(moved.data, AcknowledgementDeadlineSet)
    assert (moved.data.before, moved.data.instant) == (local_time("2026-11-04 00:00"), local_time("2026-11-06 00:00"))
    assert moved.data.cause == "policy"


def test_a_shorter_time_to_acknowledge_makes_nobody_late() -> None:
    desk = Desk(open_end())
    desk.do(delivered(), at=local_time("2026-11-03 09:00"))
    [applied] = desk.do(policy_applied(acknowledge_working_days=0))
    assert applied.data.type == "PolicyApplied"
    assert desk.state.receipts["unit-a"].acknowledge_by == local_time("2026-11-04 00:00")


def test_no_deadline_of_the_work_moves_but_its_ladder_is_another_one() -> None:
    desk = Desk(content())
    assert next_alarm(desk.state) == local_time("2026-11-26 00:00")
    desk.do(policy_applied(ladder=ladder(-3), remind_at="09:30"))
    assert desk.state.assignments["1.1"].deadline == local_time("2026-11-26 00:00")
    assert next_alarm(desk.state) == local_time("2026-11-20 09:30")
