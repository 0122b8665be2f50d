"""reconcile and restore --all, typed at a service that runs."""

import asyncio
from pathlib import Path

import asyncpg
from temporalio.client import Client

from embedded.data_directory import find_endpoints
from tests.integration.console.conftest import Issue, Up
from tests.support.typed import Type
from tests.support.waiting import until


async def terminate(up: Up, stream: str) -> None:
    client = await Client.connect(up.said["temporal_address"], namespace=up.said["temporal_namespace"])
    await client.get_workflow_handle(stream).terminate("test")


async def delivered(url: str, stream: str) -> None:
    """Word of what was delivered would begin a run again that is gone."""
    connection = await asyncpg.connect(url)
    try:
        await until(
            lambda: connection.fetchval("SELECT count(*) FROM notices WHERE stream = $1 AND NOT reported", stream),
            lambda waiting: waiting == 0,
        )
    finally:
        await connection.close()


def test_a_run_that_is_gone_is_found_and_begun_again(cli: Type, issued: Issue, up: Up) -> None:
    one = issued("unit-a")
    stream = cli("show", one, "--json").json["directive"]["stream"]
    asyncio.run(delivered(find_endpoints(up.data).database_url, stream))
    asyncio.run(terminate(up, stream))
    found = cli("reconcile", one, "--json")
    assert found.code == 1
    assert [(each["code"], each["mended"]) for each in found.json["findings"]] == [("run_missing", False)]
    mended = cli("reconcile", one, "--mend", "--json")
    assert (mended.code, mended.err) == (0, "")
    assert [(each["code"], each["mended"]) for each in mended.json["findings"]] == [("run_missing", True)]
    said = cli("reconcile", one, "--lang", "en")
    assert said.code == 0
    assert said.out.startswith("1 directives of the journal compared with ")


def test_restore_all_starts_what_is_gone_and_leaves_alone_what_is_up(cli: Type, issued: Issue, up: Up) -> None:
    gone, there = issued("unit-a"), issued("unit-a")
    stream = cli("show", gone, "--json").json["directive"]["stream"]
    asyncio.run(delivered(find_endpoints(up.data).database_url, stream))
    asyncio.run(terminate(up, stream))
    said = cli("restore", "--all", "--json")
    assert (said.code, said.err) == (0, "")
    assert said.json["started"] == 1
    assert said.json["already_there"] == said.json["directives"] - 1
    again = cli("restore", "--all", "--lang", "en")
    assert again.code == 0
    assert " 0 started, 0 were behind the journal" in again.out
    assert cli("acknowledge", gone, "--unit", "unit-a").code == 0
    assert cli("acknowledge", there, "--unit", "unit-a").code == 0


def test_what_cannot_be_meant_is_said_before_anything_is_done(cli: Type) -> None:
    assert cli("restore").code == 2
    assert cli("restore", "1/X", "--all").code == 2
    assert cli("reconcile", "--declare-gap").code == 2
    assert cli("reconcile", "--ground", "why").code == 2


def test_a_gap_is_not_declared_where_nothing_is_lost(cli: Type, issued: Issue) -> None:
    one = issued("unit-a")
    said = cli("reconcile", one, "--declare-gap", "--ground", "hỏng đĩa", "--lang", "en")
    assert said.code == 1
    assert said.err.startswith("gap_nothing_lost: ")


def test_without_a_service_nobody_knows_whether_all_are_up(type_: Type, tmp_path: Path) -> None:
    for argv in (["restore", "--all"], ["restore", "1/X"], ["reconcile"]):
        said = type_(*argv, "--data", str(tmp_path))
        assert (said.code, said.out, said.err.count("\n")) == (3, "", 1), argv
