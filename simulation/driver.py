"""A plan performed on the real service: one driver for each directive takes it from moment to moment."""

import asyncio
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from temporalio.client import RPCTimeoutOrCancelledError, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.service import RPCError

from domain.wire import SIMULATION_QUEUE, WORKFLOW_TYPE
from simulation.plan import Json, Life, Moment, Plan
from simulation.stage import Stage

AT_ONCE: Final = 24
"""Directives on their way at one time."""
BEHIND: Final = timedelta(seconds=60)
"""How long after its time a command arrives; it is believed for five minutes.

A workflow that is still at work when it reaches the end of its fast-forward, as it may on a busy machine within a
second, does not stop there: the server skips on to its next alarm.
"""
BELIEVED: Final = timedelta(minutes=4)
"""How far behind its time a command may arrive."""
ATTEMPTS: Final = 20
PAUSE: Final = 0.2
"""Seconds between attempts."""

Handle = WorkflowHandle[Any, Any]


class StoppedError(Exception):
    """A directive did not come through. ``stream``: which."""

    def __init__(self, stream: str, problem: str) -> None:
        super().__init__(f"{stream}: {problem}")
        self.stream = stream
        self.problem = problem


@dataclass(slots=True)
class Performed:
    """``refused``: the answers of commands that were not carried out."""

    refused: list[Json] = field(default_factory=list)


async def perform(stage: Stage, plan: Plan, advance: Callable[[int], None]) -> Performed:
    """Every life to the end of the scenario. ``advance`` is told how many commands have been sent.

    Raises:
        StoppedError: a directive ended, or the service answered nothing that could be understood.
    """
    performed = Performed()
    room = asyncio.Semaphore(AT_ONCE)

    async def one(life: Life) -> None:
        async with room:
            try:
                await _Driver(stage, life, performed, advance).drive(plan.ends)
            except RPCError as error:
                raise StoppedError(life.stream, error.message) from error

    tasks = [asyncio.create_task(one(life)) for life in plan.lives]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return performed


class _Driver:
    def __init__(self, stage: Stage, life: Life, performed: Performed, advance: Callable[[int], None]) -> None:
        self._stage = stage
        self._life = life
        self._performed = performed
        self._advance = advance

    async def drive(self, ends: datetime) -> None:
        handle = await self._start()
        self._advance(1)
        for moment in self._life.moments:
            await self._forward(handle, moment.at)
            await self._send(handle, moment)
            self._advance(len(moment.commands))
        await self._forward(handle, ends)
        # Answered when all that was due by then has been handled.
        await handle.query("state")

    async def _start(self) -> Handle:
        """Started at once, it waits until its document is issued."""
        delay = self._stage.run_time(self._life.issued_at) - datetime.now(UTC)
        handle = await self._stage.client.start_workflow(
            WORKFLOW_TYPE,
            self._life.issue,
            id=self._life.stream,
            task_queue=SIMULATION_QUEUE,
            start_delay=delay,
        )
        await self._skip(handle, delay + BEHIND)
        return handle

    async def _forward(self, handle: Handle, at: datetime) -> None:
        target = self._stage.run_time(at) + BEHIND
        now = await self._stage.skipper.get_current_time(handle)
        if now < target:
            await self._skip(handle, target - now)
            now = await self._stage.skipper.get_current_time(handle)
        if now - self._stage.run_time(at) > BELIEVED:
            raise StoppedError(self._life.stream, f"its clock is at {now + self._stage.shift} instead of {at}")

    async def _skip(self, handle: Handle, duration: timedelta) -> None:
        if not await self._stage.skipper.fast_forward(handle, duration):
            raise StoppedError(self._life.stream, "its workflow has ended")

    async def _send(self, handle: Handle, moment: Moment) -> None:
        outcomes = await self._submit(handle, moment.commands)
        self._performed.refused += [one for one in outcomes if one["outcome"] == "refused"]

    async def _submit(self, handle: Handle, commands: Sequence[Json]) -> list[Json]:
        """At the border between two runs an update may be lost; sent again, every command is known by its id."""
        for attempt in itertools.count(1):
            try:
                outcomes: list[Json] = await handle.execute_update(
                    "submit", list(commands), result_type=list[dict[str, Any]]
                )
            except (RPCError, RPCTimeoutOrCancelledError, WorkflowUpdateFailedError) as error:
                if attempt == ATTEMPTS:
                    raise StoppedError(self._life.stream, str(error)) from error
                await asyncio.sleep(PAUSE)
            else:
                return outcomes
        raise AssertionError("there is always another attempt")
