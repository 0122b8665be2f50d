"""restore: runs come and go, the journal stays."""

import asyncio

import pytest
from temporalio.client import Client

from tests.integration.console.conftest import Issue, Up
from tests.support.typed import Type


@pytest.mark.parametrize("by", ["restore", "acknowledge"])
def test_a_directive_whose_run_was_terminated_goes_on(cli: Type, issued: Issue, up: Up, by: str) -> None:
    one = issued("unit-a")
    before = cli("show", one, "--json").json["directive"]

    async def terminate() -> None:
        client = await Client.connect(up.said["temporal_address"], namespace=up.said["temporal_namespace"])
        await client.get_workflow_handle(before["stream"]).terminate("test")

    asyncio.run(terminate())
    if by == "restore":
        document = cli("restore", one, "--json").json
        assert (document["stream"], document["phase"]) == (before["stream"], "in_force")
        assert document["version"] >= before["version"]
        assert document["counts"]["units"] == 1
    assert cli("acknowledge", one, "--unit", "unit-a").code == 0
    assert cli("verify", one).code == 0


def test_restoring_what_is_up_changes_nothing(cli: Type, issued: Issue) -> None:
    one = issued("unit-a")
    said = cli("restore", one, "--lang", "en")
    assert said.code == 0
    assert said.out.startswith(f"{one}: up at version ")
    assert "DirectiveIssued" in {event["type"] for event in cli("history", one, "--json").json}
