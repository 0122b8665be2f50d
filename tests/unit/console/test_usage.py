"""What is typed, and what is answered to what makes no sense."""

from pathlib import Path

import pytest

from console.app import PANELS
from tests.support.typed import Type

NAMES = [name for commands in PANELS.values() for name in commands]
CONTRACT = {
    "up", "setup", "parse", "issue", "list", "show", "history", "owed", "inbox", "send", "acknowledge", "refuse",
    "progress", "report", "approve", "send-back", "accept", "return", "close", "stats", "letter", "verify", "restore",
    "schema", "config",
}  # fmt: skip


def test_every_command_of_the_contract_is_there(type_: Type) -> None:
    assert set(NAMES) >= CONTRACT
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
        ["acknowledge", "--unit", "a"],
        ["acknowledge", "1/X", "--unit", "a", "--all"],
        ["accept", "1/X", "--unit", "a", "--dry-run"],
        ["progress", "1/X", "--unit", "a", "--percent", "1", "--file", "/nowhere.pdf"],
        ["letter", "--from", "2023-01-01"],
        ["inbox", "--role", "unit_head"],
        ["inbox", "--role", "inspector"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(type_: Type, argv: list[str]) -> None:
    said = type_(*argv)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("argv", "vietnamese", "english"),
    [
        (["list", "--lang", "fr"], "'--lang' không hợp lệ: phải là một trong 'vi', 'en'.", ""),
        (["progress", "1/X", "--percent", "101"], "lớn hơn 100.", "greater than 100."),
        (["progress", "1/X", "--percent", "half"], "phải là số nguyên.", "must be a whole number."),
        (["list", "--timeout", "soon"], "phải là số.", "must be a number."),
        (["parse", "/nowhere.txt"], "'FILE' không hợp lệ: không có tệp này.", "there is no such file."),
        (["parse", "/"], "là thư mục, không phải tệp.", "is a directory, not a file."),
        (["show", "1/X", "more"], "Thừa tham số more.", "There are too many arguments: more."),
        (["accept", "1/X"], "Cần --unit hoặc --assignment.", "--unit or --assignment is needed."),
        (["return", "1/X", "--item", "1", "--reason", "no"], "Cần --unit hoặc", "--unit or --assignment is needed."),
    ],
)
def test_wrong_usage_is_said_in_the_language_asked_for(
    type_: Type, argv: list[str], vietnamese: str, english: str
) -> None:
    assert vietnamese in type_(*argv).err
    if english:
        assert english in type_(*argv, "--lang", "en").err


@pytest.mark.parametrize("option", ["--actor", "--command-id"])
def test_an_empty_value_is_not_taken_for_nothing_said(type_: Type, tmp_path: Path, option: str) -> None:
    for argv in (["close", "1/X", option, ""], [option, "", "close", "1/X"]):
        said = type_(*argv, "--data", str(tmp_path), "--lang", "en")
        assert (said.code, said.err) == (2, f"empty_option: {option} must not be empty.\n")


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
