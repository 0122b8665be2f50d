"""A worker killed at a named point: nothing answered is lost, nothing is done twice (docs/architecture.md)."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import asyncpg
import pytest

from domain.commands.record_delivery import ReceiptDelivered
from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.settling import settled
from tests.acceptance.faults.stack import Place, Stack, WorkerProcess
from tests.acceptance.faults.traffic import Traffic, meanwhile, start
from tests.support.service import command
from tests.support.waiting import until

DEATHS = {
    "before the first step of a run": [0],
    "before the transaction": [0, 6],
    "in the transaction": [0, 6],
    "committed but unreported": [0, 6],
    "leaving for the next run": [0, 0],
    "taking up the run before": [0],
}
"""Point -> how often each worker after the other passes it alive; with 0 the first dies while the directive starts."""
UPDATES = 20
"""More than one run takes."""


def death(point: str, after: int, note: Path) -> dict[str, str]:
    return {"DIE_AT": point, "DIE_AFTER": str(after), "DEATH_NOTE": str(note)}


@pytest.mark.parametrize("point", DEATHS)
async def test_workers_killed_at_a_named_point_lose_nothing_and_double_nothing(
    stack: Stack, tmp_path: Path, point: str
) -> None:
    async with stack.place(tmp_path) as place, WorkerProcess(place) as worker:
        ledger = Ledger(stack.client, place.queue, start())
        async with meanwhile(_live(ledger, point)):
            for number, after in enumerate(DEATHS[point]):
                note = tmp_path / f"note-{number}"
                await worker.start(**death(point, after, note))
                await worker.died()
                assert note.read_text() == point
            await worker.start()
        await settled(ledger, place.database_url, point)


async def _live(ledger: Ledger, seed: str) -> None:
    await ledger.issue()
    await Traffic(ledger, seed).send_together(12, senders=4)


@pytest.mark.parametrize("point", ["sent but not recorded", "told the directive but not recorded that"])
async def test_a_worker_killed_in_the_middle_of_a_notice_tells_everybody_and_records_it_once(
    stack: Stack, tmp_path: Path, point: str
) -> None:
    async with stack.place(tmp_path) as place, WorkerProcess(place) as worker:
        ledger = Ledger(stack.client, place.queue, start())
        await worker.start(**death(point, 0, tmp_path / "note"))
        async with meanwhile(_live(ledger, point)), connected(place) as journal:
            await worker.died()
            await stack.end_dispatcher()
            # The lease of the dead runs out.
            await journal.execute("UPDATE notices SET try_at = now() WHERE status = 'waiting'")
            await worker.start()
        async with connected(place) as journal:
            waiting = "SELECT count(*) FROM notices WHERE status <> 'sent' OR NOT reported"
            await until(lambda: journal.fetchval(waiting), lambda found: found == 0)
            undelivered = "SELECT count(*) FROM receipts WHERE delivered_at IS NULL"
            await until(lambda: journal.fetchval(undelivered), lambda found: found == 0)
            notices = await journal.fetchval("SELECT count(*) FROM notices")
        stream = await settled(ledger, place.database_url, point)
        delivered = Counter(event.data.unit for event in stream.events if isinstance(event.data, ReceiptDelivered))
        assert delivered == Counter(stream.state.receipts.keys())
        assert len(list(place.mails.glob("*.eml"))) == notices


async def test_a_signal_without_id_in_the_first_task_of_a_run_is_not_taken_for_the_same_words_in_the_run_before(
    stack: Stack, tmp_path: Path
) -> None:
    async with stack.place(tmp_path) as place, WorkerProcess(place) as worker:
        ledger = Ledger(stack.client, place.queue, start(units=("unit-a",)))
        signal = partial(stack.client.get_workflow_handle(ledger.stream).signal, "submit")
        nameless = {**command("progress", "unit-a", percent=1), "command_id": None}
        await worker.start(**death("taking up the run before", 0, tmp_path / "note"))
        await ledger.issue()
        await ledger.update(command("acknowledge", "unit-a"))
        await signal(nameless)
        async with meanwhile(_report(ledger, UPDATES)):
            await worker.died()
            await signal(nameless)
            await worker.start()
        async with connected(place) as journal:
            told = "SELECT count(*) FROM events WHERE type = 'ProgressReported'"
            await until(lambda: journal.fetchval(told), lambda found: found == UPDATES + 2)


@asynccontextmanager
async def connected(place: Place) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(place.database_url)
    try:
        yield connection
    finally:
        await connection.close()


async def _report(ledger: Ledger, times: int) -> None:
    """One after the other, so that a run that begins has no signal waiting for it."""
    for percent in range(times):
        await ledger.update(command("progress", "unit-a", percent=percent))
