"""Every cell of the authority table: who may give which command."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

import pytest

from domain.actor import SYSTEM, Role
from domain.command import Command
from domain.commands import COMMANDS
from domain.refusal import Code
from tests.support.builders import (
    accept,
    acknowledge,
    approve,
    command,
    delivery,
    directive,
    head_of,
    obligation,
    officer_of,
    progress,
    record_delivery,
    refuse,
    report,
    return_report,
    send_back,
    someone,
)
from tests.support.desk import Desk

Make = Callable[[], Command]
MAY: Final[dict[str, set[Role]]] = {
    "issue": {Role.CLERK},
    "acknowledge": {Role.UNIT_HEAD},
    "refuse": {Role.UNIT_HEAD},
    "progress": {Role.OFFICER, Role.UNIT_HEAD},
    "report": {Role.OFFICER, Role.UNIT_HEAD},
    "approve": {Role.UNIT_HEAD},
    "send_back": {Role.UNIT_HEAD},
    "accept": {Role.LEADER},
    "return": {Role.LEADER},
    "close": {Role.LEADER},
    "record_delivery": {Role.SYSTEM},
    "assign_officer": {Role.UNIT_HEAD},
    "attach": {Role.OFFICER, Role.UNIT_HEAD},
    "request_extension": {Role.UNIT_HEAD},
    "propose_transfer": {Role.UNIT_HEAD},
    "explain": {Role.UNIT_HEAD},
    "agree_recall": {Role.UNIT_HEAD},
    "refuse_recall": {Role.UNIT_HEAD},
    "delegate": {Role.LEADER, Role.UNIT_HEAD, Role.OPERATOR},
    "revoke_delegation": {Role.LEADER, Role.UNIT_HEAD, Role.OPERATOR},
    "recommend": {Role.TRACKER},
    "urge": {Role.TRACKER, Role.CLERK},
    "escalate": {Role.TRACKER},
    "grant_extension": {Role.LEADER},
    "deny_extension": {Role.LEADER},
    "suspend": {Role.LEADER},
    "resume": {Role.LEADER},
    "agree_transfer": {Role.LEADER},
    "decline_transfer": {Role.LEADER},
    "agree_refusal": {Role.LEADER},
    "decline_refusal": {Role.LEADER},
    "demand_explanation": {Role.LEADER},
    "waive": {Role.LEADER},
    "amend": {Role.LEADER, Role.CLERK},
    "correct": {Role.CLERK, Role.LEADER},
    "supersede": {Role.LEADER},
    "recall": {Role.LEADER},
    "reopen": {Role.LEADER},
    "correct_time": {Role.LEADER},
    "reorganise": {Role.OPERATOR},
    "record_child": {Role.SYSTEM},
    "superior_changed": {Role.SYSTEM},
    "apply_calendar": {Role.OPERATOR},
    "apply_policy": {Role.OPERATOR},
    "apply_directory": {Role.OPERATOR},
    "pause": {Role.OPERATOR},
    "erase": {Role.RECORDS_OFFICER},
}
"""The rows of docs/authority.md. Written down apart from the code."""

REPORTED: Final = (acknowledge, lambda: report(by=officer_of("unit-a")))
LEFT: Final = (*REPORTED, approve)
BEFORE: Final = {
    "progress": (acknowledge,),
    "report": (acknowledge,),
    "approve": REPORTED,
    "send_back": REPORTED,
    "accept": LEFT,
    "return": LEFT,
    "close": (*LEFT, accept),
}
"""What has to have happened for a command of the ordinary way to be in place."""
ORDINARY: Final = (
    "issue", "acknowledge", "refuse", "progress", "report", "approve", "send_back", "accept", "return", "close",
    "record_delivery",
)  # fmt: skip
"""The others are carried out by tests of their own."""

BODY: Final = {
    "refuse": {"cause": "invalid", "reason": "không hợp lệ"},
    "progress": {"percent": 10, "item": "1"},
    "report": {"text": "Đã hoàn thành.", "item": "1"},
    "approve": {"item": "1"},
    "send_back": {"item": "1", "reason": "thiếu"},
    "accept": {"item": "1", "unit": "unit-a"},
    "return": {"item": "1", "unit": "unit-a", "reason": "thiếu"},
    "record_delivery": {"deliveries": [delivery()]},
}


def one_unit() -> Desk:
    return Desk(directive(obligation("unit-a")))


def prepared(kind: str) -> Desk:
    desk = one_unit()
    desk.do(*(make() for make in BEFORE.get(kind, ())))
    return desk


def given_by(kind: str, role: Role) -> Command:
    content = {"directive": directive(obligation("unit-a")).model_dump(mode="json")} if kind == "issue" else {}
    # Another person than those of the preparation: who decides on whose report has tests of its own.
    actor = someone(role, person=f"another {role}")
    return command(kind, actor, **BODY.get(kind, {}), **content)


def test_the_table_has_a_row_for_every_command() -> None:
    assert MAY.keys() == COMMANDS.keys()
    assert {kind: set(command.roles) for kind, command in COMMANDS.items()} == MAY


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", ORDINARY)
def test_a_command_is_carried_out_for_the_roles_of_its_row_and_forbidden_to_all_others(kind: str, role: Role) -> None:
    outcome = prepared(kind).one(given_by(kind, role))
    if role in MAY[kind]:
        assert outcome.outcome == "done"
    else:
        assert outcome.code is Code.FORBIDDEN
        assert outcome.details == {"role": role, "command": kind}


@pytest.mark.parametrize("kind", ["issue", "accept", "return", "close"])
def test_the_issuers_commands_are_refused_to_people_of_another_office(kind: str) -> None:
    [role] = MAY[kind]
    stranger = someone(role, "another-office")
    content = {"directive": directive(obligation("unit-a")).model_dump(mode="json")} if kind == "issue" else {}
    outcome = prepared(kind).one(command(kind, stranger, **BODY.get(kind, {}), **content))
    assert outcome.code is Code.WRONG_UNIT
    assert outcome.details == {"unit": "another-office", "issuer": "office"}


@pytest.mark.parametrize(
    "make",
    [
        lambda: acknowledge("unit-z"),
        lambda: refuse("unit-z"),
        lambda: progress("unit-z"),
        lambda: report("unit-z"),
        lambda: approve("unit-z"),
        lambda: send_back("unit-z"),
    ],
)
def test_people_of_a_unit_that_is_not_addressed_can_do_nothing(make: Make) -> None:
    outcome = one_unit().one(make())
    assert outcome.code is Code.UNKNOWN_UNIT
    assert outcome.details == {"unit": "unit-z"}


def test_a_person_without_a_unit_cannot_speak_for_one() -> None:
    nobody = head_of("unit-a").model_copy(update={"unit": None})
    assert one_unit().one(acknowledge(by=nobody)).code is Code.UNKNOWN_UNIT


@pytest.mark.parametrize("kind", ORDINARY)
def test_nobody_acts_on_behalf_of_another_who_delegated_nothing(kind: str) -> None:
    [role, *_] = sorted(MAY[kind])
    given = given_by(kind, role).model_copy(update={"on_behalf_of": "absent leader"})
    outcome = prepared(kind).one(given)
    assert outcome.code is Code.NO_DELEGATION
    assert outcome.details == {"person": f"another {role}", "principal": "absent leader"}


@pytest.mark.parametrize("kind", ORDINARY)
def test_a_proof_that_nobody_can_check_is_refused_rather_than_believed(kind: str) -> None:
    [role, *_] = sorted(MAY[kind])
    outcome = prepared(kind).one(given_by(kind, role).model_copy(update={"proof": "signature"}))
    assert outcome.code is Code.UNPROVED


@pytest.mark.parametrize("kind", [kind for kind in ORDINARY if kind not in ("issue", "record_delivery")])
def test_a_command_meant_for_another_revision_is_refused(kind: str) -> None:
    [role, *_] = sorted(MAY[kind])
    given = given_by(kind, role)
    outcome = prepared(kind).one(given.model_copy(update={"expected_revision": 2}))
    assert outcome.code is Code.STALE_REVISION
    assert outcome.details == {"expected": "2", "revision": "1"}
    current = given.model_copy(update={"expected_revision": 1})
    assert prepared(kind).one(current).outcome == "done"


@pytest.mark.parametrize(
    ("steps", "own"),
    [
        ((acknowledge, lambda: report(by=someone(Role.OFFICER, person="both"))), approve),
        ((acknowledge, lambda: report(by=someone(Role.OFFICER, person="both"))), send_back),
        ((acknowledge, lambda: report(by=someone(Role.UNIT_HEAD, person="both"))), accept),
        ((acknowledge, lambda: report(by=someone(Role.UNIT_HEAD, person="both"))), return_report),
        ((*REPORTED, lambda: approve(by=someone(Role.UNIT_HEAD, person="both"))), accept),
        ((*REPORTED, lambda: approve(by=someone(Role.UNIT_HEAD, person="both"))), return_report),
        ((acknowledge, lambda: report(by=someone(Role.OFFICER, person="both")), approve), accept),
    ],
)
def test_nobody_decides_on_a_report_that_they_submitted_or_let_go(
    steps: Sequence[Make], own: Callable[..., Command]
) -> None:
    desk = one_unit()
    desk.do(*(make() for make in steps))
    [role] = own().roles
    outcome = desk.one(own(by=someone(role, person="both")))
    assert outcome.code is Code.OWN_REPORT
    assert outcome.details == {"assignment": "1.1", "person": "both"}
    assert desk.one(own()).outcome == "done"


def test_a_name_spelt_with_combining_marks_is_the_same_person() -> None:
    desk = one_unit()
    composed, combining = (unicodedata.normalize(form, "Nguyễn Thị Huế") for form in ("NFC", "NFD"))
    assert composed != combining
    desk.do(acknowledge(), report(by=someone(Role.OFFICER, person=composed)))
    outcome = desk.one(approve(by=someone(Role.UNIT_HEAD, person=combining)))
    assert outcome.code is Code.OWN_REPORT


def test_who_wrote_an_earlier_report_may_decide_on_a_later_one_of_somebody_else() -> None:
    desk = one_unit()
    desk.do(acknowledge(), report(by=someone(Role.OFFICER, person="both")), send_back(), report())
    assert desk.one(approve(by=someone(Role.UNIT_HEAD, person="both"))).outcome == "done"


def test_the_systems_events_bear_the_systems_name() -> None:
    desk = one_unit()
    [event] = desk.do(record_delivery(delivery()))
    assert event.actor == SYSTEM
