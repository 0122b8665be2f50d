"""``rebuild``: the read models follow from the record again. ``check``: whether they do.

Why contents are exchanged, and not tables by their names: a reader whose snapshot is older than the new rows would find
a table under the old name in which it sees nothing, and count nothing. Rows that are deleted and inserted in one
transaction are seen by every reader as of its own moment; no reader waits; and views, grants, indexes and constraints
stay what they are. What does not differ is not written at all.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import asyncpg

from activities.journal.pool import Connection
from activities.rebuilding.beside import Advance, Beside, RebuildError
from activities.rebuilding.queries import query
from activities.rebuilding.rows import TABLES

FEW: Final = 20
"""Directives written to meanwhile that may be left for the moment in which writers wait."""
ROUNDS: Final = 10
"""Of catching up before; where they write faster than that, more is left."""
LOCK_WITHIN: Final = "2s"
"""How long writers wait behind us for those before us."""
TRIES: Final = 30
FIRST_NAMED: Final = 100
"""Directives that differ, by their ids; the rest by number alone."""


class RebuildRunsError(RebuildError):
    """Another one is at it."""

    def __init__(self) -> None:
        super().__init__("another rebuild is running")


class WritersBusyError(RebuildError):
    """No moment was found in which nobody was writing."""

    def __init__(self) -> None:
        super().__init__("no moment was found in which nobody was writing")


@dataclass(frozen=True, slots=True)
class TableReport:
    """Of one read model.

    ``rows``: as rebuilt. ``standing``, ``rebuilt``: digests, SHA-256 in hexadecimal. ``differing``: directives whose
    rows differ; ``first`` of them.
    """

    name: str
    rows: int
    standing: str
    rebuilt: str
    differing: int
    first: Sequence[str]


async def size(connection: Connection) -> int:
    """How many events there are to be read."""
    return int(await connection.fetchval(query("size")))


async def check(
    connection: Connection, tables: Collection[str] = TABLES, advance: Advance = lambda _: None
) -> list[TableReport]:
    """Rebuild beside and compare, at one moment; nothing that stands is touched. Raises ``UnreadableStreamError``."""
    beside = Beside(connection, tables)
    await beside.lay_out()
    await beside.catch_up(advance)
    async with connection.transaction(isolation="repeatable_read"):
        await beside.catch_up()
        await beside.compare()
        return await _report(connection, tables)


async def rebuild(
    connection: Connection, tables: Collection[str] = TABLES, advance: Advance = lambda _: None
) -> list[TableReport]:
    """Rebuild beside and put in place what differs; writers wait for the last step alone, readers never.

    Raises:
        UnreadableStreamError: the record cannot be folded; nothing was changed.
        RebuildRunsError: another one is at it.
        WritersBusyError: nothing was changed.
    """
    async with _the_only_one(connection):
        beside = Beside(connection, tables)
        await beside.lay_out()
        await beside.catch_up(advance)
        await _nearly_there(beside)
        async with connection.transaction(isolation="repeatable_read"):
            await beside.catch_up()
            await beside.compare()
        report, changed = await _swap(connection, beside, tables)
        for table in changed:
            await connection.execute(query("analyze").format(table=table))
        return report


async def rebuild_what_is_missing(database_url: str) -> list[TableReport]:
    """After a migration: fill the read models that the release before did not have. Nothing where they are there.

    ``database_url``: for asyncpg; of the owner of the tables. Raises as ``rebuild`` does.
    """
    connection = await asyncpg.connect(database_url, timeout=30)
    try:
        return await rebuild(connection) if await connection.fetchval(query("unbuilt")) else []
    finally:
        await connection.close(timeout=1)


async def _nearly_there(beside: Beside) -> None:
    for _ in range(ROUNDS):
        if await beside.catch_up() <= FEW:
            return


async def _swap(connection: Connection, beside: Beside, tables: Collection[str]) -> tuple[list[TableReport], list[str]]:
    for _ in range(TRIES):
        try:
            async with connection.transaction():
                await connection.execute(f"SET LOCAL lock_timeout = '{LOCK_WITHIN}'")
                await connection.execute(query("hold_writers"))
                await beside.catch_up()
                await beside.compare()
                return await _report(connection, tables), await beside.put_in_place()
        except asyncpg.LockNotAvailableError:
            # Somebody holds a head for long: let those who wait behind us go on, and stay close.
            await asyncio.sleep(1)
            await beside.catch_up()
    raise WritersBusyError


async def _report(connection: Connection, tables: Collection[str]) -> list[TableReport]:
    return [
        TableReport(table, row["rows"], row["standing"], row["rebuilt"], row["differing"], row["first"] or [])
        for table in tables
        for row in await connection.fetch(query("report"), table, FIRST_NAMED)
    ]


@asynccontextmanager
async def _the_only_one(connection: Connection) -> AsyncIterator[None]:
    if not await connection.fetchval("SELECT pg_try_advisory_lock(hashtext('directives rebuild'))"):
        raise RebuildRunsError
    try:
        yield
    finally:
        if not connection.is_closed():
            await connection.execute("SELECT pg_advisory_unlock(hashtext('directives rebuild'))")
