"""What every worker holds unhandled, told to all of them, and what follows from it for figures (FIGURES, "Time")."""

import asyncio
import contextlib
import os
import socket
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Final

import asyncpg
import structlog

from activities.journal.pool import Connection
from activities.journal.queries import query
from observe import metrics
from observe.metrics import Waiting

EVERY: Final = 5.0
"""Seconds between two reports."""
_WITHIN: Final = 10.0

log = structlog.get_logger("reporting")


@contextlib.asynccontextmanager
async def reporting(
    pool: asyncpg.Pool, every: float = EVERY, waiting: Waiting = metrics.waiting
) -> AsyncIterator[None]:
    """Report until the block ends. A report that fails is followed by the next one: its age says enough."""
    # The number tells apart what starts again in one place, as a container does under one name and process id.
    worker = f"{socket.gethostname()}/{os.getpid()}/{uuid.uuid4().hex[:8]}"
    task = asyncio.create_task(_report_on(pool, worker, every, waiting))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def report(connection: Connection, worker: str, oldest: float) -> None:
    """One report. ``oldest``: Unix time at which the oldest unhandled message came in; 0 where there is none."""
    since = datetime.fromtimestamp(oldest, UTC) if oldest else None
    await connection.execute(query("report"), worker, since, timeout=_WITHIN)


async def complete_through(connection: Connection) -> datetime:
    """Up to when nothing is to come any more: figures as of a later instant are provisional.

    Now, less the age of the oldest message that workers hold unhandled; where none has reported for a minute, the last
    report instead of now; now where none ever did. What is now says the transaction.
    """
    instant: datetime = await connection.fetchval(query("complete_through"))
    return instant


async def _report_on(pool: asyncpg.Pool, worker: str, every: float, waiting: Waiting) -> None:
    while True:
        # Not at once: who has just begun holds nothing yet, whatever waits.
        await asyncio.sleep(every)
        try:
            async with pool.acquire(timeout=_WITHIN) as connection:
                await report(connection, worker, waiting.oldest())
        except Exception:
            log.exception("what is unhandled could not be reported")
