"""rights: changes of what people may do are listed until somebody else of the issuer has confirmed them."""

import asyncio
import json
from typing import Any

import pytest

from tests.integration.console.conftest import Issue
from tests.support.typed import Type
from tests.support.waiting import until

HEAD = "Phạm Thủ Trưởng"


def listed(cli: Type, directive: str, *more: str) -> list[dict[str, Any]]:
    said = cli("rights", "--json", *more)
    assert said.code == 0, said.err
    symbol = directive.partition("/")[2]
    return [one for one in json.loads(said.out) if one["stream"].endswith(symbol)]


@pytest.fixture
def change(cli: Type, issued: Issue) -> tuple[str, str]:
    """A directive, and the place in the record of a delegation in it."""
    directive = issued("unit-a")
    said = cli(
        "delegate", directive, "--unit", "unit-a", "--actor", HEAD, "--principal", HEAD, "--for-role", "unit_head",
        "--for-unit", "unit-a", "--delegate", "Lê Phó", "--start", "2026-11-01", "--end", "2026-12-31",
        "--document", "12/GUQ",
    )  # fmt: skip
    assert said.code == 0, said.err
    [one] = asyncio.run(until(lambda: asyncio.to_thread(listed, cli, directive), lambda found: len(found) == 1))
    return directive, str(one["seq"])


def test_a_change_waits_until_somebody_confirms_it(cli: Type, change: tuple[str, str]) -> None:
    directive, seq = change
    [waiting] = listed(cli, directive)
    assert HEAD in waiting["who"]
    assert "Lê Phó" in waiting["what"]
    said = cli("rights", "confirm", seq, "--actor", "Nguyễn Văn Hồng", "--json")
    assert (said.code, json.loads(said.out)) == (0, {"confirmed": [int(seq)]})
    assert listed(cli, directive) == []
    [confirmed] = listed(cli, directive, "--all")
    assert confirmed["confirmed_by"] == "Nguyễn Văn Hồng"
    assert "Nguyễn Văn Hồng" in cli("rights", "--all").out


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("--actor", HEAD), "own_change"),
        (("--actor", "Nguyễn Văn Hồng", "--role", "officer"), "forbidden"),
        (("999999", "--actor", "Nguyễn Văn Hồng"), "no_such_change"),
    ],
)
def test_who_may_not_confirm_and_what(cli: Type, change: tuple[str, str], argv: tuple[str, ...], code: str) -> None:
    directive, seq = change
    said = cli("rights", "confirm", seq, *argv)
    assert (said.code, said.err.split(":")[0]) == (1, code)
    assert len(listed(cli, directive)) == 1


def test_what_is_confirmed_is_not_confirmed_again(cli: Type, change: tuple[str, str]) -> None:
    _, seq = change
    assert cli("rights", "confirm", seq, "--actor", "Nguyễn Văn Hồng", "--role", "tracker").code == 0
    said = cli("rights", "confirm", seq, "--actor", "Một Người Khác")
    assert (said.code, said.err.split(":")[0]) == (1, "change_confirmed")
