"""Read models made again from the record: equal to those that handle writes, whatever happens meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from activities.rebuilding import rebuild as rebuilding
from activities.rebuilding.beside import Beside, UnreadableStreamError
from activities.rebuilding.rebuild import (
    RebuildRunsError,
    TableReport,
    WritersBusyError,
    check,
    rebuild,
    rebuild_what_is_missing,
)
from activities.rebuilding.rows import TABLES
from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.settling import settled_in
from tests.acceptance.faults.traffic import Traffic, meanwhile, start
from tests.support.parts import Cluster, TemporalServer
from tests.support.service import Service, running_service

LIVES = 6
CITING = {"links": [{"kind": "basis", "notation": "280/CD-TTg", "type_name": "công điện", "issued_date": "2023-04-19"}]}
OF_THE_DATABASE = """
    SELECT 'relation', c.oid::text, c.relname, c.relkind::text, c.relacl::text FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT 'constraint', oid::text, conname, contype::text, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'schema', oid::text, nspname, '', nspacl::text FROM pg_namespace WHERE nspname !~ '^pg_'
    ORDER BY 1, 3, 2
"""
"""Everything that a table exchanged for another one would change."""
CUT_OFF = """
    SELECT pg_terminate_backend(pid) FROM pg_locks
    WHERE mode = 'ExclusiveLock' AND relation = 'streams'::regclass AND granted
