"""What a follower is, and one step of it: a batch of the record and where it has come to, in one transaction."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final, Protocol

import asyncpg

from activities.followers.queries import query
from activities.journal.erasable import put_back, references, stand_ins
from activities.journal.pool import Connection
from domain.event import Event, EventData
from domain.events import EVENTS, UnknownEventError, as_written_now, read_event

MOST: Final = 1_000
"""Entries of the record in one step."""


@dataclass(frozen=True)
class Entry:
    """An event in its place in the record. ``kind``: its type; ``body``: as it is stored."""

    seq: int
    stream: str
    version: int
    kind: str
    at: datetime
    body: str

    @property
    def model(self) -> type[EventData]:
        """What this program knows the kind as. Raises ``UnknownEventError``."""
        try:
            return EVENTS[self.kind]
        except KeyError:
            raise UnknownEventError(f"{self.stream} version {self.version}: {self.kind}") from None

    @cached_property
    def event(self) -> Event:
        """The event, with something else in the place of words and names: what follows keeps none.

        Raises ``UnknownEventError``.
        """
        envelope = as_written_now(json.loads(self.body))
        put_back(envelope, stand_ins(references(envelope)))
        return read_event(envelope)


class Follower(Protocol):
    """``name``: for ever the same; under it stands how far it has come."""

    name: str

    async def apply(self, connection: Connection, entries: Sequence[Entry]) -> None:
        """Take in the next entries, in their order, in the caller's transaction; it is called once for each.

        Raises ``UnknownEventError`` for an event that a newer release has to read.
        """


async def begin(connection: Connection, follower: Follower) -> None:
    """A new one stands at the beginning of the record."""
    await connection.execute(query("begin"), follower.name)


async def follow(connection: Connection, follower: Follower, most: int = MOST) -> int:
    """One step; how many entries it took, none where another process has the follower. Raises what ``apply`` raises."""
    async with connection.transaction():
        checkpoint = await connection.fetchval(query("take"), follower.name)
        if checkpoint is None:
            return 0
        rows = await connection.fetch(query("entries"), checkpoint, most)
        # Behind a number that cannot be seen yet nothing is taken, whoever numbered it and whatever was committed.
        rows = [row for expected, row in enumerate(rows, start=checkpoint + 1) if row["seq"] == expected]
        await follower.apply(connection, [_entry(row) for row in rows if row["body"] is not None])
        await connection.execute(query("advance"), follower.name, checkpoint + len(rows))
        return len(rows)


def _entry(row: asyncpg.Record) -> Entry:
    return Entry(row["seq"], row["stream"], row["version"], row["type"], row["at"], row["body"])
