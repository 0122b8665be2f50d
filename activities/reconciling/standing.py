"""Where the journal stands with a directive."""

from collections.abc import Collection
from dataclasses import dataclass

import asyncpg

from activities.reconciling.queries import query


@dataclass(frozen=True, slots=True)
class Standing:
    """``version``: of its head; 0 where the journal has no such stream. ``alive``: it needs a run."""

    stream: str
    version: int = 0
    alive: bool = False
    simulated: bool = False


async def standings(connection: asyncpg.Connection | asyncpg.Pool, streams: Collection[str] = ()) -> list[Standing]:
    """Of these streams, or of all; those that are not there are left out."""
    return [Standing(**row) for row in await connection.fetch(query("standing"), list(streams))]
