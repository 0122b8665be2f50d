"""Where a scenario is played: servers and a worker of its own, whose clock is moved to where the scenario begins."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

import asyncpg
from temporalio.client import Client
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from activities.handle import Handler
from activities.journal import roles
from activities.journal.install import install
from activities.journal.pool import open_pool
from activities.memory import Memory
from activities.queries import queries_of
from activities.simulated_time import SimulatedTime
from domain.wire import SIMULATION_QUEUE
from embedded.data_directory import Endpoints
from embedded.postgres import Logins
from embedded.stack import Stack
from workflows.attributes import TYPES
from workflows.converter import WORKER_CONVERTER
from workflows.registration import directive_worker
from workflows.server import DYNAMIC_CONFIG

T = TypeVar("T")
SKIPPING: Final[Mapping[str, object]] = {
    "frontend.WorkflowTimeSkippingEnabled": True,
    # Without it every skip costs about a second.
    "history.timerProcessorMaxTimeShift": "10ms",
    # A run that another goes on from within a second makes that one wait; skipped, it is the whole fast-forward.
    "history.workflowIdReuseMinimalInterval": "0s",
}
"""What a server needs for it beside what every server of ours has."""
MOST_SKIPS: Final = 100_000
"""From one moment of a directive to its next."""
NOTICED_WITHIN: Final = 1.0
"""Seconds."""

query = queries_of("simulation")


@dataclass(frozen=True, slots=True)
class Stage:
    """``client``: starts directives that skip no time by themselves; ``skipper``: moves each on.

    ``shift``: from the run's time to the scenario's.
    """

    client: Client
    skipper: TimeSkipper
    shift: timedelta

    def run_time(self, instant: datetime) -> datetime:
        """When that instant of the scenario is, by the clocks of its workflows."""
        return instant - self.shift


async def played(data: Path, begins: datetime, work: Callable[[Stage], Coroutine[Any, Any, T]]) -> T:
    """What the work comes to on a stage in ``data``, whose parent must exist; ``begins``: the scenario's first instant.

    Other commands find the stage through ``data`` as long as it is there. What it leaves no dispatcher sends any more.

    Raises:
        EmbeddedError: a server does not start, or ends before the work.
    """
    stack = Stack(
        data,
        search_attributes=TYPES,
        dynamic_config={**DYNAMIC_CONFIG, **SKIPPING},
        others={},
        logins=Logins(roles.script("roles"), roles.MIGRATOR, roles.WRITER, roles.READER),
    )
    endpoints = await stack.start()
    tasks = asyncio.create_task(_on_stage(endpoints, begins, work)), asyncio.create_task(stack.wait_for_failure())
    playing, watch = tasks
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if not watch.done() and playing.exception() is not None:
            # A server that has ended is why the work failed, where both did; it may be noticed a moment later.
            await asyncio.wait([watch], timeout=NOTICED_WITHIN)
        if watch.done():
            watch.result()
        return playing.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        await stack.stop()


async def _on_stage(endpoints: Endpoints, begins: datetime, work: Callable[[Stage], Coroutine[Any, Any, T]]) -> T:
    await install(endpoints.migrator_url)
    client = await Client.connect(
        endpoints.temporal_address, namespace=endpoints.temporal_namespace, data_converter=WORKER_CONVERTER
    )
    async with _open(endpoints.writer_url) as pool:
        shift = begins - datetime.now(UTC).replace(microsecond=0)
        handler = Handler(pool, client, Memory(), simulated=SimulatedTime(shift))
        skipper = TimeSkipper(client, config=TimeSkippingConfig(max_session_skip_count=MOST_SKIPS))
        async with directive_worker(client, handler.handle, task_queue=SIMULATION_QUEUE):
            return await work(Stage(client, skipper, shift))


@asynccontextmanager
async def _open(database_url: str) -> AsyncIterator[asyncpg.Pool]:
    pool = await open_pool(database_url)
    try:
        yield pool
        # Whoever starts a service on this data finds nothing to send.
        await pool.execute(query("settle_notices"))
    finally:
        await pool.close()
