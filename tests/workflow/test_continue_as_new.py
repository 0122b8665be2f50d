"""Runs hand over to runs while messages keep coming; nothing is lost, nothing doubled, no caller left waiting."""

import asyncio

from temporalio.client import WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError

from tests.support.service import Json, Service, command, issue


async def persist(service: Service, stream: str, one: Json) -> Json:
    """As the command line does it: at a boundary the same command is sent again under its own id."""
    while True:
        try:
            return await service.submit(stream, one)
        except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError):
            continue


async def runs(service: Service, stream: str) -> int:
    return len([run async for run in service.client.list_workflows(f"WorkflowId = '{stream}'")])


async def test_signals_and_updates_across_many_runs_are_each_decided_once(service: Service) -> None:
    handle = await service.issue(issue(("unit-a",)))
    await handle.execute_update("submit", command("acknowledge", "unit-a"))
    signals = [command("progress", "unit-a", percent=number % 100) for number in range(60)]
    updates = [command("progress", "unit-a", percent=number % 100) for number in range(40)]

    async def fire() -> None:
        for one in signals:
            await service.client.get_workflow_handle(handle.id).signal("submit", one)

    answers, _ = await asyncio.gather(asyncio.gather(*(persist(service, handle.id, one) for one in updates)), fire())
    await service.version_reaches(handle.id, 2 + len(signals) + len(updates))
    assert all(answer["outcome"] == "done" for answer in answers)
    ids = [event.command_id for event in await service.events(handle.id)][2:]
    assert sorted(map(str, ids)) == sorted(one["command_id"] for one in [*signals, *updates])
    assert await runs(service, handle.id) > 1


async def test_signals_keep_their_order_across_runs(service: Service) -> None:
    handle = await service.issue(issue(("unit-a",)))
    await handle.execute_update("submit", command("acknowledge", "unit-a"))
    sent = [command("progress", "unit-a", percent=number) for number in range(80)]
    for one in sent:
        await service.client.get_workflow_handle(handle.id).signal("submit", one)
    await service.version_reaches(handle.id, 2 + len(sent))
    told = [event.data.model_dump()["percent"] for event in (await service.events(handle.id))[2:]]
    assert told == list(range(80))
