"""A worker that is started again reads of the journal what is behind the last snapshot, and never the whole of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from activities.journal.pool import open_pool
from activities.journal.write import SNAPSHOT_EVERY
from tests.acceptance.faults.handlers import OneHandler, message
from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.stack import Place, Stack, WorkerProcess
from tests.acceptance.faults.traffic import UNITS, start
from tests.support.service import Json, Service, command, stream_of
from tests.support.waiting import until

OTHERS = 12
BATCH = 100
BEHIND = 150
"""Events since the last snapshot."""
READ = """
SELECT coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::bigint
FROM pg_stat_user_tables WHERE relname = ANY ($1::text[])
"""
RECORD = ["events", "log", "commands", "texts"]
WAITING = "SELECT count(*) FROM unsequenced"
BEHIND_THE_ORDER = "SELECT count(*) FROM followers WHERE seq < (SELECT coalesce(max(seq), 0) FROM log)"


@pytest.mark.timeout(120)
async def test_a_restarted_worker_reads_what_is_behind_the_snapshot_and_never_the_whole_journal(
    stack: Stack, tmp_path: Path
) -> None:
    async with stack.place(tmp_path) as place, WorkerProcess(place) as worker, connected(place) as journal:
        ledger = Ledger(stack.client, place.queue, start())
        await grown(stack, place, ledger.start, 2 * SNAPSHOT_EVERY + BEHIND)
        for _ in range(OTHERS):
            await grown(stack, place, start(), BATCH)
        whole = await journal.fetchval("SELECT sum(version) FROM streams")
        await worker.start()
        await until(lambda: journal.fetchval(WAITING), lambda found: found == 0)
        await until(lambda: journal.fetchval(BEHIND_THE_ORDER), lambda found: found == 0)
        await worker.kill()
        await nobody_else(journal)
        await journal.execute("SELECT pg_stat_reset()")
        await worker.start()
        answer = await ledger.update(command("progress", UNITS[0], percent=99, text="tiếp tục"))
        assert [one["outcome"] for one in answer.answers] == ["done"]
        await until(lambda: journal.fetchval(WAITING), lambda found: found == 0)
        await worker.kill()
        await nobody_else(journal)
        read = await journal.fetchval(READ, RECORD)
        print(f"\n{whole} events, {read} rows of the record read")
        assert BEHIND <= read < BEHIND * 4 < whole / 4


async def grown(stack: Stack, place: Place, issued: Json, events: int) -> None:
    """A directive with so many events and some more."""
    pool = await open_pool(place.database_url)
    try:
        handler, stream = OneHandler(Service(stack.client, pool, place.database_url, place.queue)), stream_of(issued)
        await handler.handle(stream, [message(issued), *(message(command("acknowledge", unit)) for unit in UNITS)])
        for begun in range(0, events, BATCH):
            told = [command("progress", UNITS[number % len(UNITS)], percent=number % 100) for number in range(BATCH)]
            await handler.handle(stream, [message(one) for one in told[: events - begun]])
    finally:
        await pool.close()


async def nobody_else(journal: asyncpg.Connection) -> None:
    """The sessions of a killed worker have ended, and with them all that they have to say has been added up."""
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'directives'"
    )
    await until(lambda: journal.fetchval(others), lambda found: found == 0)


@asynccontextmanager
async def connected(place: Place) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(place.database_url)
    try:
        yield connection
    finally:
        await connection.close()
