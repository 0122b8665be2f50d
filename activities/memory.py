"""States that a worker holds on to, so that a busy directive is not read again for every batch."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from activities.journal.erasable import People
from activities.journal.read import Head
from domain.agenda import Agenda
from domain.state import DirectiveState


class Kept(NamedTuple):
    """What is known of a directive where its stream had come to ``head``. ``people``: those whose text is known."""

    head: Head
    state: DirectiveState
    people: People
    agenda: Agenda


class Memory:
    """The states last used, at most ``size``. A state is taken out to be changed and put back when it is recorded."""

    def __init__(self, size: int = 200) -> None:
        self._size = size
        self._states: OrderedDict[str, Kept] = OrderedDict()
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}

    def take(self, stream: str, head: Head) -> Kept | None:
        """What is known there, the caller's from now on; anything else held is dropped.

        By version and hash: a journal that was set back comes to the same versions by other events.
        """
        kept = self._states.pop(stream, None)
        return kept if kept is not None and kept.head == head else None

    def put(self, kept: Kept) -> None:
        """Keep it; the one unused for longest goes."""
        stream = kept.state.stream
        self._states[stream] = kept
        self._states.move_to_end(stream)
        while len(self._states) > self._size:
            self._states.popitem(last=False)

    @asynccontextmanager
    async def one_at_a_time(self, stream: str) -> AsyncIterator[None]:
        """A local attempt that timed out and the regular one after it must not both change one state."""
        lock = self._locks.setdefault(stream, asyncio.Lock())
        self._waiting[stream] = self._waiting.get(stream, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._waiting[stream] -= 1
            if not self._waiting[stream]:
                del self._waiting[stream], self._locks[stream]
