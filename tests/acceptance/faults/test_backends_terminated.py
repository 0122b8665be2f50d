"""An administrator ends the sessions of the worker one after the other, in the middle of whatever they do."""

from functools import partial
from operator import lt
from pathlib import Path

import asyncpg
import pytest

from activities.journal.verify import verify
from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.settling import settled
from tests.acceptance.faults.stack import Place, Stack, WorkerProcess
from tests.acceptance.faults.traffic import Traffic, meanwhile, start
from tests.support.waiting import until

DIRECTIVES = 2
ENDED = 12
"""Sessions that were in a transaction."""
IN_THE_MIDDLE = """
SELECT coalesce(sum(pg_terminate_backend(pid)::integer), 0)
FROM (
    SELECT pid FROM pg_stat_activity
    WHERE datname = $1 AND application_name = 'directives' AND pid <> pg_backend_pid()
      AND xact_start IS NOT NULL AND state <> 'idle'
    ORDER BY random()
    LIMIT 1
) AS one
"""


@pytest.mark.timeout(120)
async def test_sessions_ended_in_the_middle_of_their_transactions_lose_nothing_and_double_nothing(
    stack: Stack, tmp_path: Path
) -> None:
    async with stack.place(tmp_path) as place, WorkerProcess(place) as worker:
        await worker.start()
        ledgers = [Ledger(stack.client, place.queue, start()) for _ in range(DIRECTIVES)]
        async with meanwhile(*(_live(ledger) for ledger in ledgers)):
            await end_sessions(place, ledgers)
        for ledger in ledgers:
            await settled(ledger, place.database_url, "sessions ended")
        await verified(place, ledgers)


async def end_sessions(place: Place, ledgers: list[Ledger]) -> None:
    """One after the other, each while it is doing something; between two of them somebody gets an answer."""

    async def told() -> int:
        return sum(len(ledger.told("answered")) for ledger in ledgers)

    connection = await asyncpg.connect(place.database_url)
    try:
        database = await connection.fetchval("SELECT current_database()")
        for _ in range(ENDED):
            before = await told()
            await until(lambda: connection.fetchval(IN_THE_MIDDLE, database), lambda ended: ended == 1)
            await until(told, partial(lt, before))
    finally:
        await connection.close()


async def _live(ledger: Ledger) -> None:
    await ledger.issue()
    await Traffic(ledger, "sessions").send_together(30, senders=3)


async def verified(place: Place, ledgers: list[Ledger]) -> None:
    connection = await asyncpg.connect(place.database_url)
    try:
        for ledger in ledgers:
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                assert (await verify(connection, ledger.stream)).differences == []
    finally:
        await connection.close()
