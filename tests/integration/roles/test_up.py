"""up: each part with its own login; a data directory of the release before, in which one superuser did everything."""

import asyncio
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from activities.journal.roles import OWNER, READER, WRITER
from embedded import ports
from embedded.data_directory import Endpoints, find_endpoints
from embedded.postgres import PostgreSQL
from tests.integration.console.conftest import Up, start_up
from tests.integration.roles.test_upgrade import SAVED, STREAM, made_before
from tests.support.typed import typed


@asynccontextmanager
async def running(data: Path) -> AsyncIterator[Up]:
    up = await asyncio.to_thread(start_up, data)
    try:
        yield up
    finally:
        assert await asyncio.to_thread(up.end) == 0


@pytest.mark.timeout(120)
async def test_a_data_directory_of_the_release_before_comes_under_its_owner_and_each_part_gets_its_own_login(
    tmp_path: Path,
) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    before = PostgreSQL(data / "postgresql", ports.ANY)
    await made_before(await before.start())
    await before.stop()
    async with running(data):
        endpoints = find_endpoints(data)
        assert stat.S_IMODE((data / "endpoints.json").stat().st_mode) == 0o600
        assert await logins(endpoints) == {WRITER}
        assert await owners(endpoints) == [OWNER]
        said = await asyncio.to_thread(typed, "history", STREAM, "--json", "--data", data)
        assert said.code == 0, said.err
        assert len(said.json) == len(SAVED["events"])
        await assert_only_a_reader(endpoints)
    passwords = {url.partition("@")[0] for url in urls(endpoints)}
    async with running(data):
        # None that was seen before opens anything.
        assert passwords.isdisjoint({url.partition("@")[0] for url in urls(find_endpoints(data))})


def urls(endpoints: Endpoints) -> list[str]:
    return [endpoints.migrator_url, endpoints.writer_url, endpoints.reader_url]


async def logins(endpoints: Endpoints) -> set[str]:
    """As whom the worker works."""
    connection = await asyncpg.connect(endpoints.database_url)
    try:
        rows = await connection.fetch(
            "SELECT DISTINCT usename FROM pg_stat_activity WHERE application_name = 'directives'"
        )
    finally:
        await connection.close()
    return {row["usename"] for row in rows}


async def owners(endpoints: Endpoints) -> list[str]:
    connection = await asyncpg.connect(endpoints.database_url)
    try:
        rows = await connection.fetch("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
    finally:
        await connection.close()
    return [row["tableowner"] for row in rows]


async def assert_only_a_reader(endpoints: Endpoints) -> None:
    connection = await asyncpg.connect(endpoints.reader_url)
    try:
        assert await connection.fetchval("SELECT current_user") == READER
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("DELETE FROM events")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("SELECT key FROM texts")
    finally:
        await connection.close()
