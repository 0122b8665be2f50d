"""From the bytes that came through a door to commands, or to the reason why they are none."""

import json
import unicodedata

import pytest

from activities.reading import LIMIT, clean, is_restore, open_message
from domain.refusal import Code
from tests.support.builders import CLERK, Json, command_json, directive_json, head_of, officer_of
from tests.support.desk import Desk
from tests.support.doors import Door, message, parcels
from workflows.raw import LARGEST

ACKNOWLEDGE = command_json("acknowledge", head_of("unit-a"))
PROGRESS = command_json("progress", officer_of("unit-a"), percent=10)


def without(content: Json, *fields: str) -> Json:
    return {key: value for key, value in content.items() if key not in fields}


def refusal(*contents: object, **changes: str) -> tuple[Code | None, dict[str, str]]:
    """Code and details of the only item."""
    [item] = open_message(message(*contents, **changes)).items
    assert item.command is None
    return item.code, item.details


def test_a_command_is_read_with_its_id_and_type() -> None:
    opened = open_message(message(ACKNOWLEDGE))
    [item] = opened.items
    assert item.command is not None
    assert (item.command_id, item.type, item.code) == (ACKNOWLEDGE["command_id"], "acknowledge", None)
    assert (opened.many, opened.atomic) == (False, False)


@pytest.mark.parametrize(
    ("content", "many", "atomic"),
    [
        ([ACKNOWLEDGE, PROGRESS], True, False),
        ({"commands": [ACKNOWLEDGE, PROGRESS]}, True, False),
        ({"commands": [ACKNOWLEDGE, PROGRESS], "atomic": True}, True, True),
        ({"commands": [ACKNOWLEDGE, PROGRESS], "atomic": False}, True, False),
    ],
)
def test_a_list_is_read_as_it_stands_or_with_the_wish_for_all_or_none(
    content: object, many: bool, atomic: bool
) -> None:
    opened = open_message(message(content))
    assert [item.type for item in opened.items] == ["acknowledge", "progress"]
    assert (opened.many, opened.atomic) == (many, atomic)


@pytest.mark.parametrize(
    ("contents", "changes", "code"),
    [
        ([], {}, Code.WRONG_ARITY),
        ([{}, {}], {}, Code.WRONG_ARITY),
        ([ACKNOWLEDGE], {"name": "obey"}, Code.UNKNOWN_NAME),
        ([], {"name": "obey"}, Code.UNKNOWN_NAME),
        ([], {"door": "cancel"}, Code.CANCEL_REFUSED),
        ([b"{type: acknowledge"], {}, Code.UNREADABLE),
        ([b""], {}, Code.UNREADABLE),
        ([b"\xff\xfe\x00"], {}, Code.UNREADABLE),
        ([b"x"], {"encoding": "binary/plain"}, Code.UNREADABLE),
        ([ACKNOWLEDGE], {"encoding": ""}, Code.UNREADABLE),
        ([b'{"type": "progress", "percent": NaN}'], {}, Code.UNREADABLE),
        ([b'{"type": "progress", "percent": 1e999}'], {}, Code.UNREADABLE),
        ([b'{"type": "progress", "percent": ' + b"9" * 5000 + b"}"], {}, Code.UNREADABLE),
        ([b'{"type": "acknowledge", "\\ud800": 1}'], {}, Code.UNREADABLE),
        ([None], {}, Code.UNREADABLE),
        ([17], {}, Code.UNREADABLE),
        (["acknowledge"], {}, Code.UNREADABLE),
        ([[[]]], {}, Code.UNREADABLE),
        ([[]], {}, Code.INVALID_FIELD),
        ([{"commands": []}], {}, Code.INVALID_FIELD),
        ([{"commands": {}}], {}, Code.INVALID_FIELD),
        ([{"commands": [ACKNOWLEDGE], "atomic": "yes"}], {}, Code.INVALID_FIELD),
        ([{"commands": [ACKNOWLEDGE], "colour": "red"}], {}, Code.INVALID_FIELD),
        ([[{}] * (LIMIT + 1)], {}, Code.TOO_MANY),
        ([b"x" * (LARGEST + 1)], {}, Code.TOO_LARGE),
        ([{}], {}, Code.UNKNOWN_TYPE),
        ([{"type": "obey"}], {}, Code.UNKNOWN_TYPE),
        ([{"type": None}], {}, Code.UNKNOWN_TYPE),
        ([{"type": ["acknowledge"]}], {}, Code.UNKNOWN_TYPE),
        ([{**PROGRESS, "percent": "10"}], {}, Code.INVALID_FIELD),
        ([without(PROGRESS, "percent")], {}, Code.INVALID_FIELD),
        ([{**PROGRESS, "colour": "red"}], {}, Code.INVALID_FIELD),
        ([{**PROGRESS, "sent_at": "0001-01-01T00:00:00+07:00"}], {}, Code.INVALID_FIELD),
        ([ACKNOWLEDGE], {"door": "start"}, Code.UNREADABLE),
        ([[command_json("issue", CLERK, directive=directive_json())]], {"door": "start"}, Code.UNREADABLE),
        ([17], {"door": "start"}, Code.UNREADABLE),
        ([{}, {}], {"door": "start"}, Code.WRONG_ARITY),
    ],
)
def test_what_is_no_command_says_why(contents: list[object], changes: dict[str, str], code: Code) -> None:
    assert refusal(*contents, **changes)[0] is code


