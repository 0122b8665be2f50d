"""Words and names of persons are kept apart from the events that are hashed."""

from typing import Annotated, Any, Literal
from uuid import UUID

import pytest

from activities.journal.erasable import (
    People,
    is_reference,
    names_in,
    names_of,
    names_referred_to,
    paths,
    put_back,
    references,
    seal,
    take_out,
)
from domain.base import Erasable, Fact, Narrative, Person
from domain.commands.close import DirectiveClosed
from domain.commands.progress import ProgressReported
from domain.event import EventData
from domain.events import EVENTS
from domain.rejection import CommandRejected
from tests.support.builders import acknowledge, command, head_of
from tests.support.desk import Desk

EVENT = UUID("5d2f8f3e-7a55-5c0e-9f0c-1f5f3d1f6a11")
LATER = UUID("5d2f8f3e-7a55-5c0e-9f0c-1f5f3d1f6a12")


class Part(Fact):
    """A part of an event."""

    note: Narrative
    number: int = 0


class Nested(EventData):
    """An event of every shape in which words and names can stand."""

    type: Literal["Nested"] = "Nested"
    plain: str
    word: Annotated[str, Erasable()]
    maybe: Narrative | None = None
    part: Part
    perhaps: Part | None = None
    parts: list[Part]
    words: list[Narrative]
    officer: Person | None = None
    others: list[Person] = []  # noqa: RUF012 - pydantic copies it


NESTED = {
    "plain": "stays",
    "word": "một",
    "maybe": None,
    "part": {"note": "hai", "number": 1},
    "perhaps": None,
    "parts": [{"note": "ba", "number": 2}, {"note": "bốn", "number": 3}],
    "words": ["năm", "sáu"],
    "officer": "Lê Thị C",
    "others": ["Trần Văn B", "Lê Thị C"],
}

WORDS = {"reason", "note", "text", "question", "difficulties", "proposals"}
"""Fields in which persons write freely, whatever event they stand in."""


def steps(kind: str) -> set[tuple[str, ...]]:
    return {path.steps for path in paths(EVENTS[kind]) if not path.names}


def naming(kind: str) -> set[tuple[str, ...]]:
    return {path.steps for path in paths(EVENTS[kind]) if path.names}


def enveloped(data: dict[str, Any], person: str = "system") -> dict[str, Any]:
    return {"actor": {"person": person, "role": "officer", "unit": None}, "on_behalf_of": None, "data": data}


def copied() -> dict[str, Any]:
    return enveloped(Nested.model_validate(NESTED).model_dump(mode="json", exclude={"type"}), "Trần Văn B")


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_the_words_of_persons_are_kept_apart_in_every_kind_of_event(kind: str) -> None:
    assert {("data", name) for name in EVENTS[kind].model_fields.keys() & WORDS} <= steps(kind)


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_who_gave_it_and_for_whom_is_kept_apart_in_every_kind_of_event(kind: str) -> None:
    assert {("actor", "person"), ("on_behalf_of",)} <= naming(kind)


def test_names_of_files_and_excerpts_of_garbage_are_kept_apart_too() -> None:
    assert ("data", "evidence", "*", "name") in steps("EvidenceAttached")
    assert steps("CommandRejected") == {("data", "trace", "excerpt")}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("OfficerAssigned", ["officer"]),
        ("DelegationRegistered", ["principal", "delegate"]),
        ("DelegationRevoked", ["principal", "delegate"]),
        ("DirectoryApplied", ["delegations.*.principal", "delegations.*.delegate"]),
        (
            "DirectiveIssued",
            [
                "directive.document.signed_by",
                "directive.directory.delegations.*.principal",
                "directive.directory.delegations.*.delegate",
            ],
        ),
        ("CommandRejected", ["details.person", "details.principal", "details.delegate", "trace.sender"]),
        ("WordsErased", ["person"]),
    ],
)
def test_names_of_persons_are_kept_apart_wherever_an_event_has_them(kind: str, fields: list[str]) -> None:
    assert naming(kind) - {("actor", "person"), ("on_behalf_of",)} == {("data", *one.split(".")) for one in fields}


def test_words_are_found_in_parts_in_lists_and_where_there_may_be_none() -> None:
    assert [".".join(path.steps) for path in paths(Nested)] == [
        "actor.person", "on_behalf_of", "data.word", "data.maybe", "data.part.note", "data.perhaps.note",
        "data.parts.*.note", "data.words.*", "data.officer", "data.others.*",
    ]  # fmt: skip


