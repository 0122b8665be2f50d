"""apply_directory: names, addresses and delegations of a newer edition; whoever holds what goes on holding it."""

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import OPERATOR, Json, accept, acknowledge, close, head_of, someone, unit_json
from tests.support.desk import Desk
from tests.support.steps import PAPER, content, directory_applied, recall, reported
from tests.support.table import Case, roles_that_may

ALONE = ("DirectoryApplied",)


def given(actor: Actor = OPERATOR) -> Command:
    return directory_applied(actor=actor)


def delegation(principal: str = "head of unit-a", delegate: str = "deputy") -> Json:
    return {
        "principal": principal,
        "role": "unit_head",
        "unit": "unit-a",
        "delegate": delegate,
        "start": "2026-11-01",
        "end": "2026-11-30",
        "document": "12/QĐ-SNV",
    }


def delegated(*delegations: Json) -> Command:
    return directory_applied(unit_json("unit-a"), delegations=list(delegations or (delegation(),)))


CASES = [
    Case(name="a new name", content=content, command=given, yields=ALONE, again=()),
    Case(
        name="a new address",
        content=content,
        command=lambda: directory_applied({**unit_json("unit-a"), "email": "moi@example.invalid"}),
        yields=ALONE,
        again=(),
    ),
    Case(name="nothing new", content=content, command=lambda: directory_applied(unit_json("unit-a")), again=()),
    Case(name="of others alone", content=content, command=lambda: directory_applied(unit_json("unit-z")), again=()),
    Case(name="a delegation", content=content, command=delegated, yields=ALONE, again=()),
    Case(
        name="delegations in a circle",
        content=content,
        given=[delegated],
        command=lambda: delegated(delegation("deputy", "head of unit-a")),
        refused=Code.DELEGATION_CIRCLE,
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
def test_apply_directory(case: Case) -> None:
    case.check()


def test_who_may_apply_directory() -> None:
    assert roles_that_may(CASES[0], given) == {Role.OPERATOR}


def test_only_what_differs_of_the_units_of_the_directive_is_written_down_with_the_edition_and_the_paper() -> None:
    desk = Desk(content())
    held = {key: one.unit for key, one in desk.state.assignments.items()}
    new = {**unit_json("unit-a"), "name": "Sở mới"}
    [applied] = desk.do(directory_applied(new, unit_json("office"), unit_json("unit-z")))
    assert [unit.id for unit in applied.data.units] == ["unit-a"]
    assert (applied.data.version, applied.data.sha256) == ("2", "1" * 64)
    assert applied.data.document.notation == PAPER["notation"]
    assert desk.state.units["unit-a"].name == "Sở mới"
    assert desk.state.units.keys() == {"office", "unit-a"}
    assert {key: one.unit for key, one in desk.state.assignments.items()} == held


def test_a_delegate_acts_from_then_on() -> None:
    desk = Desk(content())
    deputy = someone(Role.UNIT_HEAD, "unit-a", "deputy")
    asks = {"by": deputy, "on_behalf_of": head_of("unit-a").person}
    assert desk.one(acknowledge(**asks)).code is Code.NO_DELEGATION
    desk.do(delegated())
    desk.do(acknowledge(**asks))
