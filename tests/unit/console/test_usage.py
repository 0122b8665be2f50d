"""What is typed, and what is answered to what makes no sense."""

from pathlib import Path

import pytest

from console.app import PANELS
from tests.support.typed import Type

NAMES = [name for commands in PANELS.values() for name in commands]
CONTRACT = {
    "up", "setup", "parse", "issue", "list", "show", "history", "owed", "send", "acknowledge", "refuse", "progress",
    "report", "approve", "send-back", "accept", "return", "close", "stats", "verify", "restore", "schema", "config",
}  # fmt: skip


def test_every_command_of_the_contract_is_there(type_: Type) -> None:
    assert set(NAMES) == CONTRACT
    listed = type_("--help").out
    assert all(f"\n  {name} " in listed for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_command_has_help_with_the_common_options(type_: Type, name: str, language: str) -> None:
    said = type_(name, "--help", "--lang", language)
    assert (said.code, said.err) == (0, "")
    assert all(
        option in said.out
        for option in ("--json", "--actor", "--role", "--command-id", "--lang", "--data", "--timeout", "--help")
    )
    assert "\x1b" not in said.out


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["shw"],
        ["show"],
        ["show", "1/X", "--bogus"],
        ["show", "1/X", "more"],
        ["acknowledge", "1/X"],
        ["refuse", "1/X", "--unit", "a", "--cause", "tired", "--reason", "no"],
        ["progress", "1/X", "--unit", "a", "--percent", "101"],
        ["report", "1/X", "--unit", "a"],
        ["list", "--role", "king"],
        ["list", "--timeout", "0"],
        ["parse", "/nowhere.txt"],
        ["schema", "poem"],
        ["send", "1/X", "--file", "/nowhere.json"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(type_: Type, argv: list[str]) -> None:
    said = type_(*argv)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1


def test_an_unknown_command_is_answered_with_those_that_are_near(type_: Type) -> None:
    assert type_("acknowlege", "--lang", "en").err == (
        'no_such_command: There is no command "acknowlege". Did you mean: acknowledge?\n'
    )


def test_common_options_may_stand_before_the_command(type_: Type, tmp_path: Path) -> None:
    before, after = type_("--json", "--data", str(tmp_path), "list"), type_("list", "--data", str(tmp_path), "--json")
    assert before == after
    assert before.out.startswith("{")


def test_a_word_that_names_another_command_is_still_a_value(type_: Type, tmp_path: Path) -> None:
    said = type_("--actor", "list", "show", "1/X", "--data", str(tmp_path))
    assert said.code == 3
