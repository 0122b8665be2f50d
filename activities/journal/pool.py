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
        server_settings={"application_name": "directives", "timezone": "UTC"},
    )
