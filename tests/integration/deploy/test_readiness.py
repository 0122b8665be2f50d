"""What a worker needs before it is ready, on the real parts."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import asyncpg
import pytest

from activities.journal.pool import open_pool
from activities.readiness import checks
from embedded import ports
from observe.health import serve_health
from tests.integration.deploy.web import Here, ask
from tests.support.parts import TemporalServer
from workflows.attributes import TYPES


@dataclass
class Worker:
    """What of a worker its checks look at."""

    pool: asyncpg.Pool
    temporal: TemporalServer
    working: asyncio.Event

    async def unready(self, *attributes: str) -> dict[str, str]:
        """The checks that fail, and why."""
        found = checks(self.pool, self.temporal.client, [*TYPES, *attributes], self.working)
        async with serve_health(Here(), found) as url:
            answer = await ask(f"{url}/readyz")
        problems = {name: problem for name, problem in answer.json["checks"].items() if problem != "ok"}
        assert answer.status == (503 if problems else 200)
        return problems


@contextlib.asynccontextmanager
async def worker_on(database_url: str, temporal: TemporalServer) -> AsyncIterator[Worker]:
    pool = await open_pool(database_url)
    working = asyncio.Event()
    working.set()
    try:
        yield Worker(pool, temporal, working)
    finally:
        await pool.close()


@pytest.fixture
async def worker(database_url: str, temporal: TemporalServer) -> AsyncIterator[Worker]:
    async with worker_on(database_url, temporal) as worker:
        yield worker


async def test_a_worker_is_ready_where_everything_is_in_place(worker: Worker) -> None:
    assert await worker.unready() == {}


async def test_a_worker_that_starts_or_drains_is_not_ready(worker: Worker) -> None:
    worker.working.clear()
    assert await worker.unready() == {"worker": "is not polling: it starts, or it drains"}


async def test_a_migration_that_is_missing_is_named(worker: Worker) -> None:
    await worker.pool.execute("DELETE FROM schema_migrations WHERE version IN ('0001', '0003')")
    assert await worker.unready() == {"schema": "migrations not applied: 0001, 0003"}


async def test_a_schema_that_a_newer_release_has_carried_on_is_good_enough(worker: Worker) -> None:
    await worker.pool.execute("INSERT INTO schema_migrations VALUES ('9999')")
    assert await worker.unready() == {}


async def test_a_database_without_a_schema_is_said_to_have_none(worker: Worker) -> None:
    await worker.pool.execute("DROP TABLE schema_migrations")
    [problem] = (await worker.unready()).items()
    assert problem[0] == "schema"
    assert 'relation "schema_migrations" does not exist' in problem[1]


async def test_a_search_attribute_that_is_missing_is_named(worker: Worker) -> None:
    assert await worker.unready("Nowhere") == {"search_attributes": "search attributes not registered: Nowhere"}


async def test_postgresql_away_leaves_journal_and_schema_unready(temporal: TemporalServer) -> None:
    with ports.reserved([ports.ANY]) as [nobody]:
        async with worker_on(f"postgresql://u:p4ssw0rd@127.0.0.1:{nobody}/d", temporal) as worker:
            problems = await worker.unready()
    assert problems.keys() == {"journal", "schema"}
    assert "p4ssw0rd" not in str(problems)
