"""What stands in the place of a name, and everything that the state knows of the person."""

from uuid import UUID

import pytest

from activities.journal.erasable import _paths
from domain.erasure import forget, is_placeholder, placeholder
from domain.state import DirectiveState
from tests.support.builders import acknowledge, command, directive, head_of, obligation, officer_of, report, someone
from tests.support.desk import Desk

TEXT = UUID("1a2b3c4d-5e6f-5a7b-8c9d-0e1f2a3b4c5d")
WHO = "Trần Văn B"


def test_one_text_is_read_as_one_and_the_same_and_no_two_as_each_other() -> None:
    assert placeholder(TEXT) == "erased-1a2b3c4d5e6f"
    assert is_placeholder(placeholder(TEXT))
    assert placeholder(TEXT) != placeholder(UUID(int=TEXT.int + (1 << 100)))


@pytest.mark.parametrize("name", ["", "erased-", "erased", "erased-1a2b3c4d5e6", "erased-1A2B3C4D5E6F", WHO])
def test_other_names_are_persons(name: str) -> None:
    assert not is_placeholder(name)


def everywhere() -> DirectiveState:
    """One person in every place where the state names somebody."""
    desk = Desk(directive(obligation("unit-a"), document={"signed_by": WHO}))
    officer, head = someone("officer", person=WHO), head_of("unit-a")
    paper = {"for_role": "unit_head", "for_unit": "unit-a", "start": "2026-11-01", "end": "2026-12-31"}
    desk.do(
        acknowledge(),
        command("assign_officer", head, assignment="1.1", officer=WHO),
        command("delegate", head, principal=head.person, delegate=WHO, document="12/GUQ", **paper),
        command("delegate", someone("operator"), principal=WHO, delegate="ai khác", document="13/GUQ", **paper),
        report(by=officer),
    )
    [first] = desk.state.assignments["1.1"].reports
    first.approved_by = first.accepted_by = WHO
    return desk.state


def named(value: object, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Where a JSON value names the person. Places in lists are "*"; ids of assignments are no part of a path."""
    if isinstance(value, dict):
        inside = (
            (path if path == ("assignments",) and key == "1.1" else (*path, key), one) for key, one in value.items()
        )
    elif isinstance(value, list):
        inside = (((*path, "*"), one) for one in value)
    else:
        return {path} if value == WHO else set()
    return {one for place, inner in inside for one in named(inner, place)}


def test_the_person_is_nowhere_afterwards_and_nothing_else_is_changed() -> None:
    state = everywhere()
    marked = {steps for steps, names in _paths(DirectiveState, ()) if names}
    assert named(state.model_dump(mode="json")) == marked, "the state names persons elsewhere, too: forget them there"
    before = state.model_dump_json()
    forget(state, WHO, placeholder(TEXT))
    assert state.model_dump_json() == before.replace(WHO, placeholder(TEXT))
    forget(state, officer_of("unit-a").person, "nobody")
    assert state.model_dump_json() == before.replace(WHO, placeholder(TEXT))
