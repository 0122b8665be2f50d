"""The embedded stack with a worker in it, from start to an orderly end."""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from temporalio.envconfig import ClientConnectConfig

from activities.journal import roles
from console.call import Call
from console.checkpoints import prepared
from console.failures import FailedError
from console.installing import installed
from console.places import embedded_failure
from console.temporal import silence_sdk
from embedded import ports
from embedded.data_directory import Endpoints
from embedded.errors import EmbeddedError
from embedded.postgres import Logins
from embedded.stack import Stack
from settings import Settings
from workflows.attributes import TYPES
from workflows.server import DYNAMIC_CONFIG

DRAIN_WITHIN: Final = 4.0
"""Seconds for the worker to end what it has begun; only then do the servers end that it needs for it."""
HARD_EXIT: Final = 9.5
"""Seconds after the signal when a shutdown that hangs is cut short; what was started here ends with this process."""

Announce = Callable[["Running"], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Running:
    """What is up: the servers, and the settings that the worker has, with the ports that it really got."""

    endpoints: Endpoints
    settings: Settings


async def serve(call: Call, settings: Settings, announce: Announce) -> None:
    """Run everything until Ctrl-C or SIGTERM. ``announce`` is called once all is up. Raises ``ConsoleError``."""
    told = _told_to_end()
    silence_sdk()
    # Kept for as long as we run: no other stack of this machine takes the ports before the worker listens.
    with ports.reserved([settings.metrics_port, settings.sdk_metrics_port]) as [metrics_port, sdk_metrics_port]:
        settings = settings.model_copy(update={"metrics_port": metrics_port, "sdk_metrics_port": sdk_metrics_port})
        stack = Stack(
            call.data_directory,
            search_attributes=TYPES,
            dynamic_config=DYNAMIC_CONFIG,
            others={"metrics": metrics_port, "sdk_metrics": sdk_metrics_port},
            logins=Logins(roles.script("roles"), roles.MIGRATOR, roles.WRITER, roles.READER),
        )
        try:
            running = Running(await stack.start(), settings)
        except EmbeddedError as error:
            raise embedded_failure(error) from error
        try:
            await installed(running.endpoints.migrator_url)
            running = replace(running, settings=await prepared(call, settings))
            await _work(call, stack, running, announce, told)
        finally:
            await stack.stop()


def _told_to_end() -> asyncio.Event:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end() -> None:
        if not told.is_set():
            loop.call_later(HARD_EXIT, os._exit, 1)
        told.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    return told


async def _work(call: Call, stack: Stack, running: Running, announce: Announce, told: asyncio.Event) -> None:
    stop, ready = asyncio.Event(), asyncio.Event()
    endpoints = running.endpoints
    temporal = ClientConnectConfig(target_host=endpoints.temporal_address, namespace=endpoints.temporal_namespace)
    worker = asyncio.create_task(call.work(running.settings, temporal, endpoints.writer_url, stop, ready))
    servers = asyncio.create_task(stack.wait_for_failure())
    end = asyncio.create_task(told.wait())
    enders = {worker, servers, end}
    try:
        if await _unless_ended(ready.wait(), enders):
            await _unless_ended(announce(running), enders)
        await asyncio.wait(enders, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop.set()
        await asyncio.wait([worker], timeout=DRAIN_WITHIN)
        for task in enders:
            task.cancel()
    _raise_failure([task.exception() for task in (servers, worker) if task.done() and not task.cancelled()])


async def _unless_ended(step: Coroutine[Any, Any, Any], enders: set[asyncio.Task[Any]]) -> bool:
    """Take the step, or give it up when there is a reason to end; whether it was taken."""
    task = asyncio.create_task(step)
    await asyncio.wait({task, *enders}, return_when=asyncio.FIRST_COMPLETED)
    if not task.done():
        task.cancel()
        return False
    task.result()
    return True


def _raise_failure(errors: Iterable[BaseException | None]) -> None:
    """The first of them: where a server ends, the worker fails after it."""
    for error in errors:
        if isinstance(error, EmbeddedError):
            raise embedded_failure(error) from error
        if error is not None:
            raise FailedError("worker", problem=f"{type(error).__name__}: {error}") from error
