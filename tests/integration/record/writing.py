"""What ``handle`` leaves for the sequencer, without deciding anything: events of any number in one transaction."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from activities.journal.pool import Connection
from activities.record.merkle import leaf_hash
from activities.record.sequencer import read_tree
from tests.support.merkle import root_of

_BEGIN = """
    INSERT INTO streams VALUES ($1, $2, $3)
    ON CONFLICT (stream) DO UPDATE SET version = streams.version + $2 RETURNING version
"""
_EVENTS = """
    INSERT INTO events (stream, version, event_id, type, schema, at, body, prev_hash, hash)
    SELECT $1, version, gen_random_uuid(), $4, 1, now(), '{}', sha256('before'),
           sha256(convert_to($1 || version, 'UTF8'))
    FROM generate_series($2::integer, $3) AS version
"""


async def batch(connection: Connection, stream: str, count: int = 1, kind: str = "Told") -> int:
    """In the caller's transaction; the stream's new version."""
    version: int = await connection.fetchval(_BEGIN, stream, count, bytes(32))
    await connection.execute(_EVENTS, stream, version - count + 1, version, kind)
    await connection.execute("INSERT INTO unsequenced VALUES ($1, $2)", stream, version)
    return version


async def committed(pool: asyncpg.Pool, stream: str, count: int = 1, kind: str = "Told") -> None:
    async with pool.acquire() as connection, connection.transaction():
        await batch(connection, stream, count, kind)


def hash_of(stream: str, version: int) -> bytes:
    return hashlib.sha256(f"{stream}{version}".encode()).digest()


async def order(connection: Connection | asyncpg.Pool) -> list[tuple[str, int]]:
    """Streams and versions in the record's order."""
    return [(row["stream"], row["version"]) for row in await connection.fetch("SELECT * FROM log ORDER BY seq")]


async def is_whole(pool: asyncpg.Pool) -> None:
    """Every committed event has its place, once, behind its predecessor; the tree is the one over them."""
    rows = await pool.fetch("SELECT seq, stream, version, hash FROM log ORDER BY seq")
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    versions: dict[str, int] = {}
    for row in rows:
        assert row["version"] == versions.get(row["stream"], 0) + 1
        versions[row["stream"]] = row["version"]
    assert versions == dict(await pool.fetch("SELECT stream, version FROM streams"))
    assert await pool.fetchval("SELECT count(*) FROM log JOIN events USING (stream, version, hash)") == len(rows)
    assert await pool.fetchval("SELECT count(*) FROM unsequenced") == 0
    async with pool.acquire() as connection:
        tree = await read_tree(connection)
    assert (tree.frontier.size, tree.frontier.root()) == (len(rows), root_of(leaf_hash(row["hash"]) for row in rows))


@asynccontextmanager
async def tampering(connection: Connection) -> AsyncIterator[None]:
    """With all rights, and no trigger in the way."""
    async with connection.transaction():
        for table in ("events", "log"):
            await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
        yield
        for table in ("events", "log"):
            await connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_append_only")
