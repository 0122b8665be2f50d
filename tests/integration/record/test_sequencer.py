"""The one order of all events: dense, complete, and each stream's own, whatever commits when and whoever dies."""

import asyncio
import random
from contextlib import AsyncExitStack

import asyncpg
import pytest

from activities.record.merkle import leaf_hash
from activities.record.sequencer import Sequenced, read_tree, sequence
from tests.integration.record.writing import batch, committed, hash_of, is_whole, order, tampering
from tests.support.waiting import until

BLOCKED = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO log%'
"""


async def step(pool: asyncpg.Pool, most: int = 1000) -> Sequenced:
    async with pool.acquire() as connection:
        return await sequence(connection, most)


async def all_of_it(pool: asyncpg.Pool, most: int = 1000) -> None:
    while (await step(pool, most)).taken:
        pass


async def test_nothing_written_is_nothing_to_do(pool: asyncpg.Pool) -> None:
    assert await step(pool) == Sequenced(size=0)
    await is_whole(pool)


async def test_a_step_takes_what_waits_stream_by_stream(pool: asyncpg.Pool) -> None:
    await committed(pool, "b", 2)
    await committed(pool, "a", 1)
    await committed(pool, "b", 1)
    assert await step(pool) == Sequenced(size=4, waiting=3, taken=4)
    assert await order(pool) == [("a", 1), ("b", 1), ("b", 2), ("b", 3)]
    await committed(pool, "a", 1)
    assert await step(pool) == Sequenced(size=5, waiting=1, taken=1)
    assert (await order(pool))[-1] == ("a", 2)
    await is_whole(pool)


async def test_a_step_takes_no_more_than_it_may_however_large_a_batch_was(pool: asyncpg.Pool) -> None:
    await committed(pool, "a", 25)
    await committed(pool, "b", 3)
    assert [(await step(pool, 10)).taken for _ in range(4)] == [10, 10, 8, 0]
    await is_whole(pool)


async def test_what_has_its_place_already_does_not_wait_for_another(pool: asyncpg.Pool) -> None:
    await committed(pool, "a", 3)
    await all_of_it(pool)
    await pool.execute("INSERT INTO unsequenced VALUES ('a', 2), ('a', 3)")
    assert await step(pool) == Sequenced(size=3, waiting=2)
    await is_whole(pool)


async def test_events_whose_row_went_astray_have_their_places_with_the_next_of_their_stream(pool: asyncpg.Pool) -> None:
    await committed(pool, "a", 3)
    await pool.execute("DELETE FROM unsequenced")
    assert (await step(pool)).taken == 0
    await committed(pool, "a", 1)
    assert (await step(pool)).taken == 4
    await is_whole(pool)


async def test_it_is_told_when_a_closure_has_its_place(pool: asyncpg.Pool) -> None:
    await committed(pool, "a", 10)
    await committed(pool, "a", 1, "DirectiveClosed")
    assert [(await step(pool, 10)).closed for _ in range(3)] == [False, True, False]


async def test_an_event_that_commits_late_is_waited_for_by_nobody_and_passed_over_by_nobody(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as early:
        transaction = early.transaction()
        await transaction.start()
        await batch(early, "early", 3)
        # Begun and committed while the other is still open.
        await committed(pool, "a", 2)
        await committed(pool, "z", 2)
        assert await step(pool) == Sequenced(size=4, waiting=2, taken=4)
        assert (await step(pool)).taken == 0
        await committed(pool, "z", 1)
        assert (await step(pool)).size == 5
        await transaction.commit()
    assert await step(pool) == Sequenced(size=8, waiting=1, taken=3)
    assert (await order(pool))[5:] == [("early", 1), ("early", 2), ("early", 3)]
    await is_whole(pool)


async def test_what_was_rolled_back_leaves_no_trace(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await batch(connection, "a", 3)
        await transaction.rollback()
    await committed(pool, "a", 1)
    assert await step(pool) == Sequenced(size=1, waiting=1, taken=1)
    await is_whole(pool)


@pytest.mark.timeout(180)
async def test_the_order_is_dense_while_eight_write_and_two_sequence(pool: asyncpg.Pool) -> None:
    chance = random.Random(5)
    streams = [f"stream {number}" for number in range(12)]
    written = asyncio.Event()
    turns: list[int] = []

    async def write(seed: int) -> None:
        own = random.Random(seed)
        async with pool.acquire() as connection:
            for _ in range(60):
                transaction = connection.transaction()
                await transaction.start()
                await batch(connection, own.choice(streams), own.randint(1, 9))
                # Others come in between, and some of them commit first.
                await connection.execute("SELECT pg_sleep($1)", own.random() / 500)
                await (transaction.rollback() if own.random() < 0.1 else transaction.commit())

    async def carry_on(most: int) -> None:
        taken = 0
        async with pool.acquire() as connection:
            while not written.is_set():
                taken += (await sequence(connection, most)).taken
        turns.append(taken)

    sequencers = [asyncio.create_task(carry_on(chance.randint(5, 40))) for _ in range(2)]
    await asyncio.gather(*(write(seed) for seed in range(8)))
    written.set()
    await asyncio.gather(*sequencers)
    await all_of_it(pool)
    # Both had their turns: otherwise nothing was shown.
    assert all(turns)
    await is_whole(pool)


async def test_while_one_is_at_it_another_does_nothing(pool: asyncpg.Pool) -> None:
    await committed(pool, "a", 2)
    async with pool.acquire() as holder, holder.transaction():
        assert (await sequence(holder)).taken == 2
        assert await step(pool) == Sequenced(size=0, waiting=1)
    assert await step(pool) == Sequenced(size=2)
    await is_whole(pool)


async def test_a_sequencer_that_is_killed_in_its_transaction_has_done_nothing_and_another_does_it(
    pool: asyncpg.Pool,
) -> None:
    await committed(pool, "a", 3)
    await all_of_it(pool)
    await committed(pool, "b", 3)
    async with pool.acquire() as holder:
        async with holder.transaction():
            # It gets as far as this row, with its entries in the log.
            await holder.execute("SELECT FROM tree FOR UPDATE")
            at_it = asyncio.create_task(step(pool))
            [[backend]] = await until(lambda: pool.fetch(BLOCKED), lambda rows: len(rows) == 1)
            await holder.execute("SELECT pg_terminate_backend($1)", backend)
            with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
                await at_it
        assert await order(holder) == [("a", 1), ("a", 2), ("a", 3)]
    await until(lambda: step(pool), lambda done: done.size == 6)
    await is_whole(pool)


async def test_after_a_restart_it_goes_on_from_the_peaks_and_reads_nothing_of_what_lies_before(
    pool: asyncpg.Pool,
) -> None:
    await committed(pool, "a", 300)
    await committed(pool, "b", 5)
    await all_of_it(pool)
    async with pool.acquire() as connection:
        expected = (await read_tree(connection)).frontier
        async with tampering(connection):
            # Were it read, the order and the tree would be others.
            await connection.execute("DELETE FROM log WHERE stream = 'a'")
        await committed(pool, "b", 1)
        assert await sequence(connection) == Sequenced(size=306, waiting=1, taken=1)
        found = (await read_tree(connection)).frontier
    expected.append(leaf_hash(hash_of("b", 6)))
    assert (found.size, found.peaks) == (expected.size, expected.peaks)


async def test_an_event_that_is_gone_is_never_passed_over_and_holds_up_only_its_own_stream(pool: asyncpg.Pool) -> None:
    await committed(pool, "broken", 50)
    await committed(pool, "whole", 4)
    async with pool.acquire() as connection:
        gone = await connection.fetchrow("SELECT * FROM events WHERE stream = 'broken' AND version = 3")
        async with tampering(connection):
            await connection.execute("DELETE FROM events WHERE stream = 'broken' AND version = 3")
        steps = [await sequence(connection, 10) for _ in range(3)]
        assert [one.broken for one in steps] == [(), ("broken",), ("broken",)]
        assert await order(connection) == [
            ("broken", 1), ("broken", 2), ("whole", 1), ("whole", 2), ("whole", 3), ("whole", 4),
        ]  # fmt: skip
        columns = ", ".join(gone.keys())
        places = ", ".join(f"${number}" for number in range(1, len(gone) + 1))
        await connection.execute(f"INSERT INTO events ({columns}) VALUES ({places})", *gone.values())  # noqa: S608
    await all_of_it(pool)
    await is_whole(pool)


async def test_more_streams_than_a_step_may_take_all_have_their_turn(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as connection, AsyncExitStack() as stack:
        await stack.enter_async_context(connection.transaction())
        for number in range(40):
            await batch(connection, f"stream {number:03}", 2)
    sizes = []
    while (done := await step(pool, 7)).taken:
        sizes.append(done.size)
    assert sizes == [*range(7, 78, 7), 80]
    await is_whole(pool)
