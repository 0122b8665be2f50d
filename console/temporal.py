"""Temporal, asked until it answers or the time is over."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any, Final, TypeVar

from temporalio.client import Client, RPCTimeoutOrCancelledError, WorkflowUpdateFailedError
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.envconfig import ClientConfig, ClientConnectConfig
from temporalio.exceptions import ApplicationError
from temporalio.runtime import Runtime, TelemetryConfig
from temporalio.service import RPCError, RPCStatusCode

from console.call import Call
from console.failures import FailedError, ServerRefusedError, UnavailableError
from console.places import configured, endpoints

T = TypeVar("T")
PAUSES: Final = (0.1, 0.2, 0.5, 1.0)
"""Seconds between attempts; the last one for all further ones."""

_FINAL: Final = frozenset(
    {
        RPCStatusCode.INVALID_ARGUMENT,
        RPCStatusCode.PERMISSION_DENIED,
        RPCStatusCode.UNAUTHENTICATED,
        RPCStatusCode.UNIMPLEMENTED,
    }
)
"""Answers that asking again does not change. Others come at the border between two runs, or while a server starts."""
_RUN_ENDED: Final = "AcceptedUpdateCompletedWorkflow"
"""The server's word for an update that was taken in by a run which then ended."""


def temporal_config(call: Call) -> ClientConnectConfig:
    """Of the environment, else of the embedded stack. Raises ``ConsoleError``."""
    if configured(call):
        return ClientConfig.load_client_connect_config()
    found = endpoints(call)
    return ClientConnectConfig(target_host=found.temporal_address, namespace=found.temporal_namespace)


class Line:
    """To Temporal, for whoever asks more than once: connected at the first question."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._client: Client | None = None
        self._connecting = asyncio.Lock()

    async def ask(self, attempt: Callable[[Client], Awaitable[T]]) -> T:
        """What the attempt comes to; repeated until the call's limit while the service is away.

        Raises ``UnavailableError`` when the time is over: then nobody here knows whether a command was carried out.
        Raises ``FailedError`` where the server says what no repetition changes.
        """
        patience = _Patience(self._call)
        for pause in itertools.chain(PAUSES, itertools.repeat(PAUSES[-1])):
            try:
                client = await self._connected(patience)
                return await patience.wait_for(attempt(client))
            except (_LostError, RPCError, RPCTimeoutOrCancelledError, WorkflowUpdateFailedError) as error:
                patience.note(error)
            await patience.wait_for(asyncio.sleep(pause))
        raise AssertionError("there is always another pause")

    async def _connected(self, patience: "_Patience") -> Client:
        """Those who ask at the same time share one connection."""
        async with self._connecting:
            if self._client is None:
                self._client = await patience.wait_for(_connect(self._call))
            return self._client


async def patiently(call: Call, attempt: Callable[[Client], Awaitable[T]]) -> T:
    """One question, as ``Line.ask`` asks it."""
    return await Line(call).ask(attempt)


@cache
def silence_sdk() -> None:
    """Call before the first client: the SDK's core logs to standard output, where only our answer may stand."""
    Runtime.set_default(Runtime(telemetry=TelemetryConfig(logging=None)), error_if_already_set=False)


class _LostError(Exception):
    """Nobody answers at the address, or not as Temporal does; or a call was let go without an answer."""


async def _connect(call: Call) -> Client:
    config = temporal_config(call)
    silence_sdk()
    try:
        return await Client.connect(**config, data_converter=pydantic_data_converter)
    except RuntimeError as error:
        raise _LostError(str(error)) from error


class _Patience:
    """How long there is to wait, and why it did not work so far."""

    def __init__(self, call: Call) -> None:
        self._ends = asyncio.get_running_loop().time() + call.limit
        self._limit = call.limit
        self._problem = ""

    async def wait_for(self, work: Awaitable[T]) -> T:
        """What the work comes to, if it does so in time.

        ``asyncio.timeout`` will not do: the SDK turns the cancellation that it works by into an error of its own.
        """
        task = asyncio.ensure_future(work)
        try:
            await asyncio.wait([task], timeout=max(self._ends - asyncio.get_running_loop().time(), 0))
            if task.cancelled():
                # Not by us: on a busy machine the SDK was seen to give a call up by itself.
                raise _LostError("the call was given up")
            if task.done():
                return task.result()
        finally:
            await _let_go(task)
        problem = f" ({self._problem})" if self._problem else ""
        raise UnavailableError("unavailable", limit=f"{self._limit:g}", problem=problem)

    def note(self, error: Exception) -> None:
        """Why an attempt failed. Raises ``FailedError`` where the next one would fail as well."""
        if isinstance(error, RPCError) and error.status in _FINAL:
            raise FailedError("server_refused", problem=error.message) from error
        cause = error.__cause__
        if isinstance(cause, ApplicationError) and cause.type != _RUN_ENDED:
            raise ServerRefusedError("failure", cause.type or "update_failed", {}, cause.message) from error
        self._problem = " ".join(str(error).split())


async def _let_go(task: asyncio.Future[Any]) -> None:
    if not task.done():
        task.cancel()
        await asyncio.wait([task])
    if not task.cancelled():
        # Looked at, or asyncio would complain on standard error that nobody did.
        task.exception()
