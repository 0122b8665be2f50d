"""Temporal's store lost or set back, two clusters at once: the journal is one, and all that anybody is told."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client

from activities.reconciling.runs import begin, known_runs, set_back
from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.reckoning import Journal, compare, described
from tests.acceptance.faults.recovering import answers, copy_store, delete_run, settings, typed
from tests.acceptance.faults.settling import settled_in
from tests.acceptance.faults.stack import Stack
from tests.acceptance.faults.traffic import Traffic, start
from tests.integration.recovery.parts import serving
from tests.support.parts import TemporalServer, running_temporal
from tests.support.service import command
from tests.support.waiting import until

pytestmark = pytest.mark.timeout(180)


def due_in(days: int) -> dict[str, Any]:
    day = (datetime.now(UTC) + timedelta(days=days)).date().isoformat()
    return start(deadline={"kind": "date", "day": day})


async def test_with_every_history_deleted_nothing_that_a_user_can_ask_gets_another_answer(stack: Stack) -> None:
    async with stack.cluster.database() as url, serving(stack.client, url) as service:
        ledger = Ledger(stack.client, service.queue, due_in(30))
        await ledger.issue()
        await Traffic(ledger, "deleted").send_together(10, senders=2)
        await settled_in(ledger, service.pool, "before")
        streams = [ledger.stream]
        before = await answers(streams, settings(stack.client, url))
        await delete(stack.client, streams)
        assert await answers(streams, settings(stack.client, url)) == before


async def delete(client: Client, streams: list[str]) -> None:
    """All runs of the directives, and wait until none is known any more."""
    for stream, runs in (await known_runs(client, streams)).items():
        for run in runs:
            await delete_run(client, stream, run.run_id)
    await until(lambda: known_runs(client, streams), lambda found: not found, 60)


async def test_a_store_that_was_set_back_to_a_backup_catches_up(stack: Stack, tmp_path: Path) -> None:
    store = stack.folder / "temporal" / "store"
    async with stack.cluster.database() as url:
        async with serving(stack.client, url) as service:
            ledgers = [Ledger(stack.client, service.queue, due_in(30)) for _ in range(3)]
            for number, ledger in enumerate(ledgers[:2]):
                await ledger.issue()
                await Traffic(ledger, f"set back {number}").send_together(8, senders=2)
                await settled_in(ledger, service.pool, "before")
            copy_store(stack.folder / "temporal", tmp_path / "backup")
            await ledgers[2].issue()
            for number, ledger in enumerate(ledgers[1:]):
                await Traffic(ledger, f"lost {number}").send_together(8, senders=2)
                await settled_in(ledger, service.pool, "lost")
        await stack.kill_temporal()
        shutil.rmtree(store)
        (tmp_path / "backup").rename(store)
        await stack.temporal.start()
        async with serving(stack.client, url) as service:
            said = await typed("restore", "--all", **settings(stack.client, url))
            assert (said["started"], said["failed"], said["unknown"]) == (1, [], [])
            # Which was behind may have heard of the journal by an alarm of its own before anybody looked.
            assert said["already_there"] + said["caught_up"] == 2
            for number, ledger in enumerate(ledgers):
                await Traffic(ledger, f"after {number}").send_together(4, senders=2)
                await settled_in(ledger, service.pool, "restored")


@pytest.fixture
async def other(tmp_path: Path) -> AsyncIterator[TemporalServer]:
    async with running_temporal(tmp_path / "other") as server:
        yield server


async def test_the_old_cluster_that_comes_back_beside_the_new_one_writes_one_history_and_no_command_twice(
    stack: Stack, other: TemporalServer
) -> None:
    issued = due_in(30)
    async with (
        stack.cluster.database() as url,
        serving(stack.client, url) as old,
        serving(other.client, url) as new,
    ):
        ledgers = [Ledger(service.client, service.queue, issued) for service in (old, new)]
        await ledgers[0].issue()
        assert await begin(other.client, ledgers[0].stream)
        await asyncio.gather(
            *(Traffic(ledger, f"cluster {number}").send_together(8, 2) for number, ledger in enumerate(ledgers))
        )
        both = [command("progress", unit, percent=percent) for unit in ("unit-a", "unit-b") for percent in (10, 90)]
        for one in both:
            told = await asyncio.gather(*(service.submit(ledgers[0].stream, one) for service in (old, new)))
            assert told[0] == told[1]
        stream = ledgers[0].stream
        together = Ledger(old.client, old.queue, issued, entries=[one for each in ledgers for one in each.entries])

        async def reckoned() -> Journal:
            return await Journal.read(old.pool, stream)

        journal = await until(reckoned, lambda found: not compare(together, found).lost)
        result = compare(together, journal)
        assert (result.lost, result.doubled) == ([], [])
        assert list(journal.faults()) == []
        assert {one["command_id"] for one in both} <= journal.commands.keys()
        for service in (old, new):
            await set_back(service.client, stream, "test")
            handle = service.client.get_workflow_handle(stream)
            await until(lambda handle=handle: handle.query("state"), lambda found: found == described(journal.state))
