"""The gauges that say how directives stand: one worker reads them from the database, the others show nothing.

Who reads is settled by an advisory lock of a session, so it needs connections that last: a pooler between us and
PostgreSQL has to be in session mode.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final

import asyncpg
import structlog

from activities.journal.pool import Connection
from activities.journal.queries import query
from observe import metrics
from observe.figures import CELLS, RECEIPT_STATES, Figures, FiguresCollector

EVERY: Final = 15.0
"""Seconds between two readings: as often as Prometheus asks."""
_WITHIN: Final = 10.0
"""Seconds that the database has for each step."""
_LOCK: Final = "SELECT pg_try_advisory_lock(hashtext('directives gauges'))"

log = structlog.get_logger("gauges")


@contextlib.asynccontextmanager
async def publish_gauges(
    pool: asyncpg.Pool, every: float = EVERY, figures: FiguresCollector = metrics.figures
) -> AsyncIterator[None]:
    """Keep ``figures`` up to date until the block ends, as long as no other worker does."""
    reading = asyncio.create_task(_read_on(pool, every, figures))
    try:
        yield
    finally:
        reading.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await reading
        figures.withdraw()


async def read_figures(session: Connection) -> Figures:
    """One reading. Raises what asyncpg raises."""
    read_at = time.time()
    [row] = await session.fetch(query("gauges_figures"), timeout=_WITHIN)
    followers = await session.fetch(query("gauges_followers"), timeout=_WITHIN)
    return Figures(
        read_at=read_at,
        assignments={cell: row[cell] for cell in CELLS},
        unacknowledged={state: row[state] for state in RECEIPT_STATES},
        oldest_waiting_notice=_unix(row["oldest_notice"]),
        oldest_unsent_relay=_unix(row["oldest_relay"]),
        follower_lag={one["name"]: one["lag"] for one in followers},
        follower_beat={one["name"]: _unix(one["beat_at"]) for one in followers},
    )


def _unix(instant: datetime | None) -> float:
    return instant.timestamp() if instant else 0


async def _read_on(pool: asyncpg.Pool, every: float, figures: FiguresCollector) -> None:
    while True:
        try:
            async with pool.acquire(timeout=_WITHIN) as session:
                try:
                    # Its holder gets the lock again. Broken, the session lets go of it, and another worker reads at its
                    # next turn.
                    while await session.fetchval(_LOCK, timeout=_WITHIN):
                        figures.publish(await read_figures(session))
                        await asyncio.sleep(every)
                finally:
                    # A broken session has been taken from us, and its lock from the session.
                    with contextlib.suppress(asyncpg.InterfaceError):
                        await session.reset(timeout=_WITHIN)
            figures.withdraw()
        except Exception:
            # What was read last stays, with its time: the rules see it grow old. Gauges are no reason to stop working.
            log.exception("the gauges could not be read")
        await asyncio.sleep(every)