@pytest.mark.parametrize("count", [1, LIMIT])
def test_a_list_may_be_as_long_as_the_contract_says(count: int) -> None:
    assert len(open_message(message([{}] * count)).items) == count


@pytest.mark.parametrize(
    "opening", [b"[", b'{"a":', b'{"type":"acknowledge","a":['], ids=["lists", "objects", "command"]
)
@pytest.mark.parametrize("depth", [100, 190, 210, 400, 900, 980, 990, 995, 1000, 5000, 20_000])
def test_no_depth_of_nesting_breaks_the_reader(opening: bytes, depth: int) -> None:
    closing = b"]" if opening.endswith(b"[") else b"}"
    content = opening + b"[" * depth + b"]" * depth + closing + (b"}" if b"type" in opening else b"")
    [item] = open_message(message(content)).items
    assert item.code is not None


@pytest.mark.parametrize(
    ("changed", "details"),
    [
        ({"percent": 101}, {"field": "percent", "problem": "less_than_equal", "limit": "100"}),
        ({"percent": "10"}, {"field": "percent", "problem": "int_type"}),
        ({"text": "x" * 10_001}, {"field": "text", "problem": "string_too_long", "limit": "10000"}),
        ({"text": "a\x00"}, {"field": "text", "problem": "control_characters"}),
        ({"colour": "red"}, {"field": "colour", "problem": "extra_forbidden"}),
        ({"command_id": "a b"}, {"field": "command_id", "problem": "string_pattern_mismatch"}),
        ({"command_id": 17}, {"field": "command_id", "problem": "string_type"}),
        ({"actor": {**PROGRESS["actor"], "role": "king"}}, {"field": "actor.role", "problem": "enum"}),
        ({"actor": "somebody"}, {"field": "actor", "problem": "model_type"}),
        ({"sent_at": "yesterday"}, {"field": "sent_at", "problem": "datetime_parsing"}),
    ],
)
def test_a_bad_field_is_named_with_its_problem_and_the_limit_it_broke(changed: Json, details: dict[str, str]) -> None:
    code, told = refusal({**PROGRESS, **changed})
    assert code is Code.INVALID_FIELD
    assert details.items() <= told.items()


@pytest.mark.parametrize("deadline", [{"kind": "someday"}, {}, {"day": "2026-11-25"}])
def test_a_field_of_an_unknown_kind_deep_in_a_command_is_a_bad_field_not_an_unknown_command(deadline: Json) -> None:
    content = directive_json()
    content["obligations"][0]["deadline"] = deadline
    code, told = refusal(command_json("issue", CLERK, directive=content))
    assert (code, told["field"]) == (Code.INVALID_FIELD, "directive.obligations.0.deadline")


def test_an_unknown_type_is_told_as_it_was_claimed_cleaned_and_cut() -> None:
    assert refusal({"type": "obey\n\x00"}) == (Code.UNKNOWN_TYPE, {"type": "obey\ufffd\ufffd"})
    assert len(refusal({"type": "x" * 1000})[1]["type"]) == 200


class TestCommandId:
    """A command without a usable id gets the message's."""

    @pytest.mark.parametrize("id_", [None, "a b", "", 17, "x" * 201, "a#b"])
    def test_without_a_usable_id_the_messages_stands_in(self, id_: object) -> None:
        [item] = open_message(message({**ACKNOWLEDGE, "command_id": id_}, id_="message-7")).items
        assert item.command_id == "message-7"
        assert (item.command is not None) == (id_ is None)

    def test_an_id_left_out_is_as_good_as_null(self) -> None:
        [item] = open_message(message(without(ACKNOWLEDGE, "command_id"), id_="message-7")).items
        assert item.command is not None
        assert item.command.command_id == item.command_id == "message-7"

    def test_in_a_list_each_place_has_an_id_of_its_own(self) -> None:
        bare = without(ACKNOWLEDGE, "command_id")
        items = open_message(message([bare, ACKNOWLEDGE, bare], id_="message-7")).items
        assert [item.command_id for item in items] == ["message-7/0", ACKNOWLEDGE["command_id"], "message-7/2"]

    def test_a_usable_id_is_kept_even_where_the_rest_cannot_be_read(self) -> None:
        [item] = open_message(message({**PROGRESS, "percent": "10"})).items
        assert item.command_id == PROGRESS["command_id"]


