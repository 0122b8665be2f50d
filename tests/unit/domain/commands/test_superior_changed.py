"""superior_changed: what became of the assignment above."""

from typing import Any

import pytest

from domain.actor import SYSTEM, Actor, Role
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import by, command, directive, obligation
from tests.support.desk import Desk
from tests.support.table import Case, roles_that_may

EARLIER = "2026-11-10T17:00:00Z"


def changed(actor: Actor = SYSTEM, **fields: Any) -> Command:
    said = {"kind": "deadline", "superior_version": 90, "deadline": EARLIER}
    return command("superior_changed", actor, **{**said, **fields})


def below() -> Desk:
    """Under an assignment that is due on 25 November; its own is due on the 20th."""
    above = Desk(directive(obligation("unit-a", deadline=by("2026-11-25"))))
    content = directive(
        obligation("unit-b", deadline=by("2026-11-20")),
        document={"issuer": "unit-a", "code_number": "5"},
        informed=["unit-a"],
        under={"stream": above.stream, "assignment": "1.1"},
    )
    return Desk(content, above=above.state)


CASES = [Case(name="under nobody", command=changed, refused=Code.UNKNOWN_SUPERIOR)]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_superior_changed(case: Case) -> None:
    case.check()


@pytest.mark.parametrize(
    ("fields", "events"),
    [
        ({}, ["SuperiorDeadlineChanged", "DeadlineSet"]),
        ({"deadline": "2026-11-22T17:00:00Z"}, ["SuperiorDeadlineChanged"]),
        ({"deadline": None}, ["SuperiorDeadlineChanged"]),
        ({"kind": "released", "deadline": None}, ["SuperiorReleased"]),
        ({"kind": "recalled", "deadline": None}, ["DirectiveRecalled"]),
        ({"superior_version": 1}, []),
    ],
)
def test_what_comes_of_it_and_only_once(fields: dict[str, Any], events: list[str]) -> None:
    desk = below()
    assert [event.data.type for event in desk.do(changed(**fields))] == events
    assert desk.do(changed(**fields)) == []


def test_who_may_tell_of_the_superior() -> None:
    assert roles_that_may(CASES[0], changed) == {Role.SYSTEM}


def test_nobody_is_bound_beyond_the_window_and_the_first_deadline_stays_known() -> None:
    desk = below()
    first = desk.state.assignments["1.1"].settings[0]
    desk.do(changed())
    assignment = desk.state.assignments["1.1"]
    assert assignment.deadline is not None
    assert assignment.deadline.isoformat() == "2026-11-10T17:00:00+00:00"
    assert assignment.settings[0] == first
