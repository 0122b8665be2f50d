"""Up to when nothing is to come any more: from what workers hold unhandled, or when they were last heard of."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import asyncpg
import pytest
from structlog.testing import capture_logs

from activities.journal.pool import open_pool
from activities.reporting import complete_through, report, reporting
from observe.metrics import Waiting
from tests.support.service import Service, issue, life
from tests.support.waiting import until

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
EVERY = 0.02


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[asyncpg.Pool]:
    pool = await open_pool(database_url)
    yield pool
    await pool.close()


async def told(pool: asyncpg.Pool, ago: timedelta, oldest: timedelta | None = None, worker: str = "one") -> None:
    """A worker said ``ago`` that its oldest message had come in that long before now."""
    await pool.execute(
        "INSERT INTO workers VALUES ($1, now() - $2::interval, now() - $3::interval)", worker, ago, oldest
    )


async def behind(pool: asyncpg.Pool) -> timedelta:
    """How far before now the figures are complete."""
    async with pool.acquire() as connection, connection.transaction():
        now: datetime = await connection.fetchval("SELECT now()")
        return now - await complete_through(connection)


async def test_where_no_worker_ever_reported_it_is_now(pool: asyncpg.Pool) -> None:
    assert await behind(pool) == timedelta(0)


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([(2 * SECOND, None)], timedelta(0)),
        ([(2 * SECOND, 40 * MINUTE)], 40 * MINUTE),
        ([(2 * SECOND, 40 * MINUTE), (3 * SECOND, 50 * MINUTE), (SECOND, None)], 50 * MINUTE),
        # Who is silent for a minute is gone, and another has taken over what it held.
        ([(2 * SECOND, 40 * MINUTE), (2 * MINUTE, 50 * MINUTE)], 40 * MINUTE),
        ([(2 * SECOND, None), (2 * MINUTE, 50 * MINUTE)], timedelta(0)),
        # All are gone: what came in since nobody has seen.
        ([(2 * MINUTE, None), (3 * MINUTE, None)], 2 * MINUTE),
        ([(2 * MINUTE, 5 * MINUTE)], 5 * MINUTE),
        ([(10 * MINUTE, None), (30 * MINUTE, 50 * MINUTE)], 10 * MINUTE),
    ],
)
async def test_it_is_as_far_back_as_the_oldest_message_that_is_held_or_the_last_report(
    pool: asyncpg.Pool, reports: list[tuple[timedelta, timedelta | None]], expected: timedelta
) -> None:
    for number, (ago, oldest) in enumerate(reports):
        await told(pool, ago, oldest, f"worker {number}")
    found = await behind(pool)
    # The reports were written each in a transaction before the one that asks.
    assert expected <= found < expected + 10 * SECOND


async def test_a_report_takes_the_place_of_the_workers_last_and_ends_those_gone_for_a_day(pool: asyncpg.Pool) -> None:
    await told(pool, timedelta(hours=25), worker="gone")
    await told(pool, timedelta(hours=23), worker="away")
    async with pool.acquire() as connection:
        await report(connection, "here", 100.0)
        await report(connection, "here", 0)
    rows = await pool.fetch("SELECT id, oldest_unhandled FROM workers ORDER BY id")
    assert [tuple(row) for row in rows] == [("away", None), ("here", None)]


async def test_a_message_that_a_worker_holds_makes_what_comes_after_it_provisional(pool: asyncpg.Pool) -> None:
    waiting = Waiting()
    came_in = await pool.fetchval("SELECT extract(epoch FROM now())::float8")
    waiting.hold("a directive", came_in)
    async with reporting(pool, EVERY, waiting):
        held = await until(lambda: complete(pool), lambda found: found.timestamp() <= came_in)
        assert held.timestamp() == pytest.approx(came_in)
        waiting.release("a directive")
        await until(lambda: complete(pool), lambda found: found.timestamp() > came_in)


async def test_a_message_that_waits_for_the_journal_is_reported_by_the_worker_that_holds_it(service: Service) -> None:
    handle = await service.issue(issue(("unit-a",)))
    async with _held(service, handle.id), reporting(service.pool, EVERY):
        before = await complete(service.pool)
        await handle.signal("submit", life("unit-a")[0])
        at = await until(lambda: oldest(service.pool), lambda found: found is not None)
        assert at is not None
        assert at > before - MINUTE
        assert await complete(service.pool) <= at
    await service.version_reaches(handle.id, 2)


async def test_reports_that_fail_are_followed_by_one_that_does_not(pool: asyncpg.Pool) -> None:
    await pool.execute("ALTER TABLE workers RENAME TO elsewhere")
    with capture_logs() as logs:
        async with reporting(pool, EVERY, Waiting()):
            await until(lambda: failures(logs), lambda count: count >= 2)
            await pool.execute("ALTER TABLE elsewhere RENAME TO workers")
            await until(lambda: pool.fetchval("SELECT count(*) FROM workers"), lambda count: count == 1)


@asynccontextmanager
async def _held(service: Service, stream: str) -> AsyncIterator[None]:
    async with service.pool.acquire() as connection, connection.transaction():
        await connection.fetchrow("SELECT 1 FROM streams WHERE stream = $1 FOR UPDATE", stream)
        yield


async def complete(pool: asyncpg.Pool) -> datetime:
    async with pool.acquire() as connection:
        return await complete_through(connection)


async def oldest(pool: asyncpg.Pool) -> datetime | None:
    found: datetime | None = await pool.fetchval("SELECT min(oldest_unhandled) FROM workers")
    return found


async def failures(logs: Sequence[Mapping[str, object]]) -> int:
    return [line["event"] for line in logs].count("what is unhandled could not be reported")
