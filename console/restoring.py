"""Directives whose run was lost, taken up again where the journal stands: one or many."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from temporalio.client import Client, WorkflowFailureError
from temporalio.exceptions import ApplicationError

from activities.reconciling.runs import begin, set_back
from activities.reconciling.standing import Standing
from console.call import Call
from console.failures import ConsoleError, FailedError, RefusedError, UnavailableError
from console.temporal import Line

AT_ONCE: Final = 8
"""Directives on their way up at the same time."""
OPENING: Final = "opening"
LOOKS: Final = 10
"""At a run that is behind the journal: it may be hearing of a batch this very moment."""
PAUSE: Final = 0.2
"""Seconds between two looks."""
REASON: Final = "restore: the journal is ahead of this run"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Restored:
    """``how``: started, already_there, caught_up (it was there, but behind the journal), failed, unknown.

    ``state``: what its run says. ``error``: why nobody knows, or why not.
    """

    stream: str
    how: str
    state: Json | None = None
    error: ConsoleError | None = None


async def restore_all(call: Call, standings: Sequence[Standing], advance: Callable[[int], None]) -> list[Restored]:
    """Each, in the order given. It ends early where nobody answers any more: the others are unknown."""
    restoring = _Restoring(call, standings, advance)
    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(restoring.carry())
    return [restoring.restored.get(one.stream) or Restored(one.stream, "unknown") for one in standings]


async def restore_one(line: Line, standing: Standing) -> Restored:
    """Give it a run, and wait until that has taken it up. Raises ``ConsoleError``."""

    async def attempt(client: Client) -> Restored:
        how = "started" if await begin(client, standing.stream, simulated=standing.simulated) else "already_there"
        if standing.simulated:
            # Nobody works on it but the simulation, which is not up for the asking.
            return Restored(standing.stream, how)
        state = await _state(client, standing.stream)
        if how == "already_there" and await _is_behind(client, standing, state):
            await set_back(client, standing.stream, REASON)
            return Restored(standing.stream, "caught_up", await _state(client, standing.stream))
        return Restored(standing.stream, how, state)

    return await line.ask(attempt)


async def _is_behind(client: Client, standing: Standing, state: Json) -> bool:
    """Whether the run, of a server that was rolled back, does not know what the journal has."""
    for _ in range(LOOKS):
        if state["version"] >= standing.version:
            return False
        await asyncio.sleep(PAUSE)
        state = await _state(client, standing.stream)
    return True


async def _state(client: Client, stream: str) -> Json:
    """What its run says as soon as it knows. Raises ``RefusedError``, ``FailedError`` where it ended at once."""
    handle = client.get_workflow_handle(stream)
    ended = asyncio.ensure_future(handle.result())
    try:
        while not ended.done():
            state: Json = await handle.query("state")
            if state["phase"] != OPENING:
                return state
            # The journal is away: the run waits for it, and so do we.
            await asyncio.wait([ended], timeout=PAUSE)
        return _result(ended)
    finally:
        ended.cancel()


def _result(run: asyncio.Future[Json]) -> Json:
    try:
        return run.result()
    except WorkflowFailureError as error:
        cause = error.cause
        if isinstance(cause, ApplicationError) and cause.type:
            raise RefusedError(cause.type, {}) from error
        raise FailedError("run_ended", problem=str(cause)) from error


class _Restoring:
    """``_in_vain``: how many in a row got no answer; one directive may be stuck, as many as are on their way not."""

    def __init__(self, call: Call, standings: Sequence[Standing], advance: Callable[[int], None]) -> None:
        self.restored: dict[str, Restored] = {}
        self._line = Line(call)
        self._left: Iterator[Standing] = iter(standings)
        self._advance = advance
        self._in_vain = 0

    async def carry(self) -> None:
        for standing in self._left:
            if self._in_vain >= AT_ONCE:
                return
            self.restored[standing.stream] = await self._restored(standing)
            self._advance(1)

    async def _restored(self, standing: Standing) -> Restored:
        try:
            restored = await restore_one(self._line, standing)
        except UnavailableError as error:
            self._in_vain += 1
            return Restored(standing.stream, "unknown", error=error)
        except ConsoleError as error:
            restored = Restored(standing.stream, "failed", error=error)
        self._in_vain = 0
        return restored
