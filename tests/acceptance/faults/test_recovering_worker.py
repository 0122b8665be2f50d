"""A worker that only recovers: nothing is decided and nobody is written to before the journal is mended."""

import asyncio
from pathlib import Path

import pytest

from tests.acceptance.faults.recovering import settings, typed
from tests.acceptance.faults.stack import Stack, WorkerProcess
from tests.support.service import command, issue, stream_of
from tests.support.waiting import until

pytestmark = pytest.mark.timeout(120)


async def test_a_recovering_worker_reconciles_and_leaves_everything_else_waiting(stack: Stack, tmp_path: Path) -> None:
    async with stack.place(tmp_path) as place, WorkerProcess(place) as worker:
        issued = issue(("unit-a",))
        stream = stream_of(issued)
        await worker.start()
        handle = await stack.client.start_workflow("Directive", issued, id=stream, task_queue=place.queue)
        told = settings(stack.client, place.database_url)
        await until(lambda: typed("list", **told), bool)
        await until(lambda: asyncio.to_thread(_mails, place.mails), bool)
        await worker.kill()
        await worker.start(DIRECTIVES_RECOVERING="true")
        await handle.signal("submit", command("acknowledge", "unit-a"))
        assert (await typed("reconcile", stream, **told))["found"] == 0
        assert (await typed("show", stream, **told))["directive"]["acknowledged"] == 0
        await worker.kill()
        await worker.start()
        await until(lambda: typed("show", stream, **told), lambda found: found["directive"]["acknowledged"] == 1)


def _mails(folder: Path) -> list[Path]:
    return list(folder.glob("*.eml"))
