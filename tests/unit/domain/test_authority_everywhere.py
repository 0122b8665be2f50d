"""Authority whatever the state: every role, every command, in what random lives reach; and acting for another."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, Final

import pytest

from domain.actor import ISSUER_SIDE, UNIT_SIDE, Actor, Role
from domain.command import AssignmentCommand, Command, ReceiptCommand, SelectionCommand
from domain.commands import ADAPTER, COMMANDS
from domain.decide import decide
from domain.delegation import Delegation
from domain.refusal import Code, Refused
from domain.state import Assignment, DirectiveState
from tests.support.builders import (
    ISSUER,
    LEADER,
    Json,
    accept,
    acknowledge,
    command,
    directive,
    head_of,
    local_time,
    obligation,
    report,
    return_report,
    someone,
)
from tests.support.desk import Desk
from tests.support.lives import Life, reached

SEEDS: Final = range(24)
EVERY: Final = 8
"""One state in so many: neighbours differ little."""
DECIDING: Final = {"with_head": ("approve", "send_back"), "with_issuer": ("accept", "return")}


@cache
def states() -> list[tuple[Life, DirectiveState]]:
    found = []
    for seed in SEEDS:
        # A recall is over soon.
        found += [pair for at, pair in enumerate(reached(seed)) if at % EVERY == 0 or pair[1].phase == "recalling"]
    return found


def given(life: Life, state: DirectiveState, kind: str, actor: Actor, /, **said: Any) -> Command:
    fields = COMMANDS[kind].model_fields
    if issubclass(COMMANDS[kind], (AssignmentCommand, SelectionCommand)) and kind != "correct_time":
        said = {"assignment": min(state.assignments), **said}
    drawn = life.drawn(kind, state, actor, **{**life.said(kind, state), **said})
    drawn = {name: value for name, value in drawn.items() if name != "sent_at"}
    assert drawn.keys() <= fields.keys()
    return ADAPTER.validate_python(drawn, strict=False)


def answer(state: DirectiveState, one: Command, at: datetime) -> Code | None:
    """None where it is carried out."""
    try:
        decide(state, one, at)
    except Refused as refusal:
        return refusal.code
    return None


def test_the_states_are_of_every_phase() -> None:
    phases = {state.phase for _, state in states()}
    assert phases == {"in_force", "recalling", "closed", "recalled", "superseded"}


@pytest.mark.parametrize("kind", COMMANDS)
def test_a_role_that_is_not_in_the_table_is_forbidden_whatever_the_state(kind: str) -> None:
    for life, state in states():
        for role in Role:
            code = answer(state, given(life, state, kind, someone(role)), life.now)
            assert (code is Code.FORBIDDEN) == (role not in COMMANDS[kind].roles), (role, code, state.phase)


@pytest.mark.parametrize("kind", [kind for kind, one in COMMANDS.items() if ISSUER_SIDE.intersection(one.roles)])
def test_people_of_another_office_are_refused_whatever_the_state(kind: str) -> None:
    for life, state in states():
        for role in ISSUER_SIDE.intersection(COMMANDS[kind].roles):
            one = given(life, state, kind, someone(role, "unit-a"))
            assert answer(state, one, life.now) is Code.WRONG_UNIT


@pytest.mark.parametrize(
    "kind", [kind for kind, one in COMMANDS.items() if issubclass(one, (AssignmentCommand, ReceiptCommand))]
)
def test_people_of_another_unit_reach_no_assignment_and_no_receipt_whatever_the_state(kind: str) -> None:
    for life, state in states():
        for role in UNIT_SIDE.intersection(COMMANDS[kind].roles):
            one = given(life, state, kind, someone(role, "unit-z"))
            codes = {Code.WRONG_UNIT, Code.UNKNOWN_UNIT}
            out_of_phase = state.phase not in COMMANDS[kind].phases
            assert out_of_phase or answer(state, one, life.now) in codes


def waiting() -> Iterator[tuple[Life, DirectiveState, Assignment, str]]:
    for life, state in states():
        for assignment in state.assignments.values():
            kinds = DECIDING.get(assignment.status, ())
            if state.phase != "in_force" or any(one.standing != "done" for one in assignment.children.values()):
                continue
            for kind in kinds:
                yield life, state, assignment, kind


def test_nobody_decides_on_a_report_they_had_a_part_in_whether_for_themselves_or_for_another() -> None:
    seen = set()
    for life, state, assignment, kind in waiting():
        [role] = COMMANDS[kind].roles
        unit = ISSUER if role is Role.LEADER else assignment.unit
        named = {"assignment": assignment.id}
        for person in assignment.reports[-1].persons:
            own = given(life, state, kind, someone(role, unit, person), **named)
            assert answer(state, own, life.now) is Code.OWN_REPORT
            for principal, delegate in ((person, "outsider"), ("outsider", person)):
                delegated = state.model_copy(update={"delegations": [delegation(principal, delegate, role, unit)]})
                one = given(life, state, kind, someone(role, unit, delegate), **named)
                one = one.model_copy(update={"on_behalf_of": principal})
                assert answer(delegated, one, life.now) is Code.OWN_REPORT
                seen.add(kind)
        others = given(life, state, kind, someone(role, unit, "outsider"), **named)
        # Of the late, the issuer may have to hear first why.
        assert answer(state, others, life.now) in (None, Code.EXPLANATION_OWED)
    assert seen == {"approve", "send_back", "accept", "return"}


def delegation(principal: str, delegate: str, role: Role, unit: str, **more: Any) -> Delegation:
    said = {
        "principal": principal,
        "delegate": delegate,
        "role": role,
        "unit": unit,
        "start": date(2026, 11, 2),
        "end": date(2199, 1, 1),
        "document": "12/QĐ-UB",
    }
    return Delegation.model_validate({**said, **more}, strict=False)


# -- acting for another

TEMPORARY: Final[Json] = {
    "principal": LEADER.person,
    "role": "leader",
    "unit": ISSUER,
    "delegate": "deputy",
    "start": "2026-11-04",
    "end": "2026-11-10",
    "document": "12/QĐ-UB",
    "commands": ["accept", "waive"],
}
DEPUTY: Final = LEADER.model_copy(update={"person": "deputy"})


def reported(**changes: Any) -> Desk:
    content = directive(obligation("unit-a"))
    book = content.directory.model_dump(mode="json") | {"delegations": [{**TEMPORARY, **changes}]}
    desk = Desk(directive(obligation("unit-a"), directory=book))
    desk.do(acknowledge(), report(by=head_of("unit-a")))
    return desk


@pytest.mark.parametrize(
    ("at", "covered"),
    [
        ("2026-11-03 23:59", False),
        ("2026-11-04 00:00", True),
        ("2026-11-10 23:59", True),
        ("2026-11-11 00:00", False),
    ],
)
def test_a_delegate_acts_from_the_first_day_to_the_last(at: str, covered: bool) -> None:
    outcome = reported().one(accept(by=DEPUTY, on_behalf_of=LEADER.person), at=local_time(at))
    assert outcome.code is (None if covered else Code.NO_DELEGATION)


@pytest.mark.parametrize(
    ("changes", "by", "principal"),
    [
        ({}, DEPUTY, "another leader"),
        ({}, DEPUTY.model_copy(update={"person": "somebody else"}), LEADER.person),
        ({"role": "unit_head"}, DEPUTY, LEADER.person),
        ({"unit": "unit-a"}, DEPUTY, LEADER.person),
        ({"commands": ["return"]}, DEPUTY, LEADER.person),
        ({}, LEADER, "deputy"),
    ],
    ids=["another principal", "another delegate", "another role", "another unit", "another command", "the other way"],
)
def test_a_delegation_covers_its_persons_role_unit_and_commands_alone(changes: Json, by: Actor, principal: str) -> None:
    outcome = reported(**changes).one(accept(by=by, on_behalf_of=principal), at=local_time("2026-11-05 09:00"))
    assert outcome.code is Code.NO_DELEGATION
    assert outcome.details == {"person": by.person, "principal": principal}


def test_a_delegation_without_a_list_covers_all_that_the_role_may() -> None:
    at = local_time("2026-11-05 09:00")
    limited = reported().one(return_report(by=DEPUTY, on_behalf_of=LEADER.person), at=at)
    assert limited.code is Code.NO_DELEGATION
    whole = reported(commands=[]).one(return_report(by=DEPUTY, on_behalf_of=LEADER.person), at=at)
    assert whole.outcome == "done"


def test_the_event_names_the_delegate_and_the_principal() -> None:
    [event] = reported().do(accept(by=DEPUTY, on_behalf_of=LEADER.person), at=local_time("2026-11-05 09:00"))
    assert (event.actor.person, event.on_behalf_of) == ("deputy", LEADER.person)


def delegated(desk: Desk, by: Actor, delegate: str, **said: Any) -> Code | None:
    known = {
        "principal": by.person,
        "for_role": by.role,
        "for_unit": by.unit,
        "delegate": delegate,
        "start": "2026-11-02",
        "end": "2026-11-30",
        "document": "12/QĐ-UB",
    }
    envelope = {"on_behalf_of": said.pop("on_behalf_of")} if "on_behalf_of" in said else {}
    return desk.one(command("delegate", by, **{**known, **said}, **envelope)).code


def test_a_delegation_given_later_holds_and_one_that_is_revoked_does_not() -> None:
    desk = Desk(directive(obligation("unit-a")))
    desk.do(acknowledge(), report(by=head_of("unit-a")))
    assert delegated(desk, LEADER, "deputy") is None
    on_behalf = {"by": DEPUTY, "on_behalf_of": LEADER.person}
    desk.do(return_report(**on_behalf), report(by=head_of("unit-a")))
    named = {"principal": LEADER.person, "delegate": "deputy", "for_role": "leader", "for_unit": ISSUER}
    desk.do(command("revoke_delegation", LEADER, **named), at=local_time("2026-11-05 09:00"))
    assert desk.one(accept(**on_behalf)).code is Code.NO_DELEGATION


def test_a_delegate_passes_nothing_on() -> None:
    desk = Desk()
    assert delegated(desk, LEADER, "deputy") is None
    assert delegated(desk, DEPUTY, "third", principal=LEADER.person) is Code.NOT_PRINCIPAL
    passed = delegated(desk, DEPUTY, "third", principal=LEADER.person, on_behalf_of=LEADER.person)
    assert passed is Code.DELEGATION_PASSED_ON
    assert desk.one(accept(by=someone(Role.LEADER, person="third"), on_behalf_of="deputy")).code is Code.NO_DELEGATION


def test_a_chain_of_delegations_never_comes_back_to_who_began_it() -> None:
    desk = Desk()
    second, third = (someone(Role.LEADER, person=name) for name in ("second", "third"))
    assert delegated(desk, LEADER, "second") is None
    assert delegated(desk, second, "third") is None
    assert delegated(desk, third, LEADER.person) is Code.DELEGATION_CIRCLE
    assert delegated(desk, third, LEADER.person, start="2027-01-01", end="2027-01-31") is None


@pytest.mark.parametrize(
    "said",
    [{"principal": "another"}, {"for_role": "unit_head", "for_unit": "unit-a"}, {"for_unit": "unit-a"}],
    ids=["for another person", "for another role", "for another unit"],
)
def test_leaders_and_heads_delegate_their_own_powers_alone(said: Json) -> None:
    desk = Desk()
    assert delegated(desk, LEADER, "deputy", **said) is Code.NOT_PRINCIPAL
    operator = someone(Role.OPERATOR)
    of_another = {"principal": LEADER.person, "for_role": "leader", "for_unit": ISSUER}
    assert delegated(desk, operator, "deputy", **of_another) is None
