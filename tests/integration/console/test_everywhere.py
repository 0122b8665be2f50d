"""What goes to every directive that it concerns."""

import json
from pathlib import Path
from typing import Any

from tests.integration.console.conftest import Issue
from tests.support.typed import Type


def issued_by(issued: Issue, issuer: str, *units: str) -> str:
    known = [{"id": one, "name": f"Sở {one}"} for one in (issuer, *units)]
    directory = {"version": "1", "sha256": "0" * 64, "units": known}
    return issued(*units, document={"issuer": issuer}, directory=directory)


def kinds(cli: Type, one: str) -> list[str]:
    return [event["type"] for event in cli("history", one, "--json").json]


def test_a_delegation_reaches_every_directive_of_the_issuer_once(cli: Type, issued: Issue) -> None:
    office = "office-with-a-deputy"
    ones = [issued_by(issued, office, "unit-a") for _ in range(2)]
    other = issued("unit-a")
    argv = (
        "delegate", "--everywhere", "--principal", "Chủ tịch", "--delegate", "Phó chủ tịch", "--for-role", "leader",
        "--for-unit", office, "--start", "2020-01-01", "--end", "2099-12-31", "--document", "QĐ 5", "--json",
        "--actor", "Chủ tịch", "--role", "leader",
    )  # fmt: skip
    first, again = cli(*argv), cli(*argv)
    assert first.code == 0, first.err
    assert [answer["outcome"] for answer in first.json] == ["done", "done"]
    assert again == first
    assert [kinds(cli, one).count("DelegationRegistered") for one in (*ones, other)] == [1, 1, 0]

    assert cli("acknowledge", ones[0], "--unit", "unit-a").code == 0
    assert cli("report", ones[0], "--unit", "unit-a", "--text", "xong", "--role", "unit_head").code == 0
    deputy = ("accept", ones[0], "--unit", "unit-a", "--actor", "Phó chủ tịch")
    assert cli(*deputy, "--for", "Bí thư").err.startswith("no_delegation")
    assert cli(*deputy, "--for", "Chủ tịch").code == 0
    assert "Phó chủ tịch thay Chủ tịch (lãnh đạo" in cli("history", ones[0]).out


def test_a_reorganisation_reaches_every_directive_that_names_a_unit_of_it(
    cli: Type, issued: Issue, tmp_path: Path
) -> None:
    old = "unit-that-ends"
    ones, other = [issued(old), issued("unit-a", old)], issued("unit-a")
    file = tmp_path / "merge.json"
    content: dict[str, Any] = {
        "document": {"notation": "9/NQ-HĐND", "issued_date": "2026-11-01"},
        "effective": "2026-11-01",
        "kind": "merge",
        "moves": [{"unit": old, "to": "so-y-te"}],
    }
    file.write_text(json.dumps(content), encoding="utf-8")
    first = cli("reorganise", "--file", str(file), "--json")
    assert first.code == 0, first.err
    assert [answer["outcome"] for answer in first.json] == ["done", "done"]
    assert [kinds(cli, one).count("UnitsReorganised") for one in (*ones, other)] == [1, 1, 0]
    holders = [row["unit"] for row in cli("show", ones[0], "--json").json["units"] if row["assignments"]]
    assert holders == ["so-y-te"]
    again = cli("reorganise", "--file", str(file), "--json")
    assert (again.code, again.json) == (0, first.json)
