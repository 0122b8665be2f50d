"""The rows that figures are read from, against what the events come to. The keys of words are not needed for it."""

import asyncpg

from activities.journal.pool import Connection
from activities.journal.queries import query
from activities.journal.read import load_events
from activities.journal.verify import TABLES
from activities.journal.verify_rows import differing_links, differing_rows, differing_spans
from domain.events import UnknownEventError
from domain.fold import BrokenStreamError, fold


async def differing_tables(pool: asyncpg.Pool, stream: str) -> list[str]:
    """Those in which a row of the directive is another than it should be; "events" where these cannot be read."""
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        try:
            return await _differing(connection, stream)
        except (BrokenStreamError, UnknownEventError, LookupError, TypeError, ValueError):
            return ["events"]


async def _differing(connection: Connection, stream: str) -> list[str]:
    events = await load_events(connection, stream)
    state = fold(events)
    if state is None:
        return []
    found = {table: await connection.fetch(query(f"verify_{table}"), stream) for table in TABLES}
    differences = [
        *differing_rows(state, found),
        *differing_links(events, await connection.fetch(query("verify_links"), stream)),
        *differing_spans(events, await connection.fetch(query("verify_spans"), stream)),
    ]
    return sorted({one.table for one in differences})
