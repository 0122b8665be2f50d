"""The followers, kept going in every worker: whoever locks a follower's row in a step does that step."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import Final

import asyncpg
import structlog

from activities.followers.follower import MOST, Follower, begin, follow
from activities.followers.rights_changes import RightsChanges
from domain.events import UnknownEventError
from observe import metrics

FOLLOWERS: Final[Sequence[Follower]] = (RightsChanges(),)
EVERY: Final = 1.0
"""Seconds between two looks at the record, once everything is taken in."""
LONGEST_PAUSE: Final = 60.0
"""Between tries of a step that fails; they double from ``EVERY`` on."""
WITHIN: Final = 10.0
"""Seconds to wait for a connection."""

log = structlog.get_logger("followers")


@contextlib.asynccontextmanager
async def following(
    pool: asyncpg.Pool, followers: Sequence[Follower] = FOLLOWERS, every: float = EVERY, most: int = MOST
) -> AsyncIterator[None]:
    """Follow until the block ends. None holds up another one, and none the worker."""
    tasks = [asyncio.create_task(_keep_on(pool, one, every, most)) for one in followers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _keep_on(pool: asyncpg.Pool, follower: Follower, every: float, most: int) -> None:
    # Born at zero: a counter born at one hides its first occurrence from ``increase``.
    failures = metrics.follower_failures.labels(follower.name)
    pause, begun = every, False
    while True:
        try:
            async with pool.acquire(timeout=WITHIN) as connection:
                if not begun:
                    await begin(connection, follower)
                    begun = True
                while await follow(connection, follower, most) == most:
                    pass
            pause = every
        except UnknownEventError:
            # It would fail again. A worker that knows the event goes on from here; to pass over it would lose it.
            failures.inc()
            log.exception("a follower stopped: this program is too old for the record", follower=follower.name)
            return
        except Exception:
            failures.inc()
            log.exception("a follower failed; its step is tried again", follower=follower.name)
            pause = min(2 * pause, LONGEST_PAUSE)
        await asyncio.sleep(pause)
