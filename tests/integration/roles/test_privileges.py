"""What each role may do with each table: the whole table of it, asked of PostgreSQL."""

from collections.abc import Mapping
from typing import Final

import asyncpg
import pytest

from activities.journal.roles import MIGRATOR, OWNER, READER, WRITER
from tests.integration.roles.servers import Journal

ADDED: Final = {"INSERT"}
REWRITTEN: Final = {"INSERT", "UPDATE"}
SOME: Final = "UPDATE of "
"""Before the columns, where not every column may be changed."""
MAY_WRITE: Final[Mapping[str, set[str]]] = {
    "assignments": REWRITTEN,
    "commands": ADDED | {f"{SOME}digest outcome"},
    "current_receipts": set(),
    "directives": REWRITTEN,
    "events": ADDED,
    "followers": ADDED | {f"{SOME}beat_at seq"},
    "gaps": ADDED,
    "handovers": ADDED,
    "links": ADDED,
    "log": ADDED,
    "notices": ADDED | {f"{SOME}attempts claimed_by detail problem reported settled_at status try_at"},
    "reads": ADDED | {f"{SOME}person"},
    "receipts": REWRITTEN,
    "record": set(),
    "relays": ADDED | {f"{SOME}sent_at"},
    "rights_changes": ADDED | {f"{SOME}confirmed_at confirmed_by"},
    "schema_migrations": set(),
    "snapshots": REWRITTEN | {"DELETE"},
    "spans": REWRITTEN | {"DELETE"},
    "spans_lasting": set(),
    "spans_over": set(),
    "standings": set(),
    "streams": ADDED | {f"{SOME}hash version"},
    "texts": ADDED | {"DELETE"},
    "tree": {f"{SOME}peaks size"},
    "unsequenced": ADDED | {"DELETE"},
    "workers": ADDED | {"DELETE", f"{SOME}oldest_unhandled reported_at"},
}
"""Of the worker, in every table and view that there is."""
READER_ADDS: Final = {"reads"}
ACTIONS: Final = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
OF_TABLES: Final = """
    SELECT c.relname, privilege FROM pg_class c, unnest($2::text[]) AS privilege
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')
      AND has_table_privilege($1, c.oid, privilege)
"""
OF_COLUMNS: Final = """
    SELECT c.relname, a.attname, has_column_privilege($1, c.oid, a.attnum, $2) AS may
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')
    ORDER BY c.relname, a.attname
"""


async def may(journal: Journal, role: str) -> dict[str, set[str]]:
    """What a role may do with each table, but to read it."""
    async with journal.connected(OWNER) as owner:
        found: dict[str, set[str]] = {row["relname"]: set() for row in await owner.fetch(OF_COLUMNS, role, "SELECT")}
        for row in await owner.fetch(OF_TABLES, role, list(ACTIONS)):
            found[row["relname"]].add(row["privilege"])
        columns: dict[str, list[str]] = {}
        for row in await owner.fetch(OF_COLUMNS, role, "UPDATE"):
            if row["may"] and "UPDATE" not in found[row["relname"]]:
                columns.setdefault(row["relname"], []).append(row["attname"])
    return {
        table: of | ({SOME + " ".join(columns[table])} if table in columns else set()) for table, of in found.items()
    }


async def test_the_worker_may_write_what_it_writes_and_nothing_else(shared: Journal) -> None:
    assert await may(shared, WRITER) == MAY_WRITE


async def test_a_reader_may_add_to_the_reads_and_write_nothing_else(shared: Journal) -> None:
    expected = {table: (ADDED if table in READER_ADDS else set()) for table in MAY_WRITE}
    assert await may(shared, READER) == expected


@pytest.mark.parametrize(("role", "unreadable"), [(WRITER, set()), (READER, {("texts", "key")})])
async def test_every_column_of_every_table_may_be_read_but_by_a_reader_the_keys_of_words(
    shared: Journal, role: str, unreadable: set[tuple[str, str]]
) -> None:
    async with shared.connected(OWNER) as owner:
        rows = await owner.fetch(OF_COLUMNS, role, "SELECT")
    assert {(row["relname"], row["attname"]) for row in rows if not row["may"]} == unreadable


async def test_whoever_migrates_has_no_right_of_its_own(shared: Journal) -> None:
    async with shared.connected(MIGRATOR) as migrator:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await migrator.fetch("SELECT * FROM events")
        await migrator.execute("SET ROLE directives_owner")
        await migrator.fetch("SELECT * FROM events")


@pytest.mark.parametrize("role", [WRITER, READER])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE own (one integer)",
        "CREATE TEMPORARY TABLE own (one integer)",
        "SET ROLE directives_owner",
        "SET ROLE directives_migrator",
        "ALTER TABLE events DISABLE TRIGGER events_append_only",
        "SET session_replication_role = replica",
        "DROP TRIGGER events_append_only ON events",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE sql AS ''",
        "GRANT directives_owner TO directives_writer",
    ],
)
async def test_no_way_round(shared: Journal, role: str, statement: str) -> None:
    async with shared.connected(role) as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)


@pytest.mark.parametrize("statement", ["SELECT key FROM texts", "SELECT * FROM texts", "COPY texts TO STDOUT"])
async def test_a_reader_gets_at_no_key(shared: Journal, statement: str) -> None:
    async with shared.connected(READER) as reader:
        await reader.fetch("SELECT id, content FROM texts")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await reader.execute(statement)


@pytest.mark.parametrize("table", ["events", "log", "gaps"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET hash = hash", "DELETE FROM {}", "TRUNCATE {}"])
async def test_a_trigger_refuses_even_the_owner_to_change_the_record(
    shared: Journal, table: str, statement: str
) -> None:
    async with shared.connected(OWNER) as owner:
        with pytest.raises(asyncpg.RaiseError, match="appended, never changed"):
            await owner.execute(statement.format(table))


async def test_a_table_of_a_later_migration_can_be_read_before_anything_is_said_of_it(shared: Journal) -> None:
    async with shared.connected(OWNER) as owner, shared.connected(READER) as reader:
        await owner.execute("CREATE TABLE later (one integer)")
        try:
            assert await reader.fetch("SELECT * FROM later") == []
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await reader.execute("INSERT INTO later VALUES (1)")
        finally:
            await owner.execute("DROP TABLE later")


async def test_everything_belongs_to_the_owner(shared: Journal) -> None:
    async with shared.connected(OWNER) as owner:
        others = await owner.fetch(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relowner <> to_regrole($1)"
            " UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " AND proowner <> to_regrole($1)",
            OWNER,
        )
    assert others == []


async def test_strangers_to_the_journal_get_in_nowhere(shared: Journal, superuser: str) -> None:
    connection = await asyncpg.connect(superuser)
    name = shared.superuser.rpartition("/")[2].partition("?")[0]
    try:
        assert not await connection.fetchval(
            "SELECT bool_or(has_database_privilege('pg_monitor', $1, p)) FROM unnest(ARRAY['CONNECT', 'TEMP']) AS p",
            name,
        )
    finally:
        await connection.close()
