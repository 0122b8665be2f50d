"""How long one attempt of a long activity works, and that the server hears of it meanwhile."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any, Final

from temporalio import activity

BEAT: Final = 5.0
"""Seconds between heartbeats; the SDK passes on as many as the server needs."""
LAST_WORDS: Final = 2.0
"""Seconds that a cancelled step has to come to its end."""
_PART: Final = 0.9


class Shift:
    """From now until shortly before the attempt would time out, or until the worker shuts down."""

    def __init__(self) -> None:
        limit = activity.info().start_to_close_timeout
        self._ends = time.monotonic() + _PART * limit.total_seconds() if limit else float("inf")

    @property
    def over(self) -> bool:
        """Whether nothing new may be begun."""
        return activity.is_worker_shutdown() or time.monotonic() >= self._ends

    async def rest(self, seconds: float) -> None:
        """Wait that long, but not beyond the end of the shift."""
        left = min(seconds, self._ends - time.monotonic())
        if left <= 0:
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(activity.wait_for_worker_shutdown(), left)


@contextlib.asynccontextmanager
async def heartbeats(say: Callable[[], Sequence[object]] = tuple) -> AsyncIterator[None]:
    """Heartbeat until the block ends. ``say``: how far it has come, for whoever looks at the activity."""
    beating = asyncio.create_task(_beat(say))
    try:
        yield
    finally:
        beating.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await beating


async def to_its_end(step: Coroutine[Any, Any, None]) -> None:
    """Do the step; cancelled in it, give it ``LAST_WORDS`` to finish, so that what it has done is not left unsaid."""
    task = asyncio.create_task(step)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=LAST_WORDS)
        task.cancel()
        await asyncio.wait([task])
        raise


async def _beat(say: Callable[[], Sequence[object]]) -> None:
    while True:
        activity.heartbeat(*say())
        await asyncio.sleep(BEAT)
