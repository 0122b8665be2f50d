"""A database that somebody with every right is about to alter."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from activities.journal.pool import Connection
from tests.integration.tampering.office import Office


@asynccontextmanager
async def altered(office: Office) -> AsyncIterator[Connection]:
    """A connection on which anything may be done; all is as before when the block ends."""
    async with office.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        try:
            yield connection
        finally:
            await transaction.rollback()
