"""Saves the histories of several lives, once for each release: ``python -m tests.replay.capture 0.1.0``.

What is saved replays for ever: a directive lives for months, and a worker of a later release takes it over.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from temporalio.client import WorkflowHistory

from tests.support.parts import TemporalServer, running_cluster, running_temporal
from tests.support.service import Service, command, issue, life, running_service
from tests.support.waiting import until

FOLDER: Final = Path(__file__).parent / "histories"
Life = Callable[[Service, TemporalServer], Awaitable[str]]


async def by_updates(service: Service, _: TemporalServer) -> str:
    handle = await service.issue(issue(("unit-a",)))
    for one in [*life("unit-a"), command("close", "unit-a", role="leader")]:
        await handle.execute_update("submit", one)
    return handle.id


async def by_signals_over_several_runs(service: Service, _: TemporalServer) -> str:
    handle = await service.issue(issue(("unit-a", "unit-b")))
    await service.submit(handle.id, [command("acknowledge", unit) for unit in ("unit-a", "unit-b")])
    for number in range(40):
        await service.client.get_workflow_handle(handle.id).signal(
            "submit", command("progress", "unit-a", percent=number)
        )
    await service.version_reaches(handle.id, 43)
    return handle.id


async def with_alarms(service: Service, temporal: TemporalServer) -> str:
    day = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    skipping = Service(temporal.skipper.client, service.pool, service.database_url, service.queue)
    with temporal.skipper.with_time_skipping_disabled():
        handle = await skipping.issue(issue(("unit-a",), deadline={"kind": "date", "day": day}))
    await temporal.skipper.fast_forward(handle, timedelta(days=60))
    await service.version_reaches(handle.id, 4)
    return handle.id


async def with_garbage_and_a_cancel_request(service: Service, _: TemporalServer) -> str:
    handle = await service.issue(issue(("unit-a",)))
    await handle.signal("obey", args=[1, 2])
    await handle.signal("submit")
    await handle.cancel()
    await service.version_reaches(handle.id, 4)
    await handle.execute_update("submit", command("acknowledge", "unit-a"))
    return handle.id


async def with_the_journal_away(service: Service, _: TemporalServer) -> str:
    handle = await service.issue(issue(("unit-a",)))
    async with service.pool.acquire() as connection, connection.transaction():
        # The head is held by another: the local attempt runs out of time, and the regular one waits.
        await connection.fetchrow("SELECT 1 FROM streams WHERE stream = $1 FOR UPDATE", handle.id)
        await handle.signal("submit", command("acknowledge", "unit-a"))

        async def fell_back() -> bool:
            events = (await handle.fetch_history()).events
            return any(event.HasField("activity_task_scheduled_event_attributes") for event in events)

        await until(fell_back, lambda found: found)
    await service.version_reaches(handle.id, 2)
    return handle.id


async def that_never_was(service: Service, _: TemporalServer) -> str:
    stream = "directive/ubnd/2026/01-NOTHING"
    handle = await service.client.start_workflow("Directive", id=stream, task_queue=service.queue)
    await until(handle.describe, lambda found: found.close_time is not None)
    return stream


LIVES: Final[tuple[Life, ...]] = (
    by_updates,
    by_signals_over_several_runs,
    with_alarms,
    with_garbage_and_a_cancel_request,
    with_the_journal_away,
    that_never_was,
)


async def histories(service: Service, stream: str) -> list[WorkflowHistory]:
    """Of every run of the directive, once no task of it is under way."""

    async def idle() -> bool:
        described = (await service.client.get_workflow_handle(stream).describe()).raw_description
        # A run that was just handed to has nothing but its start for a moment, not even a task.
        begun = described.workflow_execution_info.history_length > 1
        return begun and not described.HasField("pending_workflow_task")

    await until(idle, lambda found: found)
    query = f"WorkflowId = '{stream}'"
    runs = [run.run_id async for run in service.client.list_workflows(query)]
    return [await service.client.get_workflow_handle(stream, run_id=run).fetch_history() for run in runs]


def without_traces_of_the_machine(value: Any) -> Any:
    """The same without stack traces and identities, which name files and hosts and are no part of a replay."""
    if isinstance(value, dict):
        kept = {key: one for key, one in value.items() if key not in ("stackTrace", "identity")}
        return {key: without_traces_of_the_machine(one) for key, one in kept.items()}
    return [without_traces_of_the_machine(one) for one in value] if isinstance(value, list) else value


async def capture(release: str) -> None:
    target = FOLDER / release
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        parts = Path(folder)
        async with (
            running_cluster(parts / "postgresql") as cluster,
            running_temporal(parts / "temporal") as temporal,
            cluster.database() as url,
            running_service(temporal.client, url) as service,
        ):
            for one in LIVES:
                stream = await one(service, temporal)
                for number, history in enumerate(await histories(service, stream), start=1):
                    name = f"{one.__name__}.{number}.json"
                    content = {"workflow_id": stream, **without_traces_of_the_machine(history.to_json_dict())}
                    (target / name).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    asyncio.run(capture(sys.argv[1]))
