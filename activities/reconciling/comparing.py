"""One directive: its run or runs, its stream, and what the two do not agree on."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import asyncpg
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client

from activities.handle import Handler
from activities.reconciling.queries import query
from activities.reconciling.runs import Run, begin, history, is_running, known_runs, set_back
from activities.reconciling.standing import Standing
from activities.reconciling.tail import hand_over, tail_of
from domain.wire import Finding, Told

Retold = Callable[[str, str, Iterable[HistoryEvent]], Told]
"""``workflows.retelling.retold``; handed in from above, for activities do not import workflows."""
LOOKS: Final = 3
A_MOMENT: Final = 0.5
"""Seconds between two looks: in less a run hears what ``handle`` has just recorded."""
REASON: Final = "the journal is ahead of this run"


@dataclass(frozen=True, slots=True)
class Comparing:
    """``mend``: what is found is put right."""

    pool: asyncpg.Pool
    client: Client
    handler: Handler
    retold: Retold
    mend: bool

    async def compare(self, standing: Standing, runs: Sequence[Run]) -> list[Finding]:
        """What is the matter with it. Raises ``RPCError``, asyncpg's errors."""
        told = await self._told(standing.stream, runs)
        # Read after the histories: what these know to have been answered must be there.
        version = await self._version(standing.stream)
        found = await self._tail(standing.stream, version, told)
        if version or found:
            found += await self._run(standing, runs, told)
        return found

    async def _told(self, stream: str, runs: Sequence[Run]) -> list[Told]:
        told: list[Told] = []
        for run in runs:
            events = [event async for event in history(self.client, stream, run.run_id)]
            if events:
                told.append(self.retold(stream, run.run_id, events))
        return told

    async def _version(self, stream: str) -> int:
        version: int = await self.pool.fetchval(query("version"), stream)
        return version

    async def _tail(self, stream: str, version: int, told: Sequence[Told]) -> list[Finding]:
        tail = await tail_of(self.pool, stream, version, told)
        if not tail.behind(version):
            return []
        details = {"journal": str(version), "known": str(tail.known), "commands": str(tail.commands)}
        found = Finding(code="tail_missing" if version else "stream_missing", stream=stream, details=details)
        if not self.mend:
            return [found]
        await hand_over(self.pool, self.handler, stream, tail.batches)
        now = await self._version(stream)
        left = await tail_of(self.pool, stream, now, told)
        found.mended = left.commands == 0
        # Runs that the server has forgotten took with them what was said before the oldest one that it knows.
        if not left.behind(now) and version >= tail.first:
            return [found]
        beyond = {"journal": str(now), "known": str(max(tail.known, tail.first))}
        return [found, Finding(code="incomplete", stream=stream, details=beyond)]

    async def _run(self, standing: Standing, runs: Sequence[Run], told: Sequence[Told]) -> list[Finding]:
        """Whether it has one that knows where the journal stands."""
        stream = standing.stream
        if not (runs and runs[-1].open):
            # The server's list may be some seconds behind.
            if not standing.alive or await is_running(self.client, stream):
                return []
            mended = self.mend and await begin(self.client, stream)
            return [Finding(code="run_missing", stream=stream, mended=mended)]
        if not told or await self._hears(stream, told[-1]):
            return []
        mended = self.mend and await set_back(self.client, stream, REASON)
        details = {"run": str(told[-1].last), "journal": str(await self._version(stream))}
        return [Finding(code="run_differs", stream=stream, mended=mended, details=details)]

    async def _hears(self, stream: str, told: Told) -> bool:
        """Whether the run goes by what the journal has, or is about to hear of it."""
        if _waits(told) or told.last == await self._version(stream):
            return True
        for _ in range(LOOKS):
            await asyncio.sleep(A_MOMENT)
            # The run of a directive that is busy has to know what stood before its history was read, no more.
            before = await self._version(stream)
            runs = (await known_runs(self.client, [stream])).get(stream, [])
            again = await self._told(stream, runs[-1:])
            after = await self._version(stream)
            if not again or _waits(again[-1]) or self._agrees(again[-1].last, before, after):
                return True
        return False

    def _agrees(self, last: int, before: int, after: int) -> bool:
        # A run that is ahead of a journal that is still to be mended is no fault of the run's.
        return before <= last and (last <= after or not self.mend)


def _waits(told: Told) -> bool:
    """Whether it has something before it that ``handle`` has not answered yet."""
    return not told.batches or any(batch.version is None for batch in told.batches)
