"""When all is over: the two sides compared, the read models, the query."""

import asyncpg
from temporalio.service import RPCError

from activities.journal.pool import open_pool
from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.reckoning import Journal, Reckoning, compare, described
from tests.support.waiting import until

LIMIT = 45.0


async def settled(ledger: Ledger, database_url: str, label: str) -> Journal:
    """Wait until nothing is missing any more, then compare everything with everything, and print the counts."""
    pool = await open_pool(database_url)
    try:
        return await settled_in(ledger, pool, label)
    finally:
        await pool.close()


async def settled_in(ledger: Ledger, pool: asyncpg.Pool, label: str) -> Journal:
    """The same with the connections of a worker in this process."""

    async def reckoning() -> Reckoning:
        return compare(ledger, await Journal.read(pool, ledger.stream))

    await until(reckoning, lambda found: not found.lost, LIMIT)
    journal = await until(lambda: _steady(ledger, pool), lambda found: found is not None, LIMIT)
    assert journal is not None
    result = compare(ledger, journal)
    print(f"\n{label}: {result}")
    assert result.clean, result
    assert list(journal.faults()) == []
    return journal


async def _steady(ledger: Ledger, pool: asyncpg.Pool) -> Journal | None:
    """The journal, once the workflow tells of exactly it."""
    try:
        told = await ledger.client.get_workflow_handle(ledger.stream).query("state")
    except RPCError:  # the worker that should answer was killed
        return None
    journal = await Journal.read(pool, ledger.stream)
    return journal if told == described(journal.state) else None
