"""send: JSON from elsewhere, sensible or not."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.console.conftest import Issue
from tests.support.service import command
from tests.support.typed import Said, Type

Send = Callable[..., Said]


@pytest.fixture
def send(cli: Type, tmp_path: Path) -> Send:
    """Send the content of a file."""

    def do(one: str, content: object, *options: str) -> Said:
        file = tmp_path / "commands.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return cli("send", one, "--file", str(file), *options)

    return do


def test_a_list_is_decided_in_order_and_one_refusal_makes_exit_1(send: Send, issued: Issue) -> None:
    one = issued("unit-a")
    commands = [
        command("acknowledge", "unit-a"),
        command("acknowledge", "unit-a"),
        command("progress", "unit-a", percent=9),
    ]
    said = send(one, commands, "--json")
    assert said.code == 1
    assert [outcome["outcome"] for outcome in said.json] == ["done", "refused", "done"]
    assert said.err.startswith("some_refused: ")
    assert said.err.count("\n") == 1


def test_an_atomic_list_is_done_or_not_done_as_a_whole(send: Send, issued: Issue, cli: Type) -> None:
    one = issued("unit-a")
    commands = [command("acknowledge", "unit-a"), command("approve", "unit-a")]
    assert send(one, {"commands": commands, "atomic": True}).code == 1
    assert cli("show", one, "--json").json["directive"]["acknowledged"] == 0


def test_commands_without_an_id_can_be_sent_again_all_the_same(send: Send, issued: Issue, cli: Type) -> None:
    one = issued("unit-a")
    commands = [command("acknowledge", "unit-a"), command("progress", "unit-a", percent=9)]
    for each in commands:
        del each["command_id"]
    first = send(one, commands, "--json", "--command-id", f"twice/{one.partition('/')[2]}")
    again = send(one, commands, "--json", "--command-id", f"twice/{one.partition('/')[2]}")
    assert first.code == 0
    assert again == first
    told = [event["type"] for event in cli("history", one, "--json").json]
    assert (told.count("Acknowledged"), told.count("ProgressReported")) == (1, 1)


def test_a_command_id_that_was_typed_counts_more_than_the_files(send: Send, issued: Issue) -> None:
    one = issued("unit-a")
    said = send(one, command("acknowledge", "unit-a"), "--json", "--command-id", f"typed/{one.partition('/')[2]}")
    assert said.json["command_id"] == f"typed/{one.partition('/')[2]}"


def test_one_command_is_answered_by_one_outcome(send: Send, issued: Issue) -> None:
    one = issued("unit-a")
    said = send(one, command("acknowledge", "unit-a"), "--json")
    assert (said.code, said.json["outcome"]) == (0, "done")
    assert "đã tiếp nhận" not in said.out


def test_standard_input_is_a_file_as_well(
    cli: Type, issued: Issue, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one = issued("unit-a")
    file = tmp_path / "in.json"
    file.write_text(json.dumps(command("acknowledge", "unit-a")), encoding="utf-8")
    with file.open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert cli("send", one, "--file", "-").code == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("nope", "unreadable"),
        ("", "unreadable"),
        ("null", "unreadable"),
        ("7", "unreadable"),
        ("[]", "invalid_field"),
        ("[null]", "some_refused"),
        ('{"type": "dance"}', "unknown_type"),
        ('{"type": "acknowledge"}', "invalid_field"),
        (
            '{"type": "acknowledge", "actor": {"person": "a\\u0000b", "role": "unit_head", "unit": "unit-a"}}',
            "invalid_field",
        ),
        (
            '{"type": "acknowledge", "actor": {"person": "\\ud800", "role": "unit_head", "unit": "unit-a"}}',
            "unreadable",
        ),
        (json.dumps({"type": "report", "text": "x" * 1_500_000}), "too_large"),
        (json.dumps([{"type": "dance"}] * 501), "too_many"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)
def test_bad_input_gets_its_answer_and_the_directive_lives_on(
    send: Send, issued: Issue, content: str, code: str
) -> None:
    one = issued("unit-a")
    said = send(one, content)
    assert (said.code, said.err.partition(":")[0]) == (1, code)
    assert said.err.count("\n") == 1
    assert send(one, command("acknowledge", "unit-a")).code == 0
