"""The runs of directives: which there are, beginning one, and making one hear what the journal has."""

import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType, ResetReapplyExcludeType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from domain.wire import SIMULATION_QUEUE, TASK_QUEUE, WORKFLOW_TYPE

_AT_ONCE: Final = 1_000
"""Runs of one page of the server's list."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run that the server still knows."""

    run_id: str
    began: datetime
    open: bool


async def known_runs(client: Client, streams: Collection[str] = ()) -> dict[str, list[Run]]:
    """By stream, the oldest first; those of simulations are none. ``streams``: only of these. Raises ``RPCError``."""
    found: dict[str, list[Run]] = defaultdict(list)
    for which in [f" AND WorkflowId = '{_quoted(stream)}'" for stream in streams] or [""]:
        async for one in client.list_workflows(f"WorkflowType = '{WORKFLOW_TYPE}'{which}", page_size=_AT_ONCE):
            if one.task_queue != SIMULATION_QUEUE:
                running = one.status is WorkflowExecutionStatus.RUNNING
                found[one.id].append(Run(one.run_id, one.start_time, running))
    return {stream: sorted(runs, key=lambda run: run.began) for stream, runs in found.items()}


async def is_running(client: Client, stream: str) -> bool:
    """As the server itself knows it, whose list may be some seconds behind. Raises ``RPCError``."""
    try:
        description = await client.get_workflow_handle(stream).describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return False
        raise
    return description.status is WorkflowExecutionStatus.RUNNING


async def history(client: Client, stream: str, run_id: str | None = None) -> AsyncIterator[HistoryEvent]:
    """The events of a run; none where the server has forgotten it by now. Raises ``RPCError``."""
    try:
        async for event in client.get_workflow_handle(stream, run_id=run_id).fetch_history_events():
            yield event
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise


async def begin(client: Client, stream: str, *, simulated: bool = False) -> bool:
    """Start it with nothing but the id, so that it is taken up where the journal stands; False where it is up.

    Raises ``RPCError``.
    """
    try:
        await client.start_workflow(
            WORKFLOW_TYPE,
            id=stream,
            task_queue=SIMULATION_QUEUE if simulated else TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
            static_summary=stream.rpartition("/")[2].replace("-", "/", 1),
        )
    except WorkflowAlreadyStartedError:
        return False
    return True


async def set_back(client: Client, stream: str, reason: str) -> bool:
    """Reset the run to its first task: it hears again what came, and goes on where the journal stands.

    What the run was told by signal is told to it again. Who waits for an update asks again, as at every boundary: the
    server cannot apply again an update whose id two runs have seen. False where the run has not begun yet.
    """
    first = await _first_task(client, stream)
    if first is None:
        return False
    await client.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=stream),
            reason=reason,
            request_id=str(uuid.uuid4()),
            workflow_task_finish_event_id=first,
            reset_reapply_exclude_types=[ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_UPDATE],
        )
    )
    return True


async def _first_task(client: Client, stream: str) -> int | None:
    async for event in history(client, stream):
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            return event.event_id
    return None


def _quoted(value: str) -> str:
    return value.replace("'", "''")
