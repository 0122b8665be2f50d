"""Whatever is sent, in whatever order, by whomever at once: every view of a directive is the fold of its journal."""

import asyncio

from temporalio.worker import Replayer

from activities.journal.read import Head
from activities.memory import Memory
from activities.rebuilding.rebuild import check
from tests.acceptance.faults.histories import chain
from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.reckoning import Journal
from tests.acceptance.faults.settling import settled_in
from tests.acceptance.faults.traffic import Traffic, start
from tests.support.parts import TemporalServer
from tests.support.service import Service, running_service
from workflows.converter import WORKER_CONVERTER
from workflows.directive import Directive

LIVES = 24
SENDERS = 3
MESSAGES = 14


async def test_random_lives_end_with_journal_read_models_rebuilt_ones_memory_and_query_telling_the_same(
    temporal: TemporalServer, database_url: str
) -> None:
    memory = Memory()
    async with running_service(temporal.client, database_url, memory=memory) as service:
        ledgers = [
            Ledger(service.client, service.queue, start(policy={"linger_days": seed % 2})) for seed in range(LIVES)
        ]
        journals = await asyncio.gather(*(_live(service, seed, ledger) for seed, ledger in enumerate(ledgers)))
        for journal in journals:
            assert journal.head is not None
            held = memory.take(journal.stream, Head(journal.head["version"], journal.head["hash"]))
            assert held is not None
            assert held.state == journal.state
        async with service.pool.acquire() as connection:
            assert [one.name for one in await check(connection) if one.standing != one.rebuilt] == []
        replayed = [await _replay(service, ledger.stream) for ledger in ledgers]
    kinds = {event.data.type for journal in journals for event in journal.events}
    codes = {known.outcome.code for journal in journals for known in journal.commands.values()} - {None}
    reached = f"{len(kinds)} kinds of events, {len(codes)} refusal codes"
    print(f"\n{LIVES} lives: {sum(replayed)} runs replayed; {reached}")
    assert sum(replayed) > LIVES


async def _live(service: Service, seed: int, ledger: Ledger) -> Journal:
    await ledger.issue()
    await Traffic(ledger, seed).send_together(MESSAGES, SENDERS)
    return await settled_in(ledger, service.pool, f"seed {seed}")


async def _replay(service: Service, stream: str) -> int:
    """How many runs there were; raises where one of them does not replay."""
    histories = await chain(service.client, stream)
    replayer = Replayer(workflows=[Directive], data_converter=WORKER_CONVERTER)
    for history in histories:
        await replayer.replay_workflow(history)
    return len(histories)
