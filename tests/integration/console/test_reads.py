"""Directives of limited circulation: whoever looks at one is written down, of the others nobody is."""

import json
from collections.abc import Callable

import pytest

from tests.integration.console.conftest import Issue
from tests.support.typed import Said, Type

LIMITED = {"circulation": "limited"}
LOOKING: dict[str, Callable[[Type, str], Said]] = {
    "show": lambda cli, directive: cli("show", directive),
    "history": lambda cli, directive: cli("history", directive, "--json"),
    "deadline": lambda cli, directive: cli("deadline", directive, "--unit", "unit-a"),
    "preview": lambda cli, directive: cli("preview", directive),
    "links": lambda cli, directive: cli("links", directive),
}


def seen(cli: Type, directive: str) -> list[tuple[str, str]]:
    said = cli("reads", directive, "--json")
    assert said.code == 0, said.err
    return [(one["person"], one["command"]) for one in json.loads(said.out)]


@pytest.mark.parametrize("name", LOOKING)
def test_every_look_is_written_down(cli: Type, issued: Issue, name: str) -> None:
    directive = issued("unit-a", document=LIMITED)
    said = LOOKING[name](cli, directive)
    assert said.code == 0, said.err
    assert seen(cli, directive) == [("Nguyễn Văn An", name)]


def test_an_export_is_a_look_at_what_it_holds(cli: Type, issued: Issue, tmp_path: object) -> None:
    directive, other = issued("unit-a", document=LIMITED), issued("unit-a", document=LIMITED)
    said = cli("export", directive, "--out", f"{tmp_path}/out", "--actor", "Lê Thanh Tra")
    assert said.code == 0, said.err
    assert seen(cli, directive) == [("Lê Thanh Tra", "export")]
    assert seen(cli, other) == []


def test_of_other_directives_nobody_is_written_down(cli: Type, issued: Issue) -> None:
    directive = issued("unit-a")
    for look in LOOKING.values():
        assert look(cli, directive).code == 0
    assert seen(cli, directive) == []
    assert "hạn chế" not in cli("show", directive, "--lang", "vi").out


def test_whoever_looks_is_told_that_it_is_written_down(cli: Type, issued: Issue) -> None:
    directive = issued("unit-a", document=LIMITED)
    assert "whoever looks is written down" in cli("show", directive, "--lang", "en").out
    said = cli("reads", directive, "--lang", "en")
    assert "Nguyễn Văn An" in said.out
    assert "show" in said.out


def test_of_a_directive_that_is_not_there_there_are_no_reads(cli: Type) -> None:
    said = cli("reads", "directive/ubnd/2026/01-KHONG")
    assert (said.code, said.err.split(":")[0]) == (1, "not_found")
