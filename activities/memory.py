"""States that a worker holds on to, so that a busy directive is not read again for every batch."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from domain.state import DirectiveState


class Memory:
    """The states last used, at most ``size``. A state is taken out to be changed and put back when it is recorded."""

    def __init__(self, size: int = 200) -> None:
        self._size = size
        self._states: OrderedDict[str, DirectiveState] = OrderedDict()
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}

    def take(self, stream: str, version: int) -> DirectiveState | None:
        """The state of that version, which is the caller's from now on; anything else held is dropped."""
        state = self._states.pop(stream, None)
        return state if state is not None and state.version == version else None

    def put(self, state: DirectiveState) -> None:
        """Keep the state; the one unused for longest goes."""
        self._states[state.stream] = state
        self._states.move_to_end(state.stream)
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
