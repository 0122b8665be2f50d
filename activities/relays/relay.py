"""The activity ``relay``: takes what one directive has to tell another there, in order, until its shift is over.

Told twice does no harm: the command bears the relay's id.
"""

import asyncio
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
                rows = await self._pool.fetch(query("unsent"), MOST_AT_ONCE)
                sent = await self._send(rows, shift)
                # What could not be sent is tried again after a pause, not in a circle.
                await shift.rest(0 if rows and sent == len(rows) else POLL)

    async def _send(self, rows: Sequence[asyncpg.Record], shift: Shift) -> int:
        """How many got through. Behind one that did not, none goes to the same directive: order matters there."""
        stuck: set[str] = set()
        sent = 0
        for row in rows:
            if shift.over:
                break
            if row["target"] in stuck:
                continue
            try:
                async with asyncio.timeout(PATIENCE):
                    await tell(self._client, row["target"], json.loads(row["command"]))
            except TimeoutError:
                log.warning("Temporal is away; directives are told later", directive=row["target"])
                break
            except RPCError as error:
                stuck.add(row["target"])
                problem = f"{error.status.name}: {error}"
                log.warning("directive not told by another", directive=row["target"], problem=problem)
            else:
                await self._pool.execute(query("sent"), [row["place"]])
                sent += 1
        return sent


async def ensure_relayer(client: Client) -> None:
    """Start the relayer where it does not run."""
    await client.start_workflow(
        RELAYER,
        id=RELAYER_ID,
        task_queue=NOTICES_QUEUE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        static_summary="Passes on what directives tell each other",
    )
