"""The activity ``relay``: takes what one directive has to tell another there, in order, until its shift is over.

Told twice does no harm: the command bears the relay's id.
"""

import asyncio
import contextlib
import json
from collections.abc import Sequence
from typing import Final

import asyncpg
import structlog
from temporalio import activity
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError

from activities.queries import queries_of
from activities.shift import Shift, heartbeats
from activities.telling import tell
from domain.wire import NOTICES_QUEUE, RELAY, RELAYER, RELAYER_ID

POLL: Final = 1.0
"""Seconds between looking for relays where there were none."""
MOST_AT_ONCE: Final = 200
PATIENCE: Final = 5.0
"""Seconds to get one through."""

query = queries_of("activities.relays")
log = structlog.get_logger("relays")


class _AwayError(Exception):
    """Temporal does not answer: no directive can be told."""


class Relaying:
    """Holds what the relayer needs of the world."""

    def __init__(self, pool: asyncpg.Pool, client: Client) -> None:
        self._pool = pool
        self._client = client

    @activity.defn(name=RELAY)
    async def relay(self) -> None:
        """Work until the shift is over."""
        shift = Shift()
        async with heartbeats():
            while not shift.over:
                await self._round(shift)
                # What could not be sent is tried again after a pause, not in a circle.
                await shift.rest(POLL)

    async def _round(self, shift: Shift) -> None:
        """Pass on all that waits. Behind one that did not get through, none goes to its directive: order matters."""
        stuck: set[str] = set()
        with contextlib.suppress(_AwayError):
            while not shift.over and (rows := await self._pool.fetch(query("unsent"), MOST_AT_ONCE, list(stuck))):
                await self._send(rows, stuck, shift)

    async def _send(self, rows: Sequence[asyncpg.Record], stuck: set[str], shift: Shift) -> None:
        """Adds to ``stuck`` whom it could not tell."""
        sent: list[int] = []
        try:
            for row in rows:
                if shift.over:
                    break
                if row["target"] in stuck:
                    continue
                if await self._told(row["target"], row["command"]):
                    sent.append(row["place"])
                else:
                    stuck.add(row["target"])
        finally:
            await self._pool.execute(query("sent"), sent)

    async def _told(self, target: str, command: str) -> bool:
        """Whether it got through. Raises ``_AwayError``."""
        try:
            async with asyncio.timeout(PATIENCE):
                await tell(self._client, target, json.loads(command))
        except TimeoutError as error:
            log.warning("Temporal is away; directives are told later", directive=target)
            raise _AwayError from error
        except RPCError as error:
            problem = f"{error.status.name}: {error}"
            log.warning("directive not told by another", directive=target, problem=problem)
            return False
        return True


async def ensure_relayer(client: Client) -> None:
    """Start the relayer where it does not run."""
    await client.start_workflow(
        RELAYER,
        id=RELAYER_ID,
        task_queue=NOTICES_QUEUE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        static_summary="Passes on what directives tell each other",
    )
