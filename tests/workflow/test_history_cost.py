"""What a life costs in history events (docs/architecture.md, Numbers). Printed, and held below the limits.

A life is: one obligation, one unit, acknowledge, two progress reports, completion report, acceptance.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from tests.support.parts import Cluster, running_temporal
from tests.support.service import Json, Service, issue, life, running_service
from tests.support.waiting import until

UNITS = tuple(f"unit-{number}" for number in range(40))


@pytest.fixture(scope="module")
async def one_run(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    """A server that lets a run grow as long as in production, so that all events of a life can be counted."""
    folder = tmp_path_factory.mktemp("one-run") / "temporal"
    suggestion = {"limit.historyCount.suggestContinueAsNew": 4096}
    async with running_temporal(folder, **suggestion) as temporal, cluster.database() as url:
        async with running_service(temporal.client, url) as service:
            yield service


async def length(service: Service, stream: str) -> int:
    """Events of the run, read when no task is under way."""
    run = service.client.get_workflow_handle(stream)

    async def busy() -> bool:
        return (await run.describe()).raw_description.HasField("pending_workflow_task")

    await until(busy, lambda found: not found)
    return len((await run.fetch_history()).events)


async def lives(
    service: Service, units: tuple[str, ...], send: Callable[[str, list[Json]], Awaitable[object]]
) -> float:
    """All units take each step together; events per unit, the issue left out."""
    handle = await service.issue(issue(units))
    before = await length(service, handle.id)
    for number, step in enumerate(zip(*map(life, units), strict=True), start=1):
        await send(handle.id, list(step))
        await service.version_reaches(handle.id, 1 + number * len(units))
    return (await length(service, handle.id) - before) / len(units)


async def test_a_life_costs_no_more_history_than_promised(one_run: Service) -> None:
    async def signals(stream: str, step: list[Json]) -> None:
        run = one_run.client.get_workflow_handle(stream)
        await asyncio.gather(*(run.signal("submit", one) for one in step))

    async def updates(stream: str, step: list[Json]) -> None:
        run = one_run.client.get_workflow_handle(stream)
        await asyncio.gather(*(run.execute_update("submit", one) for one in step))

    async def lists(stream: str, step: list[Json]) -> None:
        await one_run.client.get_workflow_handle(stream).execute_update("submit", step)

    found = {
        "alone, signals": (await lives(one_run, UNITS[:1], signals), 27),
        "alone, updates": (await lives(one_run, UNITS[:1], updates), 32),
        "burst of 40, signals": (await lives(one_run, UNITS, signals), 7.5),
        "burst of 40, updates": (await lives(one_run, UNITS, updates), 16),
        "burst of 40, lists": (await lives(one_run, UNITS, lists), 1),
    }
    for name, (events, limit) in found.items():
        print(f"history events per life, {name}: {events:.1f} (limit {limit})")
    assert {name: events for name, (events, limit) in found.items() if events > limit} == {}
