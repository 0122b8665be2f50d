"""PostgreSQL, Temporal, the worker, or all of them at once killed under load."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.settling import settled
from tests.acceptance.faults.stack import Stack, WorkerProcess
from tests.acceptance.faults.traffic import Traffic, meanwhile, start
from tests.support.waiting import until

DIRECTIVES = 3
SENDERS = 3


@dataclass(frozen=True)
class Scene:
    """A stack and its worker."""

    stack: Stack
    worker: WorkerProcess


async def kill_postgresql(scene: Scene) -> None:
    await scene.stack.kill_postgresql()
    await scene.stack.postgresql.start()


async def stop_postgresql_at_once(scene: Scene) -> None:
    await scene.stack.stop_postgresql_at_once()
    await scene.stack.postgresql.start()


async def kill_temporal(scene: Scene) -> None:
    await scene.stack.kill_temporal()
    await scene.stack.temporal.start()


async def kill_worker(scene: Scene) -> None:
    await scene.worker.kill()
    await scene.worker.start()


async def kill_all_at_once(scene: Scene) -> None:
    await asyncio.gather(scene.worker.kill(), scene.stack.kill_postgresql(), scene.stack.kill_temporal())
    await asyncio.gather(scene.stack.postgresql.start(), scene.stack.temporal.start())
    await scene.worker.start()


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "kill", [kill_postgresql, stop_postgresql_at_once, kill_temporal, kill_worker, kill_all_at_once]
)
async def test_what_is_killed_under_load_loses_nothing_and_doubles_nothing(
    stack: Stack, tmp_path: Path, kill: Callable[[Scene], Awaitable[None]]
) -> None:
    async with stack.place(tmp_path) as place, WorkerProcess(place) as worker:
        await worker.start()
        scene = Scene(stack, worker)
        ledgers = [Ledger(stack.client, place.queue, start()) for _ in range(DIRECTIVES)]
        lives = [_live(ledger, f"{kill.__name__}/{number}") for number, ledger in enumerate(ledgers)]
        async with meanwhile(*lives):
            for times in (1, 2):
                await _answered(ledgers, 20 * times)
                await kill(scene)
        for ledger in ledgers:
            await settled(ledger, place.database_url, kill.__name__)


async def _live(ledger: Ledger, seed: str) -> None:
    await ledger.issue()
    await Traffic(ledger, seed).send_together(20, SENDERS)


async def _answered(ledgers: list[Ledger], count: int) -> None:
    async def told() -> int:
        return sum(len(ledger.told("answered", "accepted")) for ledger in ledgers)

    await until(told, lambda found: found >= count)
