"""A reconciliation asked for, and watched until it has ended."""

import asyncio
import uuid
from collections.abc import Callable
from typing import Any, Final

from temporalio.api.enums.v1 import PendingActivityState
from temporalio.client import Client, WorkflowFailureError, WorkflowHandle
from temporalio.converter import default as plain

from console.call import Call
from console.failures import FailedError, UnavailableError
from console.temporal import Line
from domain.wire import RECONCILIATION, RECONCILIATION_ID, RECOVERY_QUEUE, Reconciled, ReconcileRequest

PAUSE: Final = 0.3
"""Seconds between two looks at how far it has come."""
Handle = WorkflowHandle[Any, Reconciled]
Moved = Callable[[int, int], None]
"""Told how many directives are done, of how many."""


async def reconciled(call: Call, request: ReconcileRequest, moved: Moved) -> Reconciled:
    """What comes of it, however long it takes, as long as a worker is at it. Raises ``ConsoleError``."""
    line = Line(call)
    handle = await line.ask(lambda client: _start(client, request))
    ended = asyncio.ensure_future(handle.result())
    idle = 0.0
    try:
        while not ended.done():
            at_it = await line.ask(lambda _: _look(handle, moved))
            idle = 0.0 if at_it else idle + PAUSE
            if idle > call.limit:
                raise UnavailableError("no_recovery_worker")
            await asyncio.wait([ended], timeout=PAUSE)
        return ended.result()
    except WorkflowFailureError as error:
        raise FailedError("reconcile_stopped", problem=str(error.cause.__cause__ or error.cause)) from error
    finally:
        ended.cancel()


async def _start(client: Client, request: ReconcileRequest) -> Handle:
    return await client.start_workflow(
        RECONCILIATION,
        request,
        id=f"{RECONCILIATION_ID}/{uuid.uuid4()}",
        task_queue=RECOVERY_QUEUE,
        result_type=Reconciled,
        static_summary="Compares runs with the journal",
    )


async def _look(handle: Handle, moved: Moved) -> bool:
    """Whether a worker is at it. Raises ``RPCError``."""
    description = await handle.describe()
    pending = description.raw_description.pending_activities
    for one in pending:
        if one.HasField("heartbeat_details"):
            done, total = await plain().decode(one.heartbeat_details.payloads)
            moved(done, total)
    # What failed is tried again by whoever took it up; in the end its reason is told.
    return any(one.state == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED or one.attempt > 1 for one in pending)
