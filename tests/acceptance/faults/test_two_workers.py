"""Several who decide at once: the journal lets them take turns, and each command is decided once."""

import asyncio
import random
from pathlib import Path

import asyncpg

from domain.wire import HandleResult, Message
from tests.acceptance.faults.handlers import OneHandler, message
from tests.acceptance.faults.histories import chain, finished_tasks
from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.reckoning import Journal
from tests.acceptance.faults.settling import settled
from tests.acceptance.faults.stack import Stack, WorkerProcess
from tests.acceptance.faults.traffic import UNITS, Traffic, start
from tests.support.service import Service, command, stream_of

ROUNDS = 20


async def test_two_workers_on_one_queue_that_remember_nothing_of_each_other_decide_everything_once(
    stack: Stack, tmp_path: Path
) -> None:
    async with stack.place(tmp_path) as place, WorkerProcess(place) as one, WorkerProcess(place) as other:
        ledger = Ledger(stack.client, place.queue, start())
        # Without a cache of workflows every task may go to either of them.
        await asyncio.gather(one.start(CACHED="0"), other.start(CACHED="0"))
        await ledger.issue()
        await Traffic(ledger, "two workers").send_together(14, senders=4)
        await settled(ledger, place.database_url, "two workers")
    tasks = [task for run in await chain(stack.client, ledger.stream) for task in finished_tasks(run)]
    assert len({task.workflow_task_completed_event_attributes.identity for task in tasks}) == 2


async def test_two_handlers_with_overlapping_batches_give_one_answer_to_each_command(service: Service) -> None:
    chance = random.Random(1)
    issued = start()
    stream = stream_of(issued)
    handlers = OneHandler(service), OneHandler(service)
    await handlers[0].handle(stream, [message(issued), *(message(command("acknowledge", unit)) for unit in UNITS)])
    sent: list[Message] = []
    for _ in range(ROUNDS):
        sent += [message(command("progress", chance.choice(UNITS), percent=number)) for number in range(10)]
        batches = [chance.sample(sent[-15:], k=10) for _ in handlers]
        pairs = zip(handlers, batches, strict=True)
        first, second = await asyncio.gather(*(handler.handle(stream, batch) for handler, batch in pairs))
        both = first.answers.keys() & second.answers.keys()
        assert {key: first.answers[key] for key in both} == {key: second.answers[key] for key in both}
    last = await handlers[1].handle(stream, sent)
    journal = await Journal.read(service.pool, stream)
    assert list(journal.faults()) == []
    assert len(journal.events) == 1 + len(UNITS) + len(sent)
    assert len({answer["version"] for answer in last.answers.values()}) == len(sent)


async def test_of_two_handlers_that_begin_one_directive_the_loser_fails_and_learns_the_answer_at_its_next_try(
    service: Service,
) -> None:
    lost = 0
    for _ in range(ROUNDS):
        issued = start()
        stream = stream_of(issued)
        handlers = OneHandler(service), OneHandler(service)
        message_of_both = message(issued)
        told = await asyncio.gather(
            *(one.handle(stream, [message_of_both]) for one in handlers), return_exceptions=True
        )
        assert all(isinstance(one, HandleResult | asyncpg.UniqueViolationError) for one in told)
        lost += sum(isinstance(one, asyncpg.UniqueViolationError) for one in told)
        again = [await one.handle(stream, [message_of_both]) for one in handlers]
        assert again[0] == again[1]
        assert again[0] in told
        journal = await Journal.read(service.pool, stream)
        assert list(journal.faults()) == []
        assert [event.data.type for event in journal.events] == ["DirectiveIssued"]
    assert lost > 0, "the two never met"
