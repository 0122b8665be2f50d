"""Runs and streams compared: what is found, what is mended, what is beyond anybody's reach."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest
from temporalio.client import Client, WorkflowExecutionStatus

from activities.reconciling.nightly import ensure_nightly
from activities.reconciling.runs import known_runs
from domain.wire import RECONCILIATION_ID, RECOVERY_QUEUE, SIMULATION_QUEUE
from tests.acceptance.faults.histories import chain, run_of
from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.recovering import delete_run
from tests.acceptance.faults.traffic import Traffic, start
from tests.integration.recovery.parts import copied, reconcile, recovery, serving
from tests.support.parts import Cluster, TemporalServer
from tests.support.service import Service, command, issue, life, stream_of
from tests.support.waiting import until

DELETED = 60.0
"""Seconds: the server deletes when it has nothing else to do for the run."""


async def issued(service: Service) -> str:
    one = issue(("unit-a",))
    await service.issue(one)
    return stream_of(one)


async def test_where_all_agrees_nothing_is_found(temporal: TemporalServer, database_url: str) -> None:
    async with serving(temporal.client, database_url) as service:
        streams = [await issued(service) for _ in range(3)]
        await service.submit(streams[0], command("acknowledge", "unit-a"))
        found = await reconcile(temporal.client, streams=streams)
        assert (found.streams, found.runs, found.read_models, found.findings) == (3, 3, 3, [])


async def test_a_run_that_is_missing_is_begun_and_goes_on(temporal: TemporalServer, database_url: str) -> None:
    async with serving(temporal.client, database_url) as service:
        stream = await issued(service)
        handle = temporal.client.get_workflow_handle(stream)
        await handle.terminate("test")
        found = await reconcile(temporal.client, streams=[stream], mend=True)
        assert [(one.code, one.mended) for one in found.findings] == [("run_missing", True)]
        assert (await handle.describe()).status is WorkflowExecutionStatus.RUNNING
        assert (await service.submit(stream, command("acknowledge", "unit-a")))["outcome"] == "done"


async def test_an_ended_directive_needs_no_run_once_it_has_lingered(
    temporal: TemporalServer, database_url: str
) -> None:
    async with serving(temporal.client, database_url) as service:
        one = issue(("unit-a",), policy={"linger_days": 0})
        await service.issue(one)
        stream = stream_of(one)
        for each in (*life("unit-a"), command("close", "unit-a", role="leader")):
            assert (await service.submit(stream, each))["outcome"] == "done"
        await temporal.client.get_workflow_handle(stream).result()
        assert (await reconcile(temporal.client, streams=[stream])).findings == []


async def test_signals_that_a_terminated_run_had_not_heard_are_handed_over(
    temporal: TemporalServer, database_url: str
) -> None:
    client = temporal.client
    async with serving(client, database_url) as service:
        stream = await issued(service)
    heard = command("acknowledge", "unit-a")
    await client.get_workflow_handle(stream).signal("submit", heard)
    await client.get_workflow_handle(stream).terminate("test")
    async with serving(client, database_url) as service:
        found = await reconcile(client, streams=[stream], mend=True)
        assert {one.code for one in found.findings} == {"run_missing"} | {"tail_missing"}
        events = await service.events(stream)
        assert [event.command_id for event in events][1] == heard["command_id"]


@pytest.mark.timeout(120)
async def test_what_is_beyond_retention_is_named_with_both_versions(
    cluster: Cluster, temporal: TemporalServer, database_url: str
) -> None:
    client = temporal.client
    async with serving(client, database_url) as service:
        ledger = Ledger(client, service.queue, start())
        await ledger.issue()
        stream = ledger.stream
        before = (await service.state(stream)).version
    async with copied(cluster, database_url) as earlier:
        async with serving(client, database_url) as service:
            while len(runs := await chain(client, stream)) < 2:
                await Traffic(ledger, f"retention {len(runs)}").send_together(10, senders=3)
            known = (await service.state(stream)).version
        runs = await chain(client, stream)
        await until(lambda: known_runs(client, [stream]), lambda found: len(found[stream]) == len(runs))
        await delete_run(client, stream, run_of(runs[0]))
        await until(lambda: known_runs(client, [stream]), lambda found: len(found[stream]) < len(runs), DELETED)
        async with serving(client, earlier):
            found = await reconcile(client, streams=[stream], mend=True)
        incomplete = [one for one in found.findings if one.code == "incomplete"]
        assert [one.mended for one in incomplete] == [False]
        assert int(incomplete[0].details["journal"]) >= before
        assert int(incomplete[0].details["known"]) == known
        assert found.found > found.mended


async def test_read_models_that_were_changed_are_named(temporal: TemporalServer, database_url: str) -> None:
    async with serving(temporal.client, database_url) as service:
        stream = await issued(service)
        await service.pool.execute("UPDATE assignments SET unit = 'unit-z' WHERE stream = $1", stream)
        found = await reconcile(temporal.client, streams=[stream])
        assert [(one.code, one.details) for one in found.findings] == [("differs", {"tables": "assignments"})]


async def test_two_who_mend_at_once_do_nothing_twice(
    cluster: Cluster, temporal: TemporalServer, database_url: str
) -> None:
    client = temporal.client
    async with serving(client, database_url) as service:
        stream = await issued(service)
    async with copied(cluster, database_url) as earlier:
        async with serving(client, database_url) as service:
            for percent in range(10):
                await service.submit(stream, command("progress", "unit-a", percent=percent))
            lost = await service.events(stream)
        other = await Client.connect(temporal.server.address, namespace=client.namespace)
        async with recovery(client, earlier), recovery(other, earlier):
            await asyncio.gather(*(reconcile(client, streams=[stream], mend=True) for _ in range(2)))
        async with serving(client, earlier) as service:
            assert await service.events(stream) == lost


async def test_the_schedule_of_every_night_compares_and_mends_nothing(
    temporal: TemporalServer, database_url: str
) -> None:
    client: Client = temporal.client
    await ensure_nightly(client)
    assert not await ensure_nightly(client)
    description = await client.get_schedule_handle(RECONCILIATION_ID).describe()
    [action] = [description.schedule.action]
    assert action.task_queue == RECOVERY_QUEUE
    hours = {instant.hour for instant in description.info.next_action_times}
    assert hours == {19}
    assert description.info.next_action_times[1] - description.info.next_action_times[0] == timedelta(days=1)


async def test_simulated_directives_are_no_concern_of_it(temporal: TemporalServer) -> None:
    one = issue(("unit-a",))
    await temporal.client.start_workflow("Directive", one, id=stream_of(one), task_queue=SIMULATION_QUEUE)
    await until(lambda: _listed(temporal.client, stream_of(one)), bool)
    assert await known_runs(temporal.client, [stream_of(one)]) == {}


async def _listed(client: Client, stream: str) -> bool:
    return bool([one async for one in client.list_workflows(f"WorkflowId = '{stream}'")])


async def test_a_journal_that_cannot_be_reached_is_waited_for(temporal: TemporalServer, database_url: str) -> None:
    async with serving(temporal.client, database_url) as service:
        stream = await issued(service)
        connection = await asyncpg.connect(database_url)
        try:
            await connection.execute("ALTER TABLE streams RENAME TO away")
            waiting = asyncio.ensure_future(reconcile(temporal.client, streams=[stream]))
            await asyncio.wait([waiting], timeout=1)
            await connection.execute("ALTER TABLE away RENAME TO streams")
        finally:
            await connection.close()
        assert (await waiting).findings == []
