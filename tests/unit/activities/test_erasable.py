"""Words of persons are kept apart from the events that are hashed."""

from typing import Annotated, Literal
from uuid import UUID

import pytest

from activities.journal.erasable import is_reference, paths, put_back, references, seal, take_out
from domain.base import Erasable, Fact, Narrative
from domain.commands.close import DirectiveClosed
from domain.commands.progress import ProgressReported
from domain.event import EventData
from domain.events import EVENTS
from domain.rejection import CommandRejected

EVENT = UUID("5d2f8f3e-7a55-5c0e-9f0c-1f5f3d1f6a11")


class Part(Fact):
    """A part of an event."""

    note: Narrative
    number: int = 0


class Nested(EventData):
    """An event of every shape in which words can stand."""

    type: Literal["Nested"] = "Nested"
    plain: str
    word: Annotated[str, Erasable()]
    maybe: Narrative | None = None
    part: Part
    perhaps: Part | None = None
    parts: list[Part]
    words: list[Narrative]


NESTED = {
    "plain": "stays",
    "word": "một",
    "maybe": None,
    "part": {"note": "hai", "number": 1},
    "perhaps": None,
    "parts": [{"note": "ba", "number": 2}, {"note": "bốn", "number": 3}],
    "words": ["năm", "sáu"],
}

WORDS = {"reason", "note", "text", "question", "difficulties", "proposals"}
"""Fields in which persons write freely, whatever event they stand in."""


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_the_words_of_persons_are_kept_apart_in_every_kind_of_event(kind: str) -> None:
    found = paths(EVENTS[kind])
    assert {(name,) for name in EVENTS[kind].model_fields.keys() & WORDS} <= set(found)


def test_names_of_files_and_excerpts_of_garbage_are_kept_apart_too() -> None:
    assert ("evidence", "*", "name") in paths(EVENTS["EvidenceAttached"])
    assert paths(CommandRejected) == (("trace", "excerpt"),)


def test_words_are_found_in_parts_in_lists_and_where_there_may_be_none() -> None:
    assert paths(Nested) == (
        ("word",), ("maybe",), ("part", "note"), ("perhaps", "note"), ("parts", "*", "note"), ("words", "*"),
    )  # fmt: skip


def copied() -> dict[str, object]:
    return Nested.model_validate(NESTED).model_dump(mode="json", exclude={"type"})


def test_what_is_taken_out_and_put_back_is_what_it_was() -> None:
    data = copied()
    taken = take_out(data, Nested, EVENT)
    assert [one.content for one in taken] == ["một", "hai", "ba", "bốn", "năm", "sáu"]
    put_back(data, Nested, {one.id: one.content for one in taken})
    assert data == copied()


def test_in_the_place_of_words_stand_an_id_and_a_digest_under_a_key_of_their_own() -> None:
    data = copied()
    taken = take_out(data, Nested, EVENT)
    assert data["plain"] == "stays"
    assert data["maybe"] is None
    assert is_reference(data["word"])
    assert references(data, Nested) == {one.id: seal(one.key, one.content) for one in taken}
    assert len({one.key for one in taken}) == len(taken)
    assert len({one.id for one in taken}) == len(taken)


def test_the_same_words_under_two_keys_cannot_be_told_to_be_the_same() -> None:
    first, second = ({"percent": 1, "text": "trùng"} for _ in range(2))
    [one] = take_out(first, ProgressReported, EVENT)
    [two] = take_out(second, ProgressReported, EVENT)
    assert one.id == two.id
    assert first["text"]["hmac"] != second["text"]["hmac"]
    assert seal(one.key, "khác") != first["text"]["hmac"]


def test_where_there_are_no_words_nothing_is_taken() -> None:
    data = {"note": None}
    assert take_out(data, DirectiveClosed, EVENT) == []
    assert data == {"note": None}
    assert references(data, DirectiveClosed) == {}


def test_missing_words_are_no_silence() -> None:
    data = {"note": "xong"}
    take_out(data, DirectiveClosed, EVENT)
    with pytest.raises(KeyError):
        put_back(data, DirectiveClosed, {})


def test_an_excerpt_deep_in_a_rejection_is_taken_out() -> None:
    data = {"code": "unreadable", "trace": {"excerpt": "Nguyễn Văn A", "size": 3}}
    [one] = take_out(data, CommandRejected, EVENT)
    assert one.content == "Nguyễn Văn A"
    assert "Nguyễn" not in str(data)


@pytest.mark.parametrize("value", ["words", None, 1, [], {}, {"hmac": "00"}])
def test_only_a_reference_is_one(value: object) -> None:
    assert not is_reference(value)
