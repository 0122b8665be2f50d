"""A database of the release before, brought up to date by ``install``: its read models are what its record says."""

import asyncpg
import pytest

from activities.journal.chain import GENESIS, chained
from activities.journal.install import install
from activities.rebuilding.rebuild import check
from domain.canonical import canonical
from tests.replay.test_journals import RENAMED, Json, saved
from tests.replay.test_migrations import DOWN, STEPS, put


@pytest.fixture(params=sorted(saved()))
async def old_url(request: pytest.FixtureRequest, database_url: str) -> str:
    """Of a database as the release before left it, with one of the directives that it saved."""
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(DOWN)
        await connection.execute(
            "DELETE FROM schema_migrations WHERE version IN (SELECT version FROM schema_migrations "
            "ORDER BY version DESC LIMIT $1)",
            len(STEPS),
        )
        await keep(connection, saved()[request.param])
    finally:
        await connection.close()
    return database_url


async def keep(connection: asyncpg.Connection, journal: Json) -> None:
    stream = await keep_events(connection, journal)
    await put(connection, "directives", {RENAMED.get(key, key): one for key, one in journal["directive"].items()})
    for table in ("assignments", "receipts"):
        for row in journal[table]:
            await put(connection, table, {"stream": stream, **row})


async def keep_events(connection: asyncpg.Connection, journal: Json) -> str:
    """Put the record into a database, and nothing that follows from it; the stream."""
    stream, bodies = journal["events"][0]["stream"], [canonical(one).decode() for one in journal["events"]]
    hashes = [GENESIS]
    for body in bodies:
        hashes.append(chained(hashes[-1], body))
    await connection.execute("INSERT INTO streams VALUES ($1, $2, $3)", stream, len(bodies), hashes[-1])
    for event, body, prev_hash, hash_ in zip(journal["events"], bodies, hashes, hashes[1:], strict=False):
        columns = ("stream", "version", "event_id", "type", "schema", "at", "command_id")
        row = {column: event[column] for column in columns}
        chain = {"prev_hash": rf"\x{prev_hash.hex()}", "hash": rf"\x{hash_.hex()}"}
        await put(connection, "events", {**row, **chain, "body": body, "recorded_at": event["at"]})
    return str(stream)


async def test_the_read_models_of_an_upgraded_database_are_what_the_record_says(old_url: str) -> None:
    installed = await install(old_url)
    assert len(installed.migrations) == len(STEPS)
    connection = await asyncpg.connect(old_url)
    try:
        reports = await check(connection)
        assert {one.name for one in reports if one.differing} == set()
        assert await connection.fetchval("SELECT count(*) FROM spans") > 0
        assert await connection.fetchval("SELECT count(*) FROM streams") == await connection.fetchval(
            "SELECT count(DISTINCT stream) FROM unsequenced"
        )
    finally:
        await connection.close()
    assert (await install(old_url)).migrations == []
