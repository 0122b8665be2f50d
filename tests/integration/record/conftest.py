"""A migrated database of one's own, with connections to it."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from activities.journal.pool import open_pool


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[asyncpg.Pool]:
    pool = await open_pool(database_url, size=16)
    yield pool
    await pool.close()