"""


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture(scope="module")
async def lived(cluster: Cluster, temporal: TemporalServer) -> AsyncIterator[Service]:
    """A journal of random lives."""
    async with cluster.database() as url, running_service(temporal.client, url) as service:
        ledgers = [Ledger(service.client, service.queue, start(document=CITING)) for _ in range(LIVES)]
        await asyncio.gather(*(ledger.issue() for ledger in ledgers))
        await asyncio.gather(*(Traffic(one, seed).send_together(10, 2) for seed, one in enumerate(ledgers)))
        for ledger in ledgers:
            await settled_in(ledger, service.pool, "lived")
        yield service


async def checked(url: str) -> list[TableReport]:
    async with connected(url) as connection:
        return await check(connection)


async def rebuilt(url: str, *tables: str) -> list[TableReport]:
    async with connected(url) as connection:
        return await rebuild(connection, tables or TABLES)


def differing(reports: list[TableReport]) -> dict[str, int]:
    return {one.name: one.differing for one in reports if one.differing}


async def test_after_random_lives_what_stands_and_what_is_rebuilt_have_the_same_digests(lived: Service) -> None:
    reports = await checked(lived.database_url)
    assert [one.name for one in reports] == list(TABLES)
    assert differing(reports) == {}
    assert all(one.standing == one.rebuilt and one.rows for one in reports if one.name != "handovers")
    again = await rebuilt(lived.database_url)
    assert again == reports


async def test_what_was_altered_emptied_or_invented_is_named_and_put_right(lived: Service) -> None:
    stream, other, *rest = [row["stream"] for row in await lived.pool.fetch("SELECT stream FROM streams")]
    all_of_them = 2 + len(rest)
    before = await checked(lived.database_url)
    await lived.pool.execute("UPDATE assignments SET status = 'accepted', percent = 100 WHERE stream = $1", stream)
    await lived.pool.execute("DELETE FROM spans")
    await lived.pool.execute(
        "INSERT INTO handovers SELECT stream, id, 1, 'unit-z', unit, now(), false, 'transfer' FROM assignments "
        "WHERE stream = $1",
        other,
    )
    found = {one.name: one for one in await checked(lived.database_url)}
    assert differing(list(found.values())) == {"assignments": 1, "handovers": 1, "spans": all_of_them}
    assert (found["assignments"].first, found["handovers"].first) == ([stream], [other])
    only = await rebuilt(lived.database_url, "handovers")
    assert differing(only) == {"handovers": 1}
    assert differing(await checked(lived.database_url)) == {"assignments": 1, "spans": all_of_them}
    await rebuilt(lived.database_url)
    assert await checked(lived.database_url) == before


async def test_tables_views_indexes_constraints_and_grants_stay_the_very_same(lived: Service) -> None:
    before = await lived.pool.fetch(OF_THE_DATABASE)
    await lived.pool.execute("DELETE FROM receipts")
    await rebuilt(lived.database_url)
    assert await lived.pool.fetch(OF_THE_DATABASE) == before
    assert await lived.pool.fetchval("SELECT count(*) FROM current_receipts") > 0


async def test_a_reader_of_an_older_moment_goes_on_seeing_it_while_everything_is_replaced(lived: Service) -> None:
    await lived.pool.execute("DELETE FROM spans")
    async with lived.pool.acquire() as reader:
        async with reader.transaction(isolation="repeatable_read", readonly=True):
            assert await reader.fetchval("SELECT count(*) FROM streams") >= LIVES
            await lived.pool.execute("DELETE FROM assignments")
            await rebuilt(lived.database_url)
            assert await reader.fetchval("SELECT count(*) FROM standings") > 0
            assert await reader.fetchval("SELECT count(*) FROM spans") == 0
        assert await reader.fetchval("SELECT count(*) FROM spans") > 0


async def test_rebuilding_while_everybody_writes_loses_nothing_and_raises_no_false_alarm(
    temporal: TemporalServer, database_url: str
) -> None:
    async with running_service(temporal.client, database_url) as service:
        ledgers = [Ledger(service.client, service.queue, start()) for _ in range(4)]
        await asyncio.gather(*(ledger.issue() for ledger in ledgers))
        async with meanwhile(*(Traffic(one, seed).send_together(25, 3) for seed, one in enumerate(ledgers))):
            for _ in range(3):
                assert differing(await checked(database_url)) == {}
                await service.pool.execute("DELETE FROM spans")
                await rebuilt(database_url)
        assert differing(await checked(database_url)) == {}


async def test_what_is_written_between_the_comparison_and_the_exchange_is_caught_up(
    lived: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger(lived.client, lived.queue, start())
    await ledger.issue()
    compare, times = Beside.compare, iter([True])

    async def then_written_to(beside: Beside) -> None:
        await compare(beside)
        if next(times, False):
            await Traffic(ledger, "late").send(8)
            await Ledger(lived.client, lived.queue, start()).issue()

    monkeypatch.setattr(Beside, "compare", then_written_to)
    await lived.pool.execute("DELETE FROM spans WHERE stream = $1", ledger.stream)
    assert differing(await rebuilt(lived.database_url)) == {"spans": 1}
    assert differing(await checked(lived.database_url)) == {}


async def test_cut_off_in_the_middle_it_leaves_all_as_it_was_and_the_next_one_works(
    lived: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    await lived.pool.execute("DELETE FROM spans")
    before = await lived.pool.fetch(OF_THE_DATABASE)
    put_in_place = Beside.put_in_place

    async def then_cut_off(beside: Beside) -> list[str]:
        changed = await put_in_place(beside)
        await lived.pool.execute(CUT_OFF)
        return changed

    with monkeypatch.context() as patched:
        patched.setattr(Beside, "put_in_place", then_cut_off)
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)):
            await rebuilt(lived.database_url)
    assert await lived.pool.fetchval("SELECT count(*) FROM spans") == 0
    assert await lived.pool.fetch(OF_THE_DATABASE) == before
    await rebuilt(lived.database_url)
    assert differing(await checked(lived.database_url)) == {}


async def test_while_somebody_holds_a_head_nothing_is_exchanged_and_others_go_on(
    lived: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "TRIES", 1)
    monkeypatch.setattr(rebuilding, "LOCK_WITHIN", "100ms")
    await lived.pool.execute("DELETE FROM links")
    async with lived.pool.acquire() as holder, holder.transaction():
        await holder.fetch("SELECT 1 FROM streams LIMIT 1 FOR UPDATE")
        with pytest.raises(WritersBusyError):
            await rebuilt(lived.database_url)
    await Ledger(lived.client, lived.queue, start()).issue()
    await rebuilt(lived.database_url)
    assert differing(await checked(lived.database_url)) == {}


async def test_two_at_once_are_one(lived: Service) -> None:
    async with connected(lived.database_url) as one:
        await one.fetchval("SELECT pg_advisory_lock(hashtext('directives rebuild'))")
        with pytest.raises(RebuildRunsError):
            await rebuilt(lived.database_url)


async def test_what_cannot_be_folded_is_named_and_nothing_is_touched(lived: Service) -> None:
    stream = await lived.pool.fetchval("SELECT stream FROM streams ORDER BY stream LIMIT 1")
    await lived.pool.execute("DELETE FROM links")
    async with lived.pool.acquire() as connection:
        await connection.execute("UPDATE streams SET version = version + 1 WHERE stream = $1", stream)
        try:
            with pytest.raises(UnreadableStreamError, match=stream):
                await rebuilt(lived.database_url)
            assert await connection.fetchval("SELECT count(*) FROM links") == 0
        finally:
            await connection.execute("UPDATE streams SET version = version - 1 WHERE stream = $1", stream)
    await rebuilt(lived.database_url)


async def test_after_an_update_they_are_filled_though_every_directive_was_written_to_since(lived: Service) -> None:
    await lived.pool.execute(
        "DELETE FROM spans AS s USING directives AS d WHERE s.stream = d.stream AND s.since = d.issued_at"
    )
    assert await lived.pool.fetchval("SELECT count(DISTINCT stream) FROM spans") >= LIVES
    assert differing(await rebuild_what_is_missing(lived.database_url)).keys() == {"spans"}
    assert await rebuild_what_is_missing(lived.database_url) == []


async def test_after_an_update_from_a_release_without_spans_they_are_filled_once(lived: Service) -> None:
    assert await rebuild_what_is_missing(lived.database_url) == []
    await lived.pool.execute("DELETE FROM spans")
    await lived.pool.execute("UPDATE assignments SET unit_group = 'x'")
    assert differing(await rebuild_what_is_missing(lived.database_url)).keys() == {"assignments", "spans"}
    assert await rebuild_what_is_missing(lived.database_url) == []
    assert differing(await checked(lived.database_url)) == {}
