"""The connection to PostgreSQL is cut in the middle of a commit: it may have come to pass or not, and nobody knows."""

import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from activities.journal.pool import open_pool
from activities.journal.verify import verify
from tests.acceptance.faults.handlers import OneHandler, message
from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.reckoning import Journal
from tests.acceptance.faults.settling import settled_in
from tests.acceptance.faults.stack import Stack
from tests.acceptance.faults.traffic import UNITS, Traffic, start
from tests.support.proxy import Cut, Proxy
from tests.support.service import Service, command, running_service, stream_of

CUTS: tuple[Cut, ...] = ("before the commit arrives", "before its answer arrives")
LOST = (asyncpg.ConnectionDoesNotExistError, asyncpg.InterfaceError, ConnectionError)
"""What a handler says whose connection was cut."""


@asynccontextmanager
async def through(proxy: Proxy, service: Service) -> AsyncIterator[OneHandler]:
    """A handler that knows the database by way of the proxy."""
    pool = await open_pool(proxy.url)
    try:
        yield OneHandler(Service(service.client, pool, proxy.url, service.queue))
    finally:
        await pool.close()


@pytest.mark.parametrize("cut", CUTS)
async def test_a_batch_whose_commit_is_cut_is_there_wholly_or_not_at_all_and_sent_again_is_answered_once(
    service: Service, cut: Cut
) -> None:
    proxy = Proxy(service.database_url)
    issued = start()
    stream, first = stream_of(issued), message(issued)
    told = [message(command("acknowledge", unit)) for unit in UNITS]
    async with proxy.running(), through(proxy, service) as handler:
        for messages, before, after in (([first], 0, 1), (told, 1, 1 + len(UNITS))):
            proxy.cuts = iter([cut])
            with pytest.raises(LOST):
                await handler.handle(stream, messages)
            assert await versions(service, stream) == (before if cut == "before the commit arrives" else after)
            answers = await handler.handle(stream, messages)
            assert {answer["outcome"] for answer in answers.answers.values()} == {"done"}
            assert await handler.handle(stream, messages) == answers
            assert await versions(service, stream) == after
    assert proxy.made == 2
    await sound(service, stream)


async def test_while_commits_are_cut_at_random_every_update_ends_in_one_answer(stack: Stack) -> None:
    async with stack.cluster.database() as url, Proxy(url).running() as proxy:
        async with running_service(stack.client, proxy.url) as service:
            ledger = Ledger(stack.client, service.queue, start())
            await ledger.issue()
            proxy.cuts = now_and_then(random.Random(5))
            await Traffic(ledger, "cut in commit").send_together(12, senders=3)
            proxy.cuts = iter(())
            await settled_in(ledger, service.pool, "cut in commit")
            await sound(service, ledger.stream)
        assert proxy.made > 5


def now_and_then(chance: random.Random) -> Iterator[Cut | None]:
    while True:
        yield chance.choice((*CUTS, None, None, None))


async def versions(service: Service, stream: str) -> int:
    """How many events there are; their versions are dense."""
    rows = await service.pool.fetch("SELECT version FROM events WHERE stream = $1 ORDER BY version", stream)
    assert [row["version"] for row in rows] == list(range(1, len(rows) + 1))
    return len(rows)


async def sound(service: Service, stream: str) -> None:
    """The journal by itself: dense, chained, nothing twice, its read models as the fold says."""
    assert list((await Journal.read(service.pool, stream)).faults()) == []
    async with service.pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
        assert (await verify(connection, stream)).differences == []
