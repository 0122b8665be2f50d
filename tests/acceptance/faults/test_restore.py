"""A run that is lost or set back: the directive goes on from the journal, with its alarms."""

import uuid
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import ResetReapplyExcludeType
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest, ResetWorkflowExecutionRequest
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle, WorkflowHistory
from temporalio.service import RPCError, RPCStatusCode

from domain.state import HELD_BY_ISSUER
from domain.timed.deadline import DeadlinePassed
from tests.acceptance.faults.handlers import OneHandler, message
from tests.acceptance.faults.histories import chain, finished_tasks, run_of
from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.settling import settled_in
from tests.acceptance.faults.stack import Stack
from tests.acceptance.faults.traffic import UNITS, Traffic, meanwhile, start
from tests.support.service import Service, command, running_service, stream_of
from tests.support.waiting import until

DAYS = 30


def with_deadline() -> dict[str, Any]:
    return start(deadline={"kind": "date", "day": (datetime.now(UTC) + timedelta(days=DAYS)).date().isoformat()})


async def reset(client: Client, stream: str, run: WorkflowHistory, task: int) -> None:
    """To right after that workflow task of the run."""
    request = ResetWorkflowExecutionRequest(
        namespace=client.namespace,
        workflow_execution=WorkflowExecution(workflow_id=stream, run_id=run_of(run)),
        reason="test",
        request_id=str(uuid.uuid4()),
        workflow_task_finish_event_id=finished_tasks(run)[task].event_id,
    )

    try:
        await client.workflow_service.reset_workflow_execution(request)
    except RPCError as error:
        if error.status is not RPCStatusCode.INTERNAL:
            raise
        # The server cannot apply again what came into two runs under one update id, as an update does that its client
        # repeats at a boundary. Without the updates it can: who was not answered asks again.
        request.reset_reapply_exclude_types.append(ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_UPDATE)
        await client.workflow_service.reset_workflow_execution(request)


async def last_run(client: Client, stream: str) -> WorkflowHistory:
    """The run under way, once it has finished a task."""
    runs = await until(lambda: chain(client, stream), lambda found: bool(finished_tasks(found[-1])))
    return runs[-1]


async def to_the_first_task_of_the_first_run(client: Client, stream: str) -> None:
    [first, *_] = await chain(client, stream)
    await reset(client, stream, first, 0)


async def into_the_middle_of_the_first_run(client: Client, stream: str) -> None:
    [first, *_] = await chain(client, stream)
    await reset(client, stream, first, len(finished_tasks(first)) // 2)


async def to_the_first_task_of_the_last_run(client: Client, stream: str) -> None:
    last = await last_run(client, stream)
    await reset(client, stream, last, 0)


async def into_the_middle_of_the_last_run(client: Client, stream: str) -> None:
    last = await last_run(client, stream)
    await reset(client, stream, last, len(finished_tasks(last)) // 2)


@pytest.mark.parametrize(
    "set_back",
    [
        to_the_first_task_of_the_first_run,
        into_the_middle_of_the_first_run,
        to_the_first_task_of_the_last_run,
        into_the_middle_of_the_last_run,
    ],
)
async def test_a_run_that_is_reset_hears_everything_again_and_does_nothing_twice(
    service: Service, set_back: Callable[[Client, str], Awaitable[None]]
) -> None:
    ledger = Ledger(service.client, service.queue, with_deadline())
    await ledger.issue()
    traffic = Traffic(ledger, set_back.__name__)
    await traffic.send_together(20, senders=3)
    before = await settled_in(ledger, service.pool, "before")
    assert len(await chain(service.client, ledger.stream)) > 1
    sent = len(ledger.entries)
    async with meanwhile(traffic.send_together(12, senders=3)):
        await until(lambda: _sent(ledger), lambda found: found > sent + 5)
        await set_back(service.client, ledger.stream)
    after = await settled_in(ledger, service.pool, set_back.__name__)
    assert list(after.rows[: len(before.rows)]) == list(before.rows)


async def _sent(ledger: Ledger) -> int:
    return len(ledger.entries)


async def terminated(stack: Stack, ledger: Ledger) -> None:
    await stack.client.get_workflow_handle(ledger.stream).terminate("test")


async def its_history_deleted(stack: Stack, ledger: Ledger) -> None:
    for run in await chain(stack.client, ledger.stream):
        request = DeleteWorkflowExecutionRequest(
            namespace=stack.client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=ledger.stream, run_id=run_of(run)),
        )
        await stack.client.workflow_service.delete_workflow_execution(request)


async def the_whole_store_deleted(stack: Stack, _ledger: Ledger) -> None:
    await stack.forget()


@pytest.mark.parametrize("lose", [terminated, its_history_deleted, the_whole_store_deleted])
async def test_after_its_run_is_lost_restore_goes_on_from_the_journal_and_the_alarms_ring(
    stack: Stack, lose: Callable[[Stack, Ledger], Awaitable[None]]
) -> None:
    skipper = stack.skipper
    async with stack.cluster.database() as url, running_service(skipper.client, url) as service:
        with skipper.with_time_skipping_disabled():
            ledger = Ledger(skipper.client, service.queue, with_deadline())
            await ledger.issue()
            traffic = Traffic(ledger, lose.__name__)
            await traffic.send_together(12, senders=3)
            before = await settled_in(ledger, service.pool, "before")
            await lose(stack, ledger)
            await until(lambda: _running(stack.client, ledger.stream), lambda running: not running)
            handle = await _restore(service, ledger.stream)
            assert await settled_in(ledger, service.pool, "restored") == before
            await traffic.send_together(6, senders=3)
            after = await settled_in(ledger, service.pool, lose.__name__)
        assert list(after.rows[: len(before.rows)]) == list(before.rows)
        owed = {one.id for one in after.state.assignments.values() if one.status not in HELD_BY_ISSUER}
        await skipper.fast_forward(handle, timedelta(days=2 * DAYS))
        await until(lambda: _passed(service, ledger.stream), lambda passed: passed == Counter(owed))


async def _restore(service: Service, stream: str) -> WorkflowHandle[Any, Any]:
    """With nothing but the id."""
    return await service.client.start_workflow("Directive", id=stream, task_queue=service.queue)


async def _running(client: Client, stream: str) -> bool:
    try:
        description = await client.get_workflow_handle(stream).describe()
    except RPCError as error:
        return error.status is not RPCStatusCode.NOT_FOUND
    return description.status is WorkflowExecutionStatus.RUNNING


async def _passed(service: Service, stream: str) -> Counter[str]:
    return Counter(
        event.data.assignment for event in await service.events(stream) if isinstance(event.data, DeadlinePassed)
    )


async def test_a_signal_of_a_run_that_the_server_has_forgotten_bears_the_time_at_which_it_was_taken_in(
    service: Service,
) -> None:
    handler = OneHandler(service)
    issued = start()
    stream = stream_of(issued)
    messages = [message(issued), message(command("acknowledge", UNITS[0]), door="signal", ordinal=1)]
    await handler.handle(stream, messages)
    [_, acknowledged] = await service.events(stream)
    assert (acknowledged.clock, acknowledged.at) == ("service", messages[1].received_at)
