"""Telling directives what became of their notices: only what changes their rules, in one command for each claim."""

import asyncio
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final
from uuid import UUID, uuid5

import asyncpg
import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from activities.notices.claim import channel_of
from activities.notices.queries import query
from activities.telling import tell
from domain.actor import SYSTEM
from domain.commands.record_delivery import Delivery, RecordDelivery

NAMESPACE: Final = UUID("3c9b7d52-4e0a-5d0e-9f57-6c1d0e8b7a41")
PATIENCE: Final = 5.0
"""Seconds to get a message through; mails must not wait much longer for Temporal."""

log = structlog.get_logger("notices")


async def report(pool: asyncpg.Pool, client: Client) -> None:
    """Tell every directive that has something to hear. What cannot be told now is told at the next call."""
    rows = await pool.fetch(query("unreported"))
    for (stream, claim_name), group in groupby(rows, key=lambda row: (row["stream"], row["claimed_by"])):
        told = list(group)
        try:
            async with asyncio.timeout(PATIENCE):
                await tell(client, stream, _command(claim_name, told).model_dump(mode="json", exclude_none=True))
        except TimeoutError:
            log.warning("Temporal is away; directives are told of deliveries later", directive=stream)
            return
        except RPCError as error:
            log.warning("directive not told of deliveries", directive=stream, problem=f"{error.status.name}: {error}")
        else:
            await pool.execute(query("reported"), [row["id"] for row in told])


def command_id(notices: Iterable[UUID]) -> str:
    """The same notices make the same command, however often it is sent."""
    return str(uuid5(NAMESPACE, " ".join(str(notice) for notice in notices)))


def _command(claim_name: str, told: Sequence[asyncpg.Record]) -> RecordDelivery:
    return RecordDelivery(
        type="record_delivery",
        command_id=command_id(row["id"] for row in told),
        actor=SYSTEM,
        # From the rows, so that a repetition has the same content too.
        sent_at=max(row["settled_at"] for row in told),
        deliveries=[
            Delivery(
                unit=row["unit"],
                notice=row["id"],
                channel=channel_of(claim_name),
                at=row["settled_at"],
                revision=row["revision"],
                problem=row["problem"],
            )
            for row in told
        ],
    )
