"""delegate: in writing, dated, never passed on, never in a circle."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    acknowledge,
    command,
    directive,
    directive_json,
    head_of,
    issue,
    local_time,
    officer_of,
    report,
    someone,
)
from tests.support.desk import Desk
from tests.support.table import Case, roles_that_may

HEAD = head_of("unit-a")
DEPUTY = someone(Role.UNIT_HEAD, "unit-a", "deputy of unit-a")


def delegate(actor: Actor = HEAD, **fields: Any) -> Command:
    said = {
        "principal": HEAD.person,
        "for_role": "unit_head",
        "for_unit": "unit-a",
        "delegate": DEPUTY.person,
        "start": "2026-11-02",
        "end": "2026-11-06",
        "document": "12/QĐ",
    }
    return command("delegate", actor, **{**said, **fields})


def for_head(**fields: Any) -> Command:
    return acknowledge(by=DEPUTY, on_behalf_of=HEAD.person, **fields)


OPERATOR = someone(Role.OPERATOR)
CASES = [
    Case(name="own powers", command=delegate, yields=("DelegationRegistered",), again=Code.NOTHING_CHANGED),
    Case(name="by a document", command=lambda: delegate(OPERATOR), yields=("DelegationRegistered",)),
    Case(name="of another", command=lambda: delegate(head_of("unit-b")), refused=Code.NOT_PRINCIPAL),
    Case(name="of another role", command=lambda: delegate(for_role="leader"), refused=Code.NOT_PRINCIPAL),
    Case(name="unknown unit", command=lambda: delegate(OPERATOR, for_unit="unit-z"), refused=Code.UNKNOWN_UNIT),
    Case(
        name="passed on",
        given=[delegate],
        command=lambda: delegate(DEPUTY, on_behalf_of=HEAD.person, delegate="third"),
        refused=Code.DELEGATION_PASSED_ON,
    ),
    Case(
        name="in a circle",
        given=[delegate],
        command=lambda: delegate(DEPUTY, principal=DEPUTY.person, delegate=HEAD.person),
        refused=Code.DELEGATION_CIRCLE,
    ),
    Case(
        name="in a longer circle",
        given=[delegate, lambda: delegate(OPERATOR, principal=DEPUTY.person, delegate="third")],
        command=lambda: delegate(OPERATOR, principal="third", delegate=HEAD.person),
        refused=Code.DELEGATION_CIRCLE,
    ),
    Case(
        name="the other way round at another time",
        given=[delegate],
        command=lambda: delegate(
            DEPUTY, principal=DEPUTY.person, delegate=HEAD.person, start="2026-11-07", end="2026-11-08"
        ),
        yields=("DelegationRegistered",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_delegate(case: Case) -> None:
    case.check()


def test_who_may_delegate() -> None:
    assert roles_that_may(CASES[0], delegate) == {Role.UNIT_HEAD, Role.LEADER, Role.OPERATOR}


def test_the_event_says_who_for_whom() -> None:
    desk = Desk()
    desk.do(delegate())
    [event] = desk.do(for_head())
    assert (event.actor.person, event.on_behalf_of) == (DEPUTY.person, HEAD.person)


@pytest.mark.parametrize(
    ("when", "code"),
    [("2026-11-02 09:00", None), ("2026-11-06 23:59", None), ("2026-11-07 00:00", Code.NO_DELEGATION)],
)
def test_it_holds_to_the_end_of_its_last_day(when: str, code: Code | None) -> None:
    desk = Desk()
    desk.do(delegate())
    assert desk.one(for_head(), at=local_time(when)).code is code


def test_it_does_not_hold_before_its_first_day() -> None:
    desk = Desk()
    desk.do(delegate(start="2026-11-03"))
    assert desk.one(for_head()).code is Code.NO_DELEGATION


def test_limited_to_some_commands_it_covers_no_others() -> None:
    desk = Desk()
    desk.do(delegate(commands=["approve"]))
    assert desk.one(for_head()).code is Code.NO_DELEGATION


@pytest.mark.parametrize("writer", [HEAD.person, DEPUTY.person])
def test_neither_principal_nor_delegate_approves_what_one_of_them_wrote(writer: str) -> None:
    desk = Desk()
    desk.do(delegate(), acknowledge())
    desk.do(report(by=officer_of("unit-a").model_copy(update={"person": writer})))
    approval = command("approve", DEPUTY, on_behalf_of=HEAD.person, item="1")
    assert desk.one(approval).code is Code.OWN_REPORT


def test_a_directive_brings_its_directorys_delegations_along_unless_they_go_in_a_circle() -> None:
    said = {"role": "unit_head", "unit": "unit-a", "start": "2026-11-02", "end": "2026-11-06", "document": "12/QĐ"}
    there = {**said, "principal": HEAD.person, "delegate": DEPUTY.person}
    back = {**said, "principal": DEPUTY.person, "delegate": HEAD.person}
    book = directive_json()["directory"]
    desk = Desk(directive(directory={**book, "delegations": [there]}))
    desk.do(for_head())
    refused = Desk.first(issue(directive(directory={**book, "delegations": [there, back]})))
    assert refused.code is Code.DELEGATION_CIRCLE
