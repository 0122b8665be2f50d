"""A journal that one superuser has made and written, as the release before did it, comes under its owner."""

from collections.abc import AsyncIterator
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

import asyncpg
import pytest

from activities.journal import roles
from activities.journal.chain import GENESIS
from activities.journal.install import NoOwnerError, install
from activities.journal.roles import MIGRATOR, OWNER, READER, WRITER
from domain.canonical import canonical
from tests.integration.roles.servers import database, login, roles_made
from tests.replay.test_journals import saved

SAVED: Final = next(iter(saved().values()))
STREAM: Final = SAVED["events"][0]["stream"]
RELEASED: Final = "0008"
"""The last migration of the release before."""


async def made_before(url: str) -> None:
    """What the release before leaves behind: its tables, all of the login that made them, and a directive."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY)")
        migrations = files("activities.journal").joinpath("migrations").iterdir()
        for file in sorted(migrations, key=lambda one: one.name):
            version = file.name.partition("_")[0]
            if version <= RELEASED:
                await connection.execute(file.read_text(encoding="utf-8").split("-- migrate:down")[0])
                await connection.execute("INSERT INTO schema_migrations VALUES ($1)", version)
        await write(connection)
    finally:
        await connection.close()


async def write(connection: asyncpg.Connection) -> None:
    """A directive's events as they were written then."""
    events = SAVED["events"]
    await connection.execute("INSERT INTO streams VALUES ($1, $2, $3)", STREAM, len(events), GENESIS)
    for event in events:
        body = canonical(event).decode()
        await connection.execute(
            "INSERT INTO events (stream, version, event_id, type, schema, at, body, prev_hash, hash)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
            *(STREAM, event["version"], event["event_id"], event["type"], event["schema"]),
            *(datetime.fromisoformat(event["at"]), body, GENESIS),
        )


@pytest.fixture
async def url(superuser: str) -> AsyncIterator[str]:
    async with database(superuser) as url:
        await made_before(url)
        yield url


async def test_tables_of_the_release_before_are_handed_over_and_brought_up_to_date_by_the_migrator(url: str) -> None:
    urls = await roles_made(url)
    installed = await install(urls[MIGRATOR])
    assert installed.handed_over
    assert installed.migrations[0].startswith("0009")
    reader, writer = await asyncpg.connect(urls[READER]), await asyncpg.connect(urls[WRITER])
    try:
        assert await reader.fetchval("SELECT stream FROM streams") == STREAM
        await writer.execute("UPDATE streams SET version = version + 1")
        assert await reader.fetchval("SELECT version FROM streams") == len(SAVED["events"]) + 1
        owners = await reader.fetch("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
        assert [row["tableowner"] for row in owners] == [OWNER]
    finally:
        await reader.close()
        await writer.close()


async def test_before_an_administrator_made_the_roles_one_login_goes_on_doing_everything(url: str) -> None:
    installed = await install(url)
    assert not installed.handed_over
    assert installed.migrations[0].startswith("0009")


async def test_made_again_and_granted_again_the_roles_change_nothing(url: str) -> None:
    urls = await roles_made(url)
    await install(urls[MIGRATOR])
    connection = await asyncpg.connect(url)
    try:
        listed = "SELECT relname, relowner, relacl FROM pg_class ORDER BY oid"
        before = await connection.fetch(listed)
        await connection.execute(roles.script("roles"))
        assert (await install(urls[MIGRATOR])).migrations == []
        after = await connection.fetch(listed)
        assert {(row["relname"], row["relowner"], frozenset(row["relacl"] or ())) for row in before} == {
            (row["relname"], row["relowner"], frozenset(row["relacl"] or ())) for row in after
        }
    finally:
        await connection.close()


@pytest.mark.parametrize("role", [WRITER, READER])
async def test_nobody_but_the_migrator_brings_the_tables_up_to_date(url: str, role: str) -> None:
    urls = await roles_made(url)
    with pytest.raises(NoOwnerError):
        await install(urls[role])


async def test_a_right_that_was_given_by_hand_is_taken_back(url: str) -> None:
    urls = await roles_made(url)
    await install(urls[MIGRATOR])
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("GRANT UPDATE ON events, log TO directives_writer; GRANT SELECT ON texts TO PUBLIC")
        await install(urls[MIGRATOR])
        assert not await connection.fetchval(f"SELECT has_table_privilege('{WRITER}', 'events', 'UPDATE')")
        assert not await connection.fetchval(f"SELECT has_column_privilege('{READER}', 'texts', 'key', 'SELECT')")
    finally:
        await connection.close()


async def test_an_administrator_who_is_no_superuser_can_make_the_roles_and_keeps_none(
    superuser_without_roles: str,
) -> None:
    async with database(superuser_without_roles) as url:
        superuser = await asyncpg.connect(url)
        await superuser.execute("CREATE ROLE administrator LOGIN CREATEROLE CREATEDB PASSWORD 'secret'")
        await superuser.execute(f"ALTER DATABASE {Path(url.partition('?')[0]).name} OWNER TO administrator")
        administrator = await asyncpg.connect(login(url, "administrator", "secret"))
        try:
            await administrator.execute("CREATE TABLE kept ()")
            await administrator.execute(roles.script("roles"))
            assert await superuser.fetchval("SELECT tableowner FROM pg_tables WHERE tablename = 'kept'") == OWNER
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await administrator.execute("SELECT * FROM kept")
        finally:
            await administrator.close()
            await superuser.close()
