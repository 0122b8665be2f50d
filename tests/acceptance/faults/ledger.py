"""The client's side of the story: what was sent, and what the sender was told.

A sender does as the command line does. What fails on the way is sent again under its own command id, until it is
answered or patience ends; then its outcome is unknown. A signal without an id cannot be sent again.
"""

import asyncio
import json
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from temporalio.api.common.v1 import Payload
from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import RawValue, WorkflowIDConflictPolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from tests.support.service import Json, stream_of

Operation = WithStartWorkflowOperation[Any, Any]
Told = Literal["answered", "accepted", "turned away", "unknown"]
PATIENCE = 45.0
"""Seconds for which a patient sender tries again."""
ONE_TRY = timedelta(seconds=4)
PAUSE = 0.1
REFUSED_BY_VALIDATOR = ("unknown_name", "wrong_arity", "too_large")
TURNED_AWAY = (RPCStatusCode.NOT_FOUND, RPCStatusCode.INVALID_ARGUMENT)


@dataclass
class Entry:
    """A message and its fate. ``commands``: as they were sent; none where the message is no command.

    ``answered``: an update, with one outcome for each command. ``accepted``: a signal that the server took.
    ``turned away``: never reached the directive. ``unknown``: anything may have become of it.
    """

    door: Literal["signal", "update"]
    name: str
    payloads: Sequence[bytes]
    commands: Sequence[Json]
    told: Told = "unknown"
    answers: Sequence[Json] = ()
    tries: int = 0

    @property
    def args(self) -> list[RawValue]:
        """The payloads as they go to the server: not a byte different, so that their digests are known."""
        return [RawValue(Payload(metadata={"encoding": b"json/plain"}, data=one)) for one in self.payloads]

    @property
    def bears_ids(self) -> bool:
        return bool(self.commands) and all(one.get("command_id") for one in self.commands)


@dataclass
class Ledger:
    """All that was sent to one directive; the senders of it."""

    client: Client
    queue: str
    start: Json
    patience: float = PATIENCE
    entries: list[Entry] = field(default_factory=list)

    @property
    def stream(self) -> str:
        return stream_of(self.start)

    def told(self, *told: Told) -> list[Entry]:
        return [entry for entry in self.entries if entry.told in told]

    async def issue(self) -> Entry:
        """Start the directive; as every other update, again until it is answered."""
        return await self.update(self.start)

    async def update(self, message: Any, *, patience: float | None = None, one_try: timedelta = ONE_TRY) -> Entry:
        """A command, a list, or an envelope with commands, by update."""
        entry = self._enter("update", message)
        # The one name that a command without an id can have. Others are sent as the command line sends them.
        update_id = None if entry.bears_ids else str(uuid.uuid4())
        limit = time.monotonic() + (self.patience if patience is None else patience)
        while True:
            entry.tries += 1
            if await self._tell(entry, self._operation(entry), update_id, one_try) or time.monotonic() > limit:
                return entry
            await asyncio.sleep(PAUSE)

    async def signal(self, message: Any) -> Entry:
        """The same by signal."""
        return await self._signal(self._enter("signal", message))

    async def garbage(self, *payloads: bytes, name: str = "submit") -> Entry:
        """Bytes that are no command, by signal; none of them may be sent twice by the test."""
        entry = Entry("signal", name, payloads, [])
        self.entries.append(entry)
        return await self._signal(entry)

    def _enter(self, door: Literal["signal", "update"], message: Any) -> Entry:
        entry = Entry(door, "submit", [json.dumps(message).encode()], _commands(message))
        self.entries.append(entry)
        return entry

    def _operation(self, entry: Entry) -> Operation:
        return WithStartWorkflowOperation(
            "Directive",
            args=entry.args if self.start in entry.commands else [],
            id=self.stream,
            task_queue=self.queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            # How long the server waits for a worker that was killed in the middle of a task; ten seconds by default.
            task_timeout=timedelta(seconds=2),
        )

    async def _tell(self, entry: Entry, operation: Operation, update_id: str | None, one_try: timedelta) -> bool:
        """Whether the sender now knows what became of it."""
        try:
            answer = await self.client.execute_update_with_start_workflow(
                "submit", args=entry.args, start_workflow_operation=operation, id=update_id, rpc_timeout=one_try
            )
        except WorkflowUpdateFailedError as error:
            if isinstance(error.cause, ApplicationError) and error.cause.type in REFUSED_BY_VALIDATOR:
                entry.told = "turned away"
                return True
            return False
        except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
            # Nobody else asks the operation, and what nobody asks for is complained of later.
            with suppress(RPCError, asyncio.CancelledError):
                await operation.workflow_handle()
            if (me := asyncio.current_task()) and me.cancelling():
                raise asyncio.CancelledError from error
            return False
        entry.told = "answered"
        entry.answers = answer if isinstance(answer, list) else [answer]
        return True

    async def _signal(self, entry: Entry) -> Entry:
        limit = time.monotonic() + self.patience
        while True:
            entry.tries += 1
            try:
                handle = self.client.get_workflow_handle(self.stream)
                await handle.signal(entry.name, args=entry.args, rpc_timeout=ONE_TRY)
            except RPCError as error:
                if error.status in TURNED_AWAY and entry.tries == 1:
                    entry.told = "turned away"
                    return entry
            else:
                entry.told = "accepted"
                return entry
            if not entry.bears_ids or time.monotonic() > limit:
                return entry
            await asyncio.sleep(PAUSE)


def _commands(message: Any) -> Sequence[Json]:
    if isinstance(message, dict) and "commands" in message:
        message = message["commands"]
    return message if isinstance(message, list) else [message]
