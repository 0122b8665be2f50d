"""rebuild: the read models made again, and what is said of it."""

import asyncio
from collections.abc import Callable

import asyncpg
import pytest

from activities.rebuilding.rows import TABLES
from embedded.data_directory import find_endpoints
from tests.integration.console.conftest import Issue, Up
from tests.support.typed import Type


@pytest.fixture
def sql(up: Up) -> Callable[[str, str], None]:
    """Run a statement about a directive as the superuser."""

    async def run(statement: str, stream: str) -> None:
        connection = await asyncpg.connect(find_endpoints(up.data).database_url)
        try:
            await connection.execute(statement, stream)
        finally:
            await connection.close()

    return lambda statement, stream: asyncio.run(run(statement, stream))


def test_what_stands_agrees_and_a_rebuild_changes_nothing(cli: Type, issued: Issue) -> None:
    issued("unit-a")
    said = cli("rebuild", "--check", "--json")
    assert said.code == 0, said.err
    assert [table["name"] for table in said.json["tables"]] == list(TABLES)
    assert all(table["standing"] == table["rebuilt"] for table in said.json["tables"])
    again = cli("rebuild", "--json")
    assert again.code == 0, again.err
    assert [(table["name"], table["differing"]) for table in again.json["tables"]] == [(name, 0) for name in TABLES]


def test_what_differs_is_named_and_replaced(cli: Type, issued: Issue, sql: Callable[[str, str], None]) -> None:
    number = issued("unit-a")
    stream = cli("show", number, "--json").json["directive"]["stream"]
    sql("UPDATE spans SET unit_group = 'khác' WHERE stream = $1", stream)
    checked = cli("rebuild", "--check", "--lang", "en")
    assert checked.code == 1
    assert checked.err == (
        f"tables_differ: Tables that differ: spans; the first directive: {stream}. "
        "Replace them with: directives rebuild\n"
    )
    assert f"  {stream}\n" in checked.out
    assert cli("rebuild", "--check", "--only", "links", "--only", "receipts").code == 0
    rebuilt = cli("rebuild", "--only", "spans", "--lang", "en")
    assert (rebuilt.code, rebuilt.err) == (0, "")
    assert "replaced in 1 directives" in rebuilt.out
    assert cli("rebuild", "--check").code == 0


def test_a_table_that_is_no_read_model_is_wrong_usage(cli: Type) -> None:
    said = cli("rebuild", "--only", "events", "--lang", "en")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith('no_such_table: There is no read model "events", only directives, assignments, ')


def test_a_record_that_cannot_be_folded_is_named(cli: Type, issued: Issue, sql: Callable[[str, str], None]) -> None:
    stream = cli("show", issued("unit-a"), "--json").json["directive"]["stream"]
    sql("UPDATE streams SET version = version + 1 WHERE stream = $1", stream)
    try:
        said = cli("rebuild", "--lang", "en")
    finally:
        sql("UPDATE streams SET version = version - 1 WHERE stream = $1", stream)
    assert said.code == 1
    assert said.err.startswith(f"unreadable_stream: {stream} cannot be rebuilt, nothing was replaced: ")
