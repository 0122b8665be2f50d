"""What every worker does beside its work: carry the record on, and keep checkpoints of it outside the database.

Which of several workers enters events is settled at every step anew by a lock of its transaction. Keeping checkpoints
is a task of its own: a folder that is full, gone or hangs holds up nothing.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from datetime import UTC, datetime
from typing import Any, Final

import asyncpg
import structlog

from activities.record.anchor import Anchor, Written
from activities.record.checkpoint import Checkpoint
from activities.record.sequencer import Sequenced, Tree, read_tree, sequence
from observe import metrics

EVERY: Final = 0.5
"""Seconds between two looks at what waits."""
CHECKPOINT_EVERY: Final = 60.0
"""Seconds between two checkpoints at most, as long as the record grows."""
_RETRY: Final = 10.0
"""Seconds at most after a failure."""
_WITHIN: Final = 5.0
"""Seconds in which the pool has to give a connection."""

log = structlog.get_logger("record")


@contextlib.asynccontextmanager
async def sequencing(
    pool: asyncpg.Pool, anchor: Anchor | None, every: float = EVERY, checkpoint_every: float = CHECKPOINT_EVERY
) -> AsyncIterator[None]:
    """Carry the record on until the block ends. ``anchor``: none where no checkpoints are kept."""
    closed = asyncio.Event()
    steps: list[Coroutine[Any, Any, None]] = [_Sequencer(pool, closed, every).run()]
    if anchor is not None:
        steps.append(_Keeper(pool, closed, anchor, checkpoint_every).run())
    tasks = [asyncio.create_task(step) for step in steps]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Sequencer:
    """``closed``: set as soon as a closure has its place."""

    def __init__(self, pool: asyncpg.Pool, closed: asyncio.Event, every: float) -> None:
        self._pool = pool
        self._closed = closed
        self._every = every
        self._told: set[str] = set()

    async def run(self) -> None:
        while True:
            try:
                await self._take_all()
            except Exception:
                # Nothing is lost: what was not committed waits as before.
                log.exception("the record could not be carried on")
                metrics.sequencer_failures.inc()
                await asyncio.sleep(min(10 * self._every, _RETRY))
            else:
                await asyncio.sleep(self._every)

    async def _take_all(self) -> None:
        async with self._pool.acquire(timeout=_WITHIN) as connection:
            while True:
                step = await sequence(connection)
                self._tell(step)
                if not step.taken:
                    return

    def _tell(self, step: Sequenced) -> None:
        metrics.record_entries.set(step.size)
        metrics.unsequenced_batches.set(step.waiting)
        if step.closed:
            self._closed.set()
        for stream in set(step.broken) - self._told:
            log.error("an event is missing, so the record of its stream ends", stream=stream)
            self._told.add(stream)


class _Keeper:
    def __init__(self, pool: asyncpg.Pool, closed: asyncio.Event, anchor: Anchor, every: float) -> None:
        self._pool = pool
        self._closed = closed
        self._anchor = anchor
        self._every = every
        self._kept: int | None = None
        """Up to which size; None before anybody has looked."""

    async def run(self) -> None:
        while True:
            self._closed.clear()
            try:
                await self._keep()
            except Exception:
                # The events have their places; a later checkpoint covers them as well. No closure hastens it.
                log.exception("no checkpoint could be kept")
                metrics.checkpoint_failures.inc()
                await asyncio.sleep(min(self._every, _RETRY))
            else:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._closed.wait(), self._every)

    async def _keep(self) -> None:
        async with self._pool.acquire(timeout=_WITHIN) as connection:
            tree = await read_tree(connection)
        size = tree.frontier.size
        if self._kept is None:
            self._kept = await asyncio.to_thread(self._anchor.size)
        if size < self._kept:
            log.error("the record ends before a checkpoint that was signed", size=size, signed=self._kept)
        if size not in (0, self._kept):
            await keep(self._anchor, tree)
        self._kept = size


async def keep(anchor: Anchor, tree: Tree) -> Written:
    """A checkpoint of the record as it stands. Raises what ``Anchor.write`` raises."""
    now = datetime.now(UTC)
    checkpoint = Checkpoint(tree.origin, tree.frontier.size, tree.frontier.root(), now)
    kept = await asyncio.to_thread(anchor.write, checkpoint)
    metrics.last_checkpoint.set(now.timestamp())
    return kept
