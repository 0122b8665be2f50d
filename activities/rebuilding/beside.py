"""The tables beside those that stand: filled directive by directive, and compared with them by digest."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from activities.journal.pool import Connection
from activities.journal.read import load_events
from activities.rebuilding.copying import copy
from activities.rebuilding.queries import WITHIN, query
from activities.rebuilding.rows import Row, rows_of
from domain.event import Event
from domain.events import UnknownEventError
from domain.fold import BrokenStreamError

Advance = Callable[[int], object]
"""Called with the number of events that were read."""

MOST_ROWS: Final = 5_000
"""Held before they are copied; a directive's own rows are held together, whatever their number."""
AT_ONCE: Final = 500
"""Directives compared by one statement."""


class RebuildError(Exception):
    """The read models stay as they were."""


class UnreadableStreamError(RebuildError):
    """The events of a directive cannot be folded, so that nothing follows from them."""

    def __init__(self, stream: str, problem: str) -> None:
        super().__init__(f"{stream}: {problem}")
        self.stream = stream
        self.problem = problem


class Beside:
    """``tables``: of the read models, those that are rebuilt. Everything is gone when the session ends."""

    def __init__(self, connection: Connection, tables: Collection[str]) -> None:
        self._connection = connection
        self._tables = tables
        self._held: dict[str, list[Row]] = {}

    async def lay_out(self) -> None:
        """Empty tables, of the shape that those standing have."""
        await self._connection.execute(query("lay_out"))
        for table in self._tables:
            await self._connection.execute(query("lay_out_table").format(table=table))

    async def catch_up(self, advance: Advance = lambda _: None) -> int:
        """Rebuild what was written to since; how many directives. Raises ``UnreadableStreamError``."""
        moved = await self._connection.fetch(query("moved"))
        streams = [row["stream"] for row in moved]
        for table in ("heads", *self._tables):
            await self._connection.execute(query("forget").format(table=table), streams)
        for row in moved:
            events = await self._events(row["stream"], row["version"])
            self._hold(row["stream"], events)
            if sum(map(len, self._held.values())) >= MOST_ROWS:
                await self._copy()
            advance(len(events))
        await self._copy()
        return len(streams)

    async def compare(self) -> None:
        """Take the digests of what was rebuilt since the last time, and of what stands, at the caller's moment."""
        while streams := [row["stream"] for row in await self._connection.fetch(query("uncompared"), AT_ONCE)]:
            await self._connection.execute(query("forget_digests"), streams)
            for table in self._tables:
                await self._connection.execute(query("compare").format(table=table), streams, timeout=WITHIN)
            await self._connection.execute(query("compared"), streams)

    async def put_in_place(self) -> list[str]:
        """Give directives that differ the rebuilt rows instead of theirs; the tables that were changed."""
        changed = []
        for table in self._tables:
            gone = await self._connection.execute(query("take_away").format(table=table), timeout=WITHIN)
            put = await self._connection.execute(query("put_in_place").format(table=table), timeout=WITHIN)
            if (gone, put) != ("DELETE 0", "INSERT 0 0"):
                changed.append(table)
        return changed

    async def _events(self, stream: str, version: int) -> list[Event]:
        try:
            events = await load_events(self._connection, stream)
        except (UnknownEventError, LookupError, TypeError, ValueError) as error:
            raise _unreadable(stream, error) from error
        if len(events) < version:
            raise UnreadableStreamError(stream, f"the head says version {version}, there are {len(events)} events")
        return events

    def _hold(self, stream: str, events: Sequence[Event]) -> None:
        try:
            for table, row in rows_of(events, self._tables):
                self._held.setdefault(table, []).append(row)
        except (BrokenStreamError, LookupError, TypeError, ValueError) as error:
            raise _unreadable(stream, error) from error
        self._held.setdefault("heads", []).append({"stream": stream, "version": events[-1].version})

    async def _copy(self) -> None:
        for table, rows in self._held.items():
            await copy(self._connection, f"rebuilt_{table}", rows)
        self._held = {}


def _unreadable(stream: str, error: Exception) -> UnreadableStreamError:
    return UnreadableStreamError(stream, f"{type(error).__name__}: {error}")
