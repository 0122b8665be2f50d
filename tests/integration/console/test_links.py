"""The tree of what a directive is tied to, as it is typed and shown."""

import asyncio
import uuid
from typing import Any

import pytest

from tests.integration.console.conftest import Issue
from tests.support.typed import Type
from tests.support.waiting import until


def tied(issued: Issue, issuer: str, *units: str, **changes: Any) -> str:
    """A directive of that office; number/symbol."""
    known = [{"id": one, "name": f"Sở {one}"} for one in (issuer, *units)]
    directory = {"version": "1", "sha256": "0" * 64, "units": known}
    document = {"issuer": issuer, **changes.pop("document", {})}
    return issued(*units, document=document, directory=directory, **changes)


def stream(issuer: str, named: str) -> str:
    return f"directive/{issuer}/2026/{named.replace('/', '-', 1)}"


def under(issuer: str, named: str) -> dict[str, str]:
    return {"stream": stream(issuer, named), "assignment": "1.1"}


def shape(branches: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Kind, document, whether it is shown already, and what is beyond."""
    return [(one["kind"], one["document"], one["again"], shape(one["links"])) for one in branches]


def test_a_cascade_is_shown_from_its_middle_in_both_directions(cli: Type, issued: Issue) -> None:
    top = tied(issued, "province", "district", document={"links": [{"kind": "basis", "notation": "30/2020/NĐ-CP"}]})
    middle = tied(issued, "district", "ward", under=under("province", top))
    bottom = tied(issued, "ward", "hamlet", under=under("district", middle))

    # The one above hears of the one below by a relay. Each call has an event loop of its own, so it needs a thread.
    typing = until(
        lambda: asyncio.to_thread(cli, "links", middle, "--json"),
        lambda said: said.code != 0 or said.json["below"][0]["standing"] is not None,
    )
    said = asyncio.run(typing)
    assert said.code == 0, said.err
    tree = said.json
    assert tree["stream"] == stream("district", middle)
    assert shape(tree["above"]) == [("under", top, False, [("basis", "30/2020/NĐ-CP", False, [])])]
    assert shape(tree["below"]) == [("under", bottom, False, [])]
    assert tree["below"][0]["standing"] == "in_time"
    assert tree["above"][0]["assignment"] == "1.1"
    assert tree["above"][0]["stream"] == stream("province", top)
    assert tree["above"][0]["links"][0]["stream"] is None

    assert cli("links", middle, "--lang", "en").out.splitlines() == [
        middle,
        "├── Above",
        f"│   └── under assignment 1.1 of {top}",
        "│       └── based on 30/2020/NĐ-CP",
        "└── Below",
        f"    └── {bottom} under assignment 1.1: in time",
    ]


def test_directives_that_cite_each_other_are_shown_once_and_then_only_named(cli: Type, issued: Issue) -> None:
    names = [f"{number}/K{uuid.uuid4().hex[:8]}" for number in (71, 72)]
    for own, other in (names, reversed(names)):
        number, symbol = own.split("/")
        cited = [{"kind": "follows", "notation": other, "stream": stream("ubnd", other)}]
        issued("unit-a", document={"code_number": number, "code_notation": symbol, "links": cited})
    one, two = names
    tree = cli("links", one, "--json").json
    assert shape(tree["above"]) == [("follows", two, False, [("follows", one, True, [])])]
    assert shape(tree["below"]) == [("follows", two, False, [("follows", one, True, [])])]
    assert cli("links", one, "--lang", "en").out.splitlines() == [
        one,
        "├── Above",
        f"│   └── follows {two}",
        f"│       └── follows {one} (shown already)",
        "└── Below",
        f"    └── followed by {two}",
        f"        └── followed by {one} (shown already)",
    ]


def test_a_directive_tied_to_nothing_is_shown_alone(cli: Type, issued: Issue) -> None:
    one = issued("unit-a")
    assert cli("links", one).out.splitlines() == [one]


@pytest.mark.parametrize("named", ["99/KHONG-CO", "directive/ubnd/2026/99-KHONG-CO"])
def test_links_of_what_is_not_in_the_register_are_refused(cli: Type, named: str) -> None:
    said = cli("links", named)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("not_found")
