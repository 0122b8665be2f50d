"""erase: words, or a name, are destroyed; what is left folds to the same, and still holds for everybody else."""

from dataclasses import replace
from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.arrival import Parcel
from domain.command import Command
from domain.commands import ADAPTER
from domain.commands.erase import WordsErased
from domain.erasure import is_placeholder, placeholder
from domain.fold import folded
from domain.refusal import Code
from domain.rejection import CommandRejected
from domain.state import DirectiveState
from tests.support.builders import (
    LEADER,
    accept,
    acknowledge,
    close,
    command,
    command_json,
    head_of,
    officer_of,
    progress,
    someone,
)
from tests.support.desk import Desk, arrival
from tests.support.shelf import Shelf
from tests.support.steps import PAPER, content, of_officer, reported
from tests.support.table import Case, roles_that_may

RECORDS = someone(Role.RECORDS_OFFICER)
GROUND = "Điều 14 Luật Bảo vệ dữ liệu cá nhân"
OFFICER = officer_of("unit-a").person
HEAD = head_of("unit-a").person


def given(actor: Actor = RECORDS, **fields: Any) -> Command:
    return command("erase", actor, **{"ground": GROUND, "document": PAPER, **fields})


def of_version(actor: Actor = RECORDS) -> Command:
    return given(actor, version=[5])


def of_person() -> Command:
    return given(person=OFFICER)


def told() -> Command:
    return progress(text="ông A bị ốm", by=officer_of("unit-a"))


