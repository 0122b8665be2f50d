"""The workflow that keeps a dispatcher going, on a real server."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from temporalio import activity
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError
from temporalio.worker import Worker

from activities.notices.dispatch import Dispatching, ensure_dispatcher
from domain.wire import DISPATCH, DISPATCHER_ID, NOTICES_QUEUE
from tests.integration.notices.mail_server import MailServer
from tests.integration.notices.office import Office
from tests.support.service import issue
from tests.support.waiting import until
from workflows.dispatcher import Dispatcher


@pytest.fixture
async def no_dispatcher(dispatcher_client: Client) -> AsyncIterator[None]:
    """None before, none afterwards: all tests share the one workflow id."""
    await end(dispatcher_client)
    yield
    await end(dispatcher_client)


async def end(client: Client) -> None:
    try:
        await client.get_workflow_handle(DISPATCHER_ID).terminate()
    except RPCError:
        return  # none runs


def worker(client: Client, dispatching: Dispatching, grace: float = 5) -> Worker:
    return Worker(
        client,
        task_queue=NOTICES_QUEUE,
        workflows=[Dispatcher],
        activities=[dispatching.dispatch],
        graceful_shutdown_timeout=timedelta(seconds=grace),
    )


@pytest.mark.usefixtures("no_dispatcher")
async def test_from_issue_to_the_clock_of_acknowledgement_with_one_dispatcher_however_often_it_is_asked_for(
    office: Office, mail_server: MailServer
) -> None:
    async with worker(office.client, office.dispatching()):
        await ensure_dispatcher(office.client)
        first = await office.client.get_workflow_handle(DISPATCHER_ID).describe()
        await ensure_dispatcher(office.client)
        assert (await office.client.get_workflow_handle(DISPATCHER_ID).describe()).run_id == first.run_id
        handle = await office.service.issue(issue(("unit-a", "unit-b")))
        delivered = await office.told(handle.id, "ReceiptDelivered", 2)
    assert {event.unit for event in delivered} == {"unit-a", "unit-b"}
    assert all(event.acknowledge_by for event in delivered)
    assert len(mail_server.received) == 2


@pytest.mark.usefixtures("no_dispatcher")
async def test_a_worker_that_must_go_in_the_middle_of_a_mail_leaves_the_dispatcher_to_the_next(
    office: Office, mail_server: MailServer
) -> None:
    await ensure_dispatcher(office.client)
    handle = await office.service.issue(issue(("unit-a",)))
    mail_server.hold = True
    async with worker(office.client, office.dispatching(), grace=0.2):
        await until(mail_server.count, lambda count: count == 1)
    mail_server.hold = False
    description = await office.client.get_workflow_handle(DISPATCHER_ID).describe()
    assert description.status == WorkflowExecutionStatus.RUNNING
    async with worker(office.client, office.dispatching()):
        await office.time_passes()
        await office.told(handle.id, "ReceiptDelivered", 1)
    first, second = mail_server.received
    assert first.message_id == second.message_id


@activity.defn(name=DISPATCH)
async def short_shift() -> None:
    """Over at once, as if its ten minutes had gone by."""


@pytest.mark.usefixtures("no_dispatcher")
async def test_it_goes_on_as_a_new_run_before_its_history_grows_long(dispatcher_client: Client) -> None:
    await ensure_dispatcher(dispatcher_client)
    handle = dispatcher_client.get_workflow_handle(DISPATCHER_ID)
    first = await handle.describe()
    async with Worker(dispatcher_client, task_queue=NOTICES_QUEUE, workflows=[Dispatcher], activities=[short_shift]):
        await until(handle.describe, lambda now: now.run_id != first.run_id)
    assert (await handle.describe()).status == WorkflowExecutionStatus.RUNNING
