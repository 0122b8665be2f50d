"""PostgreSQL is away while signals and updates go on: messages wait durably, and callers are told truly."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from domain.commands.progress import ProgressReported
from tests.acceptance.faults.histories import attempts, chain, fallbacks
from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.settling import settled, settled_in
from tests.acceptance.faults.stack import Stack, WorkerProcess
from tests.acceptance.faults.traffic import UNITS, Traffic, meanwhile, start
from tests.support.parts import CONTINUE_AS_NEW_AT
from tests.support.service import Json, command, running_service
from tests.support.waiting import until

ATTEMPTS = 6
"""Of the regular activity, in vain: some seven seconds."""
HALF_A_MINUTE = 9
"""Attempts that take thirty seconds and more, with pauses that double from a fifth of a second to ten."""


def told(number: int) -> Json:
    return command("progress", UNITS[number % len(UNITS)], percent=number, text=f"number {number}")


async def test_while_postgresql_is_away_callers_learn_that_nothing_is_known_and_afterwards_all_is_decided_in_order(
    stack: Stack,
) -> None:
    async with stack.cluster.database() as url, running_service(stack.client, url) as service:
        ledger = Ledger(stack.client, service.queue, start())
        await ledger.issue()
        await ledger.update([command("acknowledge", unit) for unit in UNITS])
        first, updates, last = (
            [told(number) for number in numbers] for numbers in (range(10), range(10, 16), range(16, 26))
        )
        async with stack.without_postgresql():
            for one in first:
                await ledger.signal(one)
            hasty = [ledger.update(one, patience=0, one_try=timedelta(seconds=3)) for one in updates]
            assert [entry.told for entry in await asyncio.gather(*hasty)] == ["unknown"] * len(updates)
            for one in last:
                await ledger.signal(one)
            assert await fallbacks(stack.client, ledger.stream) == 1
            assert await attempts(stack.client, ledger.stream) > 1
        journal = await settled_in(ledger, service.pool, "PostgreSQL away")
        # With the same id: what became of it.
        again = await asyncio.gather(*(ledger.update(one) for one in updates))
        assert [entry.answers[0]["outcome"] for entry in again] == ["done"] * len(updates)
        assert await settled_in(ledger, service.pool, "asked again") == journal
        signals = {one["command_id"] for one in [*first, *last]}
        order = [event.command_id for event in journal.events if event.command_id in signals]
        assert order == [one["command_id"] for one in [*first, *last]]


async def test_signals_that_came_while_postgresql_was_away_are_carried_into_the_next_run_and_keep_their_order(
    stack: Stack,
) -> None:
    async with stack.cluster.database() as url, running_service(stack.client, url) as service:
        ledger = Ledger(stack.client, service.queue, start())
        await ledger.issue()
        await ledger.update([command("acknowledge", unit) for unit in UNITS])
        sent = [told(number) for number in range(CONTINUE_AS_NEW_AT)]
        async with stack.without_postgresql():
            await ledger.signal(sent[0])
            await until(lambda: attempts(stack.client, ledger.stream), lambda found: found > 0)
            for one in sent[1:]:
                await ledger.signal(one if one["percent"] % 2 else {**one, "command_id": None})
        journal = await settled_in(ledger, service.pool, "carried over")
        texts = [event.data.text for event in journal.events if isinstance(event.data, ProgressReported)]
        assert texts == [one["text"] for one in sent]
        [_, second, *_] = await chain(stack.client, ledger.stream)
        start_of_it = second.events[0].workflow_execution_started_event_attributes
        carried = json.loads(start_of_it.input.payloads[0].data)["carried"]
        assert len(carried["messages"]) == len(sent) - 1
        assert carried["signals_seen"] == len(sent)


@pytest.mark.timeout(150)
@pytest.mark.timeout(120)
async def test_a_long_outage_with_traffic_and_a_worker_killed_in_it_loses_nothing(stack: Stack, tmp_path: Path) -> None:
    async with stack.place(tmp_path) as place, WorkerProcess(place) as worker:
        ledger = Ledger(stack.client, place.queue, start())
        await worker.start()
        await ledger.issue()
        traffic = Traffic(ledger, "away").send_together(6, senders=12)
        async with meanwhile(traffic), stack.without_postgresql():
            await until(lambda: attempts(stack.client, ledger.stream), lambda found: found >= ATTEMPTS // 2)
            issued = ledger.told("answered")
            await worker.kill()
            await worker.start()
            await until(lambda: attempts(stack.client, ledger.stream), lambda found: found >= HALF_A_MINUTE, limit=90)
            assert ledger.told("answered") == issued
        await settled(ledger, place.database_url, "a long outage")


async def test_where_somebody_holds_the_directive_in_the_database_messages_wait_and_are_decided_once(
    stack: Stack,
) -> None:
    async with stack.cluster.database() as url, running_service(stack.client, url) as service:
        ledger = Ledger(stack.client, service.queue, start())
        await ledger.issue()
        async with service.pool.acquire() as connection:
            held = connection.transaction()
            await held.start()
            await connection.execute("SELECT 1 FROM streams WHERE stream = $1 FOR UPDATE", ledger.stream)
            async with meanwhile(*(ledger.update(command("acknowledge", unit)) for unit in UNITS)):
                await until(lambda: attempts(stack.client, ledger.stream), lambda found: found == 1)
                await held.rollback()
        journal = await settled_in(ledger, service.pool, "held")
        assert [event.data.type for event in journal.events] == ["DirectiveIssued", *["Acknowledged"] * len(UNITS)]