class TestDigest:
    """By it a repetition is known: equal content, equal digest, however it is laid out."""

    def digest(self, content: object) -> str:
        [item] = open_message(message(content)).items
        return item.digest

    def test_order_and_blanks_do_not_matter(self) -> None:
        spread = json.dumps(dict(reversed(PROGRESS.items())), indent=4).encode()
        assert self.digest(spread) == self.digest(PROGRESS)

    def test_every_field_matters(self) -> None:
        assert self.digest({**PROGRESS, "percent": 11}) != self.digest(PROGRESS)
        assert self.digest({**PROGRESS, "text": None}) != self.digest(PROGRESS)

    def test_what_cannot_be_read_has_one_too(self) -> None:
        assert self.digest(b"{") == self.digest(b"{") != self.digest(b"[")
        assert self.digest(b'{"a": 1e999}') == self.digest(b'{"a":1e999}')


@pytest.mark.parametrize(
    ("contents", "door", "restore"),
    [
        ([], "start", True),
        ([None], "start", True),
        ([b" null\n"], "start", True),
        ([None, None], "start", False),
        ([{}], "start", False),
        ([], "signal", False),
        ([None], "update", False),
    ],
)
def test_a_start_with_nothing_but_the_id_takes_up_what_the_journal_holds(
    contents: list[object], door: Door, restore: bool
) -> None:
    assert is_restore(message(*contents, door=door)) is restore


def test_an_empty_start_without_a_payload_is_binary_null() -> None:
    assert is_restore(message(b"", door="start", encoding="binary/null"))


class TestClean:
    """Whatever came is made fit to be shown and stored."""

    @pytest.mark.parametrize(
        "noise",
        ["\x00", "\n", "\t", "\x85", "\u2028", "\u202e", "\u200f\u202a", "\u00a0", "\ud800"],
        ids=lambda noise: f"U{ord(noise[0]):04x}",
    )
    def test_no_control_character_blank_or_half_pair_is_left(self, noise: str) -> None:
        shown = clean(f"a{noise}b")
        assert shown.startswith("a")
        assert shown.endswith("b")
        assert noise not in shown
        assert shown.encode()

    def test_letters_stay(self) -> None:
        assert clean("Kính gửi: Sở Nội vụ 1680/UBND-NC") == "Kính gửi: Sở Nội vụ 1680/UBND-NC"

    @pytest.mark.parametrize("letter", ["x", "ệ", "\u0958", "\ufb1d", "\U0001d15e", unicodedata.normalize("NFD", "ệ")])
    def test_it_is_never_longer_than_the_limit_however_its_letters_are_kept(self, letter: str) -> None:
        shown = clean(letter * 300, 100)
        assert len(unicodedata.normalize("NFC", shown)) <= 100
        assert shown == unicodedata.normalize("NFC", shown)


@pytest.mark.parametrize(
    "content",
    [
        b'{"commands": [], "\\ud800": 1}',
        '{"commands": [], "\u0958": 1}'.encode(),
        ("\u0958" * 300).encode(),
        {"type": "\u0958" * 300},
        {"type": "\x00" * 300},
        {**ACKNOWLEDGE, "\u0958" * 300: 1},
        {**ACKNOWLEDGE, "actor": {**ACKNOWLEDGE["actor"], "person": "\u0958" * 50}},
        {**ACKNOWLEDGE, "expected_revision": 10**4000},
    ],
)
def test_no_message_can_make_its_own_rejection_impossible_to_record(content: object) -> None:
    desk = Desk()
    handling = desk.run(
        parcels([message(content), message(command_json("acknowledge", head_of("unit-b")), id_="message-2")])
    )
    assert handling.outcomes[1][0].outcome == "done"
    json.dumps([event.envelope() for event in desk.events], ensure_ascii=False).encode()


def test_no_name_of_a_signal_can_either() -> None:
    desk = Desk()
    desk.run(parcels([message(ACKNOWLEDGE, door="signal", name="\u0958" * 300)]))
    assert desk.events[-1].data.code is Code.UNKNOWN_NAME
