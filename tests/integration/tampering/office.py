"""Directives handled without Temporal: real transactions on a real database, sequenced and anchored when asked."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

import asyncpg
from temporalio.client import Client

from activities.handle import Handler
from activities.journal.pool import open_pool
from activities.memory import Memory
from activities.record.anchor import Anchor
from activities.record.notes import SigningKey
from activities.record.sequencer import read_tree, sequence
from activities.record.service import keep
from domain.wire import HandleRequest
from tests.support.doors import Door, message
from tests.support.service import Json, command, issue, life, stream_of

NOBODY: Final = cast("Client", None)
"""Only signals ask Temporal for their time."""
_numbers = itertools.count(1)


@dataclass
class Office:
    """``streams``: the directives, in the order in which they were issued."""

    url: str
    pool: asyncpg.Pool
    anchor: Anchor
    handler: Handler
    streams: list[str]

    async def issue(self, **changes: Any) -> str:
        """A directive of one's own."""
        start = issue(**changes)
        stream = stream_of(start)
        await self.send(stream, start, door="start")
        self.streams.append(stream)
        return stream

    async def send(self, stream: str, *commands: Json, door: Door = "update") -> None:
        """Each in a transaction of its own."""
        for one in commands:
            now = datetime.now(UTC)
            sent = message(one, door=door, id_=f"message-{next(_numbers)}", at=now)
            await self.handler.handle(HandleRequest(stream=stream, now=now, messages=[sent]))

    async def sequence(self) -> None:
        """Give everything its place."""
        async with self.pool.acquire() as connection:
            while (await sequence(connection)).taken:
                pass

    async def anchored(self) -> int:
        """The same, and a checkpoint of it; its size."""
        await self.sequence()
        async with self.pool.acquire() as connection:
            tree = await read_tree(connection)
        await keep(self.anchor, tree)
        return tree.frontier.size


@asynccontextmanager
async def opened(url: str, folder: Path) -> AsyncIterator[Office]:
    """An office on an empty journal. ``folder``: for its checkpoints."""
    pool = await open_pool(url)
    try:
        anchor = Anchor(folder, SigningKey.generate("record.example"))
        yield Office(url, pool, anchor, Handler(pool, NOBODY, Memory()), [])
    finally:
        await pool.close()


@asynccontextmanager
async def filled(url: str, folder: Path) -> AsyncIterator[Office]:
    """Three directives that live side by side.

    Four checkpoints cover their first steps; then the first one has two more entries, and the second one an event that
    waits for its entry.
    """
    async with opened(url, folder) as office:
        for _ in range(3):
            await office.issue()
        await office.anchored()
        for step, commands in enumerate(zip(*(life("unit-a") for _ in office.streams), strict=True)):
            for stream, one in zip(office.streams, commands, strict=True):
                await office.send(stream, one)
            if step % 2 == 0:
                await office.anchored()
        await office.send(office.streams[0], command("acknowledge", "unit-b"), command("progress", "unit-b", percent=5))
        await office.sequence()
        await office.send(office.streams[1], command("acknowledge", "unit-b"))
        yield office