BEFORE = [acknowledge, told]
CASES = [
    Case(
        name="words",
        content=content,
        given=BEFORE,
        command=lambda: given(version=[4]),
        yields=("WordsErased",),
        again=Code.ALREADY_ERASED,
    ),
    Case(
        name="a name",
        content=content,
        given=BEFORE,
        command=of_person,
        yields=("WordsErased",),
        again=Code.UNKNOWN_PERSON,
    ),
    Case(
        name="when all is over",
        content=content,
        given=[*BEFORE, reported, accept, close],
        command=of_person,
        yields=("WordsErased",),
    ),
    Case(
        name="no such version yet",
        content=content,
        given=BEFORE,
        command=lambda: given(version=[4, 9, 7]),
        refused=Code.UNKNOWN_VERSION,
        details={"versions": "7, 9"},
    ),
    Case(
        name="no words in it",
        content=content,
        given=BEFORE,
        command=lambda: given(version=[1, 3, 4]),
        refused=Code.NO_WORDS,
        details={"versions": "1, 3"},
    ),
    Case(
        name="nobody of that name",
        content=content,
        given=BEFORE,
        command=lambda: given(person="Nguyễn Văn Không"),
        refused=Code.UNKNOWN_PERSON,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_erase(case: Case) -> None:
    case.check()


def test_who_may_erase() -> None:
    assert roles_that_may(CASES[1], lambda actor: given(actor, person=OFFICER)) == {Role.RECORDS_OFFICER}


def desk() -> Desk:
    found = Desk(content())
    found.do(acknowledge(), told(), command("assign_officer", head_of("unit-a"), assignment="1.1", officer=OFFICER))
    return found


def read_again(found: Desk) -> DirectiveState:
    """The fold of what the journal holds."""
    return folded(Shelf(found.events).read())


def test_words_and_a_name_may_go_together() -> None:
    found = desk()
    [event] = found.do(given(version=[4], person=OFFICER))
    assert isinstance(event.data, WordsErased)
    assert len(event.data.texts) == 2
    assert not {OFFICER, "ông A bị ốm"} & set(Shelf(found.events).texts.values())
    assert read_again(found) == found.state


@pytest.mark.parametrize("fields", [{}, {"version": []}])
def test_somebody_or_something_has_to_be_named(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="name versions, or a person"):
        ADAPTER.validate_python(command_json("erase", RECORDS, ground=GROUND, document=PAPER, **fields), strict=False)


def test_what_is_destroyed_is_named_by_its_texts_and_the_ground_stays_for_everybody() -> None:
    found = desk()
    [event] = found.do(given(version=[4]))
    assert isinstance(event.data, WordsErased)
    assert (event.data.versions, event.data.person, event.data.ground) == ([4], None, GROUND)
    shelf = Shelf(found.events)
    assert len(event.data.texts) == 1
    assert event.data.texts[0] not in shelf.texts
    assert "ông A bị ốm" not in shelf.texts.values()
    assert GROUND in shelf.links[-1].body


def test_the_state_names_what_stands_in_the_place_of_the_person_as_the_journal_does_from_now_on() -> None:
    found = desk()
    found.do(of_officer(), command("approve", head_of("unit-a"), assignment="1.1"))
    [event] = found.do(of_person())
    assert isinstance(event.data, WordsErased)
    stand_in = placeholder(event.data.texts[0])
    assert found.state.assignments["1.1"].officer == stand_in
    assert found.state.assignments["1.1"].reports[0].persons == [stand_in, HEAD]
    assert OFFICER not in found.state.model_dump_json()
    assert read_again(found) == found.state


def test_nobody_decides_on_their_own_report_though_another_who_had_a_part_in_it_was_erased() -> None:
    found = desk()
    found.do(of_officer(), command("approve", head_of("unit-a"), assignment="1.1"), of_person())
    own = someone(Role.LEADER, person=HEAD)
    assert found.one(accept(by=own)).code is Code.OWN_REPORT
    assert found.one(accept(by=LEADER)).code is None


def test_nobody_acts_under_what_stands_in_the_place_of_a_name() -> None:
    found = desk()
    [event] = found.do(of_person())
    assert isinstance(event.data, WordsErased)
    shadow = placeholder(event.data.texts[0])
    assert is_placeholder(shadow)
    assert found.one(progress(text="x", by=someone(Role.OFFICER, person=shadow))).code is Code.ERASED_PERSON
    principal = {"on_behalf_of": shadow}
    assert found.one(command("accept", LEADER, assignment="1.1", **principal)).code is Code.ERASED_PERSON


def test_whoever_comes_back_is_somebody_new() -> None:
    found = desk()
    [first] = found.do(of_person())
    found.do(told())
    [second] = found.do(of_person())
    assert isinstance(first.data, WordsErased)
    assert isinstance(second.data, WordsErased)
    assert first.data.texts != second.data.texts
    assert OFFICER not in found.state.model_dump_json()
    assert read_again(found) == found.state


def test_a_name_that_events_of_an_earlier_release_hold_themselves_stays() -> None:
    found = desk()
    found.in_the_open = {OFFICER: (2, 4)}
    outcome = found.one(of_person())
    assert (outcome.code, outcome.details) == (Code.NAME_IN_THE_OPEN, {"versions": "2, 4"})


def test_of_a_message_that_asks_to_erase_no_digest_is_kept_that_a_name_could_be_tried_on() -> None:
    found = desk()
    for one in (of_person(), of_person()):
        found.one(one)
        assert found.known[one.command_id].digest == ""
        repeated = found.one(one)
        assert repeated == found.known[one.command_id].outcome


def test_the_refusal_tells_nobody_the_name() -> None:
    found = desk()
    found.do(of_person())
    refused = found.one(of_person())
    assert OFFICER not in refused.model_dump_json()


def test_in_one_message_the_second_time_is_refused_too() -> None:
    found = desk()
    done, refused = found.give(given(version=[4]), given(version=[4]))
    assert (done.outcome, refused.code) == ("done", Code.ALREADY_ERASED)
    done, refused = found.give(of_person(), of_person())
    assert (done.outcome, refused.code) == ("done", Code.UNKNOWN_PERSON)


def test_a_message_that_was_rejected_in_the_same_batch_says_nothing_of_the_person() -> None:
    found = desk()
    of_them, by_them, of_others = (
        command("approve", head_of("unit-b"), assignment="1.1"),
        command("approve", someone(Role.UNIT_HEAD, person=OFFICER), assignment="1.1"),
        command("approve", head_of("unit-b"), assignment="1.1"),
    )
    arrivals = [arrival(one, found.now) for one in (of_them, by_them, of_others, of_person())]
    said = arrivals[0].trace.model_copy(update={"excerpt": f"để {OFFICER} làm"})
    messages = [Parcel(arrivals=[one]) for one in (replace(arrivals[0], trace=said), *arrivals[1:])]
    events = found.run(messages).events
    rejected = [event.data for event in events if isinstance(event.data, CommandRejected)]
    assert [bool(one.trace.excerpt) for one in rejected] == [False, False, True]
    assert OFFICER not in Shelf(found.events).texts.values()
    assert folded(Shelf(found.events).read()) == found.state


def test_of_delegations_the_erased_name_goes_too() -> None:
    found = desk()
    found.do(
        command(
            "delegate", head_of("unit-a"), principal=HEAD, for_role="unit_head", for_unit="unit-a", delegate=OFFICER,
            start="2026-11-01", end="2026-12-31", document="12/GUQ",
        ),
        given(person=HEAD),
    )  # fmt: skip
    [delegation] = found.state.delegations
    assert is_placeholder(delegation.principal)
    assert delegation.delegate == OFFICER
    assert read_again(found) == found.state
