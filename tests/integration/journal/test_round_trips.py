"""How often a batch asks something of PostgreSQL: the same, however many commands it has (docs/architecture.md)."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from activities.journal.pool import open_pool
from tests.acceptance.faults.handlers import OneHandler, message
from tests.acceptance.faults.traffic import start
from tests.support.proxy import Proxy
from tests.support.service import Json, Service, command, stream_of

UNITS = tuple(f"unit-{number}" for number in range(1, 121))
MOST = 8
"""As documented; giving the connection back is one of them."""
Counted = Callable[[list[Json]], Awaitable[int]]


@pytest.fixture
async def trips(service: Service) -> AsyncIterator[Counted]:
    """How many round trips a batch takes, once the connection knows the statements and the worker the directive."""
    async with Proxy(service.database_url).running() as proxy:
        pool = await open_pool(proxy.url, size=1)
        issued = start(units=UNITS)
        stream = stream_of(issued)
        handler = OneHandler(Service(service.client, pool, proxy.url, service.queue))
        await handler.handle(stream, [message(issued)])
        for step in ("acknowledge", "report"):
            await handler.handle(stream, [message(told(step, UNITS[0]))])

        async def counted(commands: list[Json]) -> int:
            before = proxy.trips
            result = await handler.handle(stream, [message(one) for one in commands])
            assert {one["outcome"] for one in result.answers.values()} == {"done"}
            return proxy.trips - before

        yield counted
        await pool.close()


def told(step: str, unit: str) -> Json:
    return command(step, unit) if step == "acknowledge" else command(step, unit, text="xong")


async def test_a_batch_takes_eight_round_trips_at_most_however_many_commands_it_has(trips: Counted) -> None:
    batches = {1: UNITS[1:2], 10: UNITS[2:12], 100: UNITS[12:112]}
    for step in ("acknowledge", "report"):
        taken = {size: await trips([told(step, unit) for unit in units]) for size, units in batches.items()}
        assert set(taken.values()) <= set(range(1, MOST + 1)), (step, taken)
        assert len(set(taken.values())) == 1, (step, taken)
