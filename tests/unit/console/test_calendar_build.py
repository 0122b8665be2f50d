"""calendar build: what is written, where, and what is said of it."""

import subprocess
import sys
from pathlib import Path

import pytest

import intake
from console.input_files import CALENDAR, SHIPPED
from tests.support.typed import Type

OVERRIDES = SHIPPED / "calendar-overrides.yaml"
EXAMPLE = ("calendar", "build", *(f"--year={year}" for year in range(2022, 2027)), "--overrides", str(OVERRIDES))
AGAINST = "days: [{day: 2026-09-01, works: morning, reason_vi: trực, reason_en: on call, source: 7/TB}]"


def test_the_example_calendar_is_what_the_command_makes_of_the_example_overrides(type_: Type) -> None:
    said = type_(*EXAMPLE, "--lang", "en")
    assert (said.code, said.err) == (0, "")
    assert said.out == CALENDAR.read_text(encoding="utf-8")


def test_the_head_of_the_file_is_in_the_callers_language_and_no_part_of_the_calendar(
    type_: Type, tmp_path: Path
) -> None:
    file = tmp_path / "calendar.yaml"
    assert type_(*EXAMPLE, "--lang", "vi", "--out", str(file)).code == 0
    assert file.read_text(encoding="utf-8").startswith("# Những ngày mà")
    assert intake.load_calendar(file) == intake.load_calendar(CALENDAR)


def test_json_is_the_calendar(type_: Type, tmp_path: Path) -> None:
    said = type_("calendar", "build", "--year", "2024", "--id", "x", "--version", "7", "--json")
    assert (said.json["id"], said.json["version"]) == ("x", "7")
    file = tmp_path / "calendar.json"
    file.write_text(said.out, encoding="utf-8")
    written = tmp_path / "written.json"
    type_("calendar", "build", "--year", "2024", "--id", "x", "--version", "7", "--out", str(written))
    assert intake.load_calendar(written) == intake.load_calendar(file)


def test_what_was_made_is_told_with_what_goes_against_the_package(type_: Type, tmp_path: Path) -> None:
    overrides = tmp_path / "announced.yaml"
    overrides.write_text(AGAINST, encoding="utf-8")
    files = ("--overrides", str(overrides), "--out", str(tmp_path / "c.yaml"))
    argv = ("calendar", "build", "--year", "2026", *files, "--lang", "en")
    said = type_(*argv)
    first, second = said.out.splitlines()
    assert "version 2026; days off: 12, made up for: 1, half: 1, other than the package holidays has them: 1." in first
    assert second.startswith("- 01/09/2026: 7/TB; against PyPI holidays")
    document = type_(*argv, "--json").json
    assert document["sha256"] == intake.load_calendar(tmp_path / "c.yaml").sha256()
    assert [one["works"] for one in document["replaced"]] == ["morning"]


def test_a_file_that_says_another_thing_is_left_alone_and_an_equal_one_is_no_failure(
    type_: Type, tmp_path: Path
) -> None:
    file = tmp_path / "calendar.yaml"
    file.write_bytes(b"\xff mine")
    argv = ("calendar", "build", "--year", "2026", "--out", str(file), "--lang", "en")
    said = type_(*argv)
    assert (said.code, said.err) == (
        1,
        f"file_exists: {file} is there and says another thing; remove it, or give another name.\n",
    )
    assert file.read_bytes() == b"\xff mine"
    file.unlink()
    assert [type_(*argv).code for _ in range(2)] == [0, 0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("days: 3", "days: Input should be a valid array"),
        (AGAINST.replace("7/TB", "x" * 200), "days[0].source: too long to tell beside it"),
    ],
)
def test_faulty_overrides_are_one_line_that_names_the_field(
    type_: Type, tmp_path: Path, content: str, told: str
) -> None:
    overrides = tmp_path / "announced.yaml"
    overrides.write_text(content, encoding="utf-8")
    said = type_("calendar", "build", "--year", "2026", "--overrides", str(overrides))
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert told in said.err


def test_a_place_that_cannot_be_written_is_said(type_: Type, tmp_path: Path) -> None:
    said = type_("calendar", "build", "--year", "2026", "--out", str(tmp_path / "no" / "c.yaml"), "--lang", "en")
    assert (said.code, said.err) == (
        1,
        f"no_output: {tmp_path / 'no' / 'c.yaml'} cannot be written: No such file or directory\n",
    )


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ([], ""),
        (["buidl"], "Did you mean: build?"),
        (["build"], "'--year' is missing."),
        (["build", "--year", "2012"], "'--year' is not valid: less than 2013."),
        (["build", "--year", "2100"], "greater than 2099."),
        (["build", "--year", "next"], "must be a whole number."),
        (["build", "--year", "2026", "--overrides", "/nowhere.yaml"], "there is no such file."),
        (["build", "--year", "2026", "--out", "/"], "is a directory, not a file."),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(type_: Type, argv: list[str], told: str) -> None:
    said = type_("calendar", *argv) if not argv else type_("calendar", *argv, "--lang", "en")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert told in said.err


@pytest.mark.parametrize("argv", [("--lang", "en", "calendar", "build"), ("calendar", "--lang", "en", "build")])
def test_common_options_may_stand_before_each_word(type_: Type, argv: tuple[str, ...]) -> None:
    said = type_(*argv, "--year", "2026")
    assert said.out.startswith("# Days on which")


def test_help_of_the_list_and_of_the_command_has_the_common_options(type_: Type) -> None:
    for words in (("calendar",), ("calendar", "build")):
        said = type_(*words, "--help", "--lang", "en")
        assert (said.code, said.err) == (0, "")
        assert "--command-id" in said.out
    assert "  build " in type_("calendar", "--help").out


def test_only_building_loads_the_package_of_holidays() -> None:
    code = "import sys, worker, cli, console.commands.calendar; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