def test_what_is_taken_out_and_put_back_is_what_it_was() -> None:
    envelope = copied()
    taken = take_out(envelope, Nested, EVENT, {})
    said = ["Trần Văn B", "một", "hai", "ba", "bốn", "năm", "sáu", "Lê Thị C"]
    assert [one.content for one in taken] == said
    assert not [one for one in said if repr(one) in str(envelope)]
    put_back(envelope, {one.id: one.content for one in taken})
    assert envelope == copied()


def test_in_the_place_of_words_stand_an_id_and_a_digest_under_a_key_of_their_own() -> None:
    envelope = copied()
    taken = take_out(envelope, Nested, EVENT, {})
    assert envelope["data"]["plain"] == "stays"
    assert envelope["data"]["maybe"] is None
    assert is_reference(envelope["data"]["word"])
    assert references(envelope) == {one.id: seal(one.key, one.content) for one in taken}
    assert len({one.key for one in taken}) == len(taken)
    assert len({one.id for one in taken}) == len(taken)


def test_a_person_stands_behind_one_text_in_all_events_of_a_directive() -> None:
    first, second, people = copied(), copied(), People()
    kept = [one for one in take_out(first, Nested, EVENT, people) if one.person]
    assert [one.content for one in kept] == ["Trần Văn B", "Lê Thị C"]
    assert not [one for one in take_out(second, Nested, LATER, people) if one.person]
    assert first["actor"]["person"] == second["actor"]["person"] == people["Trần Văn B"]
    assert first["data"]["others"] == [people["Trần Văn B"], people["Lê Thị C"]]
    assert names_referred_to(second, Nested) == {one.id for one in kept}


def test_in_two_directives_nobody_can_tell_that_it_is_the_same_person() -> None:
    here, there = People(), People()
    take_out(copied(), Nested, EVENT, here)
    take_out(copied(), Nested, LATER, there)
    assert here.keys() == there.keys()
    for name in here:
        assert here[name]["$text"] != there[name]["$text"]
        assert here[name]["hmac"] != there[name]["hmac"]


def test_the_system_is_nobody_and_stands_as_it_is() -> None:
    envelope = enveloped({"note": None})
    assert take_out(envelope, DirectiveClosed, EVENT, {}) == []
    assert envelope == enveloped({"note": None})
    assert references(envelope) == {}
    assert names_in(envelope, DirectiveClosed) == set()


def test_names_that_stand_in_an_event_of_an_earlier_release_are_found_and_left_where_they_are() -> None:
    old = copied()
    assert names_in(old, Nested) == {"Trần Văn B", "Lê Thị C"}
    put_back(old, {})
    assert old == copied()


def test_everybody_whom_a_batch_names_is_looked_up_and_nobody_else() -> None:
    desk = Desk()
    events = desk.do(
        acknowledge(), command("assign_officer", head_of("unit-a"), assignment="1.1", officer="Phạm Thị D")
    )
    assert names_of(events) == {"head of unit-a", "Phạm Thị D"}
    assert names_of(desk.events) == {"clerk of office", "head of unit-a", "Phạm Thị D"}


def test_the_same_words_under_two_keys_cannot_be_told_to_be_the_same() -> None:
    first, second = (enveloped({"percent": 1, "text": "trùng"}) for _ in range(2))
    [one] = take_out(first, ProgressReported, EVENT, {})
    [two] = take_out(second, ProgressReported, EVENT, {})
    assert one.id == two.id
    assert first["data"]["text"]["hmac"] != second["data"]["text"]["hmac"]
    assert seal(one.key, "khác") != first["data"]["text"]["hmac"]


def test_missing_words_are_no_silence() -> None:
    envelope = enveloped({"note": "xong"})
    take_out(envelope, DirectiveClosed, EVENT, {})
    with pytest.raises(KeyError):
        put_back(envelope, {})


def test_an_excerpt_deep_in_a_rejection_is_taken_out_and_so_is_who_sent_it() -> None:
    trace = {"excerpt": "Nguyễn Văn A", "size": 3, "sender": "Nguyễn Văn A"}
    envelope = enveloped({"code": "own_report", "details": {"person": "Lê Thị C", "assignment": "1.1"}, "trace": trace})
    sender, other, excerpt = sorted(
        take_out(envelope, CommandRejected, EVENT, {}), key=lambda one: (not one.person, one.content)
    )
    assert (sender.content, other.content, excerpt.content) == ("Lê Thị C", "Nguyễn Văn A", "Nguyễn Văn A")
    assert "Nguyễn" not in str(envelope)
    assert envelope["data"]["details"]["assignment"] == "1.1"


@pytest.mark.parametrize("value", ["words", None, 1, [], {}, {"hmac": "00"}])
def test_only_a_reference_is_one(value: object) -> None:
    assert not is_reference(value)
