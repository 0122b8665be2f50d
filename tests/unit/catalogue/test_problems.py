"""What can be wrong with a field: everything that can occur has its words in both languages."""

import copy
from collections.abc import Iterator
from typing import Any, Final

import pytest

from activities.reading import open_message
from catalogue import has, text
from domain.commands import COMMANDS
from domain.refusal import Code
from tests.support.builders import Json
from tests.support.doors import message
from tests.support.samples import sample

SAMPLES: Final[dict[str, Json]] = {kind: sample(kind) for kind in COMMANDS}
ODD: Final[list[Any]] = [
    None, True, 0, -1, 7, 10**30, 1.5, "", "x", "a b", "a\x00b", "x" * 25_000, [], ["x"], ["unit-a"] * 3, {}, {"x": 1},
    "2026-13-45", "2026-11-25", "1066-10-14", "9999-12-31", "2026-11-25T10:00:00", "2026-11-25T10:00:00Z",
    "0001-01-01T00:00:00+07:00", "25:00", "10:00Z", "10:00", "joint", "each", "someday",
]  # fmt: skip
"""Each of these is put in the place of every field."""


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every field of a command, in lists the first one."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield (*path, key)
            yield from places(value, (*path, key))
    elif isinstance(node, list) and node:
        yield (*path, 0)
        yield from places(node[0], (*path, 0))


def spoilt(sample: Json) -> Iterator[Json]:
    """The command with one field changed, left out, or added."""
    for path in places(sample):
        for odd in ODD:
            yield _changed(sample, path, lambda parent, key, odd=odd: parent.__setitem__(key, odd))
        yield _changed(sample, path, lambda parent, key: parent.__delitem__(key))
        yield _changed(sample, path, lambda parent, _: parent.update(colour=1) if isinstance(parent, dict) else None)
    twice = copy.deepcopy(sample)
    if "directive" in twice:
        twice["directive"]["obligations"] *= 2
        yield twice
        twice["directive"]["informed"] = ["unit-b"] * 10_501
        yield twice


def _changed(sample: Json, path: tuple[Any, ...], change: Any) -> Json:
    fresh = copy.deepcopy(sample)
    parent: Any = fresh
    for step in path[:-1]:
        parent = parent[step]
    change(parent, path[-1])
    return fresh


def problem(content: Any) -> tuple[str, bool] | None:
    """The problem told of a message, and whether a limit is told with it."""
    [item] = open_message(message(content)).items
    if item.code not in (Code.INVALID_FIELD, Code.UNREADABLE):
        return None
    return item.details["problem"], bool(item.details.get("limit"))


@pytest.fixture(scope="module")
def problems() -> dict[str, bool]:
    """All problems that spoilt commands and messages have; whether each always tells a limit."""
    messages = [*(one for sample in SAMPLES.values() for one in spoilt(sample)), [], {"commands": 1}, 17, b"{", b"\xff"]
    messages += [{"commands": [{}], "atomic": 1}, {"commands": [{}], "colour": 1}]
    found: dict[str, bool] = {}
    for content in messages:
        told = problem(content)
        if told is not None:
            found[told[0]] = found.get(told[0], True) and told[1]
    for strange in (message({}, encoding="binary/plain"), message({}, door="start")):
        [item] = open_message(strange).items
        found[item.details["problem"]] = bool(item.details.get("limit"))
    return found


def test_every_command_has_a_sample_that_can_be_read() -> None:
    assert SAMPLES.keys() == COMMANDS.keys()
    for written in SAMPLES.values():
        [item] = open_message(message(written)).items
        assert item.command is not None, item.details


def test_every_problem_that_can_occur_has_its_words(problems: dict[str, bool]) -> None:
    assert {one for one in problems if not has(f"problem.{one}")} == set()


def test_words_that_ask_for_a_limit_are_told_one(problems: dict[str, bool]) -> None:
    hole = [one for one, told in problems.items() if not told and has(f"problem.{one}") and _asks_for_limit(one)]
    assert hole == []


def _asks_for_limit(one: str) -> bool:
    return "<limit>" in text(f"problem.{one}", "en", limit="<limit>")
