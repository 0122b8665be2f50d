"""erase from the command line: what it says, and what nobody can read afterwards."""

import json

import pytest

from domain.erasure import is_placeholder
from tests.integration.console.conftest import Issue
from tests.support.typed import Type

PAPER = ("--ground", "Điều 14 Luật Bảo vệ dữ liệu cá nhân", "--document", "88/QĐ-UBND", "--document-date", "2026-11-02")


@pytest.fixture
def told(cli: Type, issued: Issue) -> str:
    directive = issued("unit-a")
    for argv in (
        ("acknowledge", directive, "--unit", "unit-a"),
        ("progress", directive, "--unit", "unit-a", "--percent", "30", "--text", "Chị Lan nghỉ ốm."),
    ):
        assert cli(*argv, "--actor", "Trần Văn Bảo").code == 0
    return directive


def history(cli: Type, directive: str) -> list[dict[str, object]]:
    events: list[dict[str, object]] = json.loads(cli("history", directive, "--json").out)
    return events


def test_words_are_erased_and_the_answer_says_what_is_left_outside(cli: Type, told: str) -> None:
    version = str(next(one["version"] for one in history(cli, told) if one["type"] == "ProgressReported"))
    said = cli("erase", told, "--version", version, *PAPER, "--lang", "en")
    assert said.code == 0, said.err
    assert "words destroyed" in said.out
    assert "backups" in said.out
    assert "docs/erasure.md" in said.out
    read = cli("history", told)
    assert "Chị Lan" not in read.out
    assert "Trần Văn Bảo" in read.out
    assert cli("verify", told).code == 0
    again = cli("erase", told, "--version", version, *PAPER)
    assert (again.code, again.err.split(":")[0]) == (1, "already_erased")


def test_a_person_is_erased_and_something_stands_in_their_place(cli: Type, told: str) -> None:
    said = json.loads(cli("erase", told, "--person", "Trần Văn Bảo", *PAPER, "--json").out)
    assert said["outcome"] == "done"
    assert said["notes"]
    people = {one["actor"]["person"] for one in history(cli, told)}  # type: ignore[index]
    assert "Trần Văn Bảo" not in people
    assert any(is_placeholder(one) for one in people)
    assert cli("verify", told).code == 0
    again = cli("erase", told, "--person", "Trần Văn Bảo", *PAPER)
    assert (again.code, again.err.split(":")[0]) == (1, "unknown_person")
    assert "Trần Văn Bảo" not in cli("history", told).out


def test_only_the_records_officer_erases(cli: Type, told: str) -> None:
    said = cli("erase", told, "--person", "Trần Văn Bảo", *PAPER, "--role", "leader")
    assert (said.code, said.err.split(":")[0]) == (1, "forbidden")
