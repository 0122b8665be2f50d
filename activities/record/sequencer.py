"""Giving committed events their place in the one order of all events, for followers and checkpoints.

``handle`` leaves a row in ``unsequenced`` in the transaction of its events: whoever sees the row sees the events. A
stream's versions are dense, so what is to be entered is known by number, and an event that is not there is waited for,
never passed over. Nothing here asks in which order transactions began or ended.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import asyncpg

from activities.journal.pool import Connection
from activities.record.merkle import Frontier, leaf_hash
from activities.record.queries import query
from domain.events import EVENTS
from domain.state import ENDED

MOST: Final = 1_000
"""Events in one step, so that no step takes long."""
CLOSING: Final = frozenset(
    name for name, kind in EVENTS.items() if any(move.after in ENDED for move in kind.phase_moves)
)
"""Types of events by which a directive may come to its end."""


@dataclass(frozen=True, slots=True)
class Sequenced:
    """``size``: of the record now; ``taken``: events entered by this step; ``closed``: a closure is among them.

    ``waiting``: batches that waited before it. ``broken``: streams that cannot go on, for their next event is not
    there though later ones are: somebody took it away.
    """

    size: int
    waiting: int = 0
    taken: int = 0
    closed: bool = False
    broken: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log before it has its place."""

    stream: str
    version: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Tree:
    """``origin``: the name under which checkpoints speak of this record."""

    origin: str
    frontier: Frontier


async def sequence(connection: Connection, most: int = MOST) -> Sequenced:
    """One step: enter at most ``most`` events. Nothing is done where another process is at it. Raises asyncpg's."""
    [(size, waiting)] = await connection.fetch(query("standing"))
    if not waiting:
        return Sequenced(size)
    # Each statement has to see what the last holder of the lock committed.
    async with connection.transaction(isolation="read_committed"):
        if not await connection.fetchval(query("try_lock")):
            return Sequenced(size, waiting)
        return await _step(connection, waiting, most)


async def read_tree(connection: Connection) -> Tree:
    """As of one moment."""
    [(origin, size, peaks)] = await connection.fetch(query("tree"))
    return Tree(origin, Frontier(size, peaks))


async def enter(connection: Connection, entries: Sequence[Entry]) -> int:
    """Append entries in the caller's transaction, which holds the lock; the record's new size."""
    frontier = (await read_tree(connection)).frontier
    before = frontier.size
    for entry in entries:
        frontier.append(leaf_hash(entry.hash))
    await connection.execute(
        query("enter"),
        before,
        [entry.stream for entry in entries],
        [entry.version for entry in entries],
        [entry.hash for entry in entries],
        frontier.peaks,
    )
    return frontier.size


async def _step(connection: Connection, waiting: int, most: int) -> Sequenced:
    streams = await connection.fetch(query("waiting"), most)
    logged = {row["stream"]: row["logged"] for row in streams}
    asked = list(_share(streams, most))
    rows = await connection.fetch(query("events_after"), *_columns(asked, 3))
    taken = list(_dense(rows, logged))
    size = await enter(connection, [Entry(row["stream"], row["version"], row["hash"]) for row in taken])
    known = {row["stream"]: row["logged"] for row in streams if not _waits(row)}
    done = known | {row["stream"]: row["version"] for row in taken}
    await connection.execute(query("settle"), list(done), list(done.values()))
    return Sequenced(
        size,
        waiting,
        len(taken),
        closed=any(row["type"] in CLOSING for row in taken),
        broken=tuple(row["stream"] for row in streams if _waits(row) and not row["next_is_there"]),
    )


def _waits(row: asyncpg.Record) -> bool:
    return bool(row["committed"] > row["logged"])


def _share(streams: Iterable[asyncpg.Record], most: int) -> Iterator[tuple[str, int, int]]:
    """Which versions to read, ``most`` together. A stream that cannot go on must not hold up the others."""
    for row in streams:
        if most > 0 and _waits(row) and row["next_is_there"]:
            last = min(row["committed"], row["logged"] + most)
            most -= last - row["logged"]
            yield row["stream"], row["logged"], last


def _dense(rows: Iterable[asyncpg.Record], logged: dict[str, int]) -> Iterator[asyncpg.Record]:
    """The rows up to the first version that is missing of each stream."""
    expected = {stream: version + 1 for stream, version in logged.items()}
    for row in rows:
        if row["version"] == expected[row["stream"]]:
            expected[row["stream"]] += 1
            yield row


def _columns(rows: Sequence[tuple[object, ...]], count: int) -> list[list[object]]:
    return [[row[column] for row in rows] for column in range(count)]
