"""Connections to the journal."""

import asyncpg

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy


async def open_pool(database_url: str, *, size: int = 10) -> asyncpg.Pool:
    """A pool of at most ``size`` connections, opened on first use.

    A lost connection shows itself after a quarter of a minute, not when TCP gives up after many.
    """
    return await asyncpg.create_pool(
        database_url,
        min_size=0,
        max_size=size,
        timeout=5,
        command_timeout=15,
        reset=_as_it_is,
        server_settings={"application_name": "directives", "timezone": "UTC"},
    )


async def _as_it_is(connection: Connection) -> None:
    """Give a connection back without a round trip: only a transaction may change a session, and it is over.

    Whoever takes a lock of the session lets go of it.
    """
