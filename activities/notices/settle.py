"""Recording what came of a try: sent, to be tried again, or given up."""

from datetime import timedelta
from typing import Final, Literal

import asyncpg
import structlog

from activities.notices.channel import NotDeliveredError, RefusedForGoodError
from activities.notices.claim import Claim, DueNotice, channel_of
from activities.notices.queries import query
from observe import metrics

MOST_ATTEMPTS: Final = 12
FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=6)
"""Pauses double from the first to the longest: the last try is about 15 hours after the first, so that the issuer
hears the next day that somebody could not be told."""

Outcome = Literal["sent", "failed", "given_up"]

log = structlog.get_logger("notices")


async def record(pool: asyncpg.Pool, taken: Claim, notice: DueNotice, error: NotDeliveredError | None) -> None:
    """Record one try, in one statement. Nothing changes where the lease ran out and somebody else has the notice."""
    outcome = _outcome(notice, error)
    problem = error.problem if error else None
    if outcome == "failed":
        status = await pool.execute(query("try_again"), taken.name, notice.id, _pause(notice.attempts), problem)
    else:
        status = await pool.execute(query("settle"), taken.name, notice.id, outcome, problem)
    ours = status == "UPDATE 1"
    if ours:
        metrics.notices.labels(channel_of(taken.name), outcome).inc()
    _log(taken, notice, outcome if ours else "lost to another dispatcher", problem)


def _outcome(notice: DueNotice, error: NotDeliveredError | None) -> Outcome:
    if error is None:
        return "sent"
    if isinstance(error, RefusedForGoodError) or notice.attempts >= MOST_ATTEMPTS:
        return "given_up"
    return "failed"


def _pause(attempts: int) -> timedelta:
    return min(FIRST_PAUSE * (1 << attempts - 1), LONGEST_PAUSE)


def _log(taken: Claim, notice: DueNotice, outcome: str, problem: str | None) -> None:
    tell = log.info if outcome == "sent" else log.warning
    tell(
        f"notice {outcome}",
        directive=notice.stream,
        notice=str(notice.id),
        kind=notice.kind,
        unit=notice.unit,
        claim=taken.name,
        attempt=notice.attempts,
        problem=problem,
    )
