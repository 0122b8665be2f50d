"""Followers of the record: each event once, none skipped, whatever is not visible yet, fails, or is not understood."""

import hashlib
import itertools
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import asyncpg
import pytest
from structlog.testing import capture_logs

from activities.followers.follower import Entry, Follower, begin, follow
from activities.followers.following import following
from activities.followers.rights_changes import RightsChanges
from activities.gauges import read_figures
from activities.journal.chain import GENESIS
from activities.journal.pool import Connection, open_pool
from activities.record import sequencer
from activities.record.sequencer import enter, sequence
from domain.events import UnknownEventError
from observe.metrics import REGISTRY
from tests.support.desk import Desk
from tests.support.tables import all_cases
from tests.support.waiting import until

EVERY = 0.02
CHANGING_RIGHTS = {
    "DelegationRegistered", "DelegationRevoked", "DirectoryApplied", "PolicyApplied", "UnitsReorganised",
}  # fmt: skip
Place = tuple[str, int]
_numbers = itertools.count(1)


class Noting:
    """Remembers in a table of its own what it was given; fails where it is told to."""

    def __init__(self, name: str = "noting", fails_at: int | None = None) -> None:
        self.name = name
        self.fails_at = fails_at
        self.batches: list[int] = []

    async def apply(self, connection: Connection, entries: Sequence[Entry]) -> None:
        self.batches.append(len(entries))
        for entry in entries:
            assert entry.model
            await connection.execute(
                "INSERT INTO noted VALUES ($1, $2, $3, $4)", self.name, entry.seq, entry.stream, entry.version
            )
            if entry.seq == self.fails_at:
                raise ZeroDivisionError


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[asyncpg.Pool]:
    pool = await open_pool(database_url)
    await pool.execute("CREATE TABLE noted (name text, seq bigint, stream text, version integer)")
    yield pool
    await pool.close()


async def write(connection: Connection, stream: str, *kinds: str) -> None:
    """A batch of events, as ``append`` leaves it."""
    last = await connection.fetchval("SELECT coalesce(max(version), 0) FROM events WHERE stream = $1", stream)
    head = last + len(kinds)
    await connection.execute(
        "INSERT INTO streams VALUES ($1, $2, $3) ON CONFLICT (stream) DO UPDATE SET version = $2", stream, head, GENESIS
    )
    for version, kind in enumerate(kinds, start=last + 1):
        await connection.execute(
            """INSERT INTO events (stream, version, event_id, type, schema, at, body, prev_hash, hash)
               VALUES ($1, $2, gen_random_uuid(), $3, 1, now(), '{}', $4, $5)""",
            stream,
            version,
            kind,
            GENESIS,
            hashlib.sha256(f"{stream}/{version}".encode()).digest(),
        )
    await connection.execute("INSERT INTO unsequenced VALUES ($1, $2)", stream, head)


async def written(pool: asyncpg.Pool, stream: str, *kinds: str) -> None:
    async with pool.acquire() as connection:
        await write(connection, stream, *kinds)
        await sequence(connection)


async def noted(pool: asyncpg.Pool, name: str = "noting") -> list[Place]:
    rows = await pool.fetch("SELECT stream, version FROM noted WHERE name = $1 ORDER BY seq", name)
    return [(row["stream"], row["version"]) for row in rows]


async def step(pool: asyncpg.Pool, follower: Follower, most: int = 100) -> int:
    async with pool.acquire() as connection:
        await begin(connection, follower)
        return await follow(connection, follower, most)


async def checkpoint(pool: asyncpg.Pool, follower: Follower) -> int:
    found: int = await pool.fetchval("SELECT seq FROM followers WHERE name = $1", follower.name)
    return found


@asynccontextmanager
async def uncommitted(pool: asyncpg.Pool, stream: str, *kinds: str) -> AsyncIterator[None]:
    """A batch in an open transaction, which is committed when the block ends."""
    async with pool.acquire() as connection, connection.transaction():
        await write(connection, stream, *kinds)
        yield


async def test_a_deliberately_invisible_row_never_makes_a_follower_skip(pool: asyncpg.Pool) -> None:
    follower = Noting()
    async with uncommitted(pool, "early", "Acknowledged", "Acknowledged"):
        await written(pool, "late", "Acknowledged")
        assert await step(pool, follower) == 1
        await written(pool, "late", "ProgressReported")
        assert await step(pool, follower) == 1
        assert await noted(pool) == [("late", 1), ("late", 2)]
    async with pool.acquire() as connection:
        await sequence(connection)
    assert await step(pool, follower) == 2
    assert await noted(pool) == [("late", 1), ("late", 2), ("early", 1), ("early", 2)]


async def test_a_number_that_is_not_visible_yet_is_waited_for_whoever_gave_it(pool: asyncpg.Pool) -> None:
    follower = Noting()
    await written(pool, "a", "Acknowledged")
    place = "INSERT INTO log VALUES ($1, 'a', $2, sha256('x'))"
    async with pool.acquire() as connection:
        await write(connection, "a", "ProgressReported", "ProgressReported")
        async with pool.acquire() as hidden, hidden.transaction():
            await hidden.execute(place, 2, 2)
            await connection.execute(place, 3, 3)
            assert [await step(pool, follower), await step(pool, follower)] == [1, 0]
    assert await step(pool, follower) == 2
    assert await noted(pool) == [("a", 1), ("a", 2), ("a", 3)]


async def test_what_was_taken_in_is_never_read_again_not_by_the_next_worker_either(pool: asyncpg.Pool) -> None:
    first, second = Noting(), Noting()
    await written(pool, "a", *["Acknowledged"] * 5)
    assert [await step(pool, first, most=2) for _ in range(2)] == [2, 2]
    await written(pool, "a", "Acknowledged")
    assert await step(pool, second) == 2
    assert (first.batches, second.batches) == ([2, 2], [2])
    assert await noted(pool) == [("a", version) for version in range(1, 7)]


async def test_two_workers_share_a_follower_and_one_takes_over_from_the_other(database_url: str) -> None:
    pools = [await open_pool(database_url) for _ in range(2)]
    pool = pools[0]
    await pool.execute("CREATE TABLE noted (name text, seq bigint, stream text, version integer)")
    try:
        async with following(pools[1], [Noting()], EVERY, most=3):
            async with following(pools[0], [Noting()], EVERY, most=3):
                for _ in range(4):
                    await written(pool, "a", *["Acknowledged"] * 5)
                await until(lambda: noted(pool), lambda found: len(found) >= 20)
            await written(pool, "a", "Acknowledged")
            await until(lambda: noted(pool), lambda found: len(found) >= 21)
        assert await noted(pool) == [("a", version) for version in range(1, 22)]
    finally:
        for one in pools:
            await one.close()


async def test_a_step_that_fails_leaves_no_trace_is_tried_again_and_holds_up_nobody(pool: asyncpg.Pool) -> None:
    failing, other = Noting("failing", fails_at=2), Noting("other")
    await written(pool, "a", "Acknowledged", "Acknowledged")
    before = failures("failing")
    with capture_logs() as logs:
        async with following(pool, [failing, other], EVERY):
            await until(lambda: noted(pool, "other"), lambda found: len(found) == 2)
            await until(lambda: told(logs, "a follower failed"), lambda count: count >= 2)
            assert await noted(pool, "failing") == []
            assert await checkpoint(pool, failing) == 0
            assert failures("failing") >= before + 2
            failing.fails_at = None
            await until(lambda: noted(pool, "failing"), lambda found: len(found) == 2)


async def test_an_event_that_nobody_knows_stops_the_follower_loudly_and_nothing_else(pool: asyncpg.Pool) -> None:
    stopping, other = Noting("stopping"), Blind("other")
    await written(pool, "a", "Acknowledged", "OfTheNextRelease", "Acknowledged")
    before = failures("stopping")
    with capture_logs() as logs:
        async with following(pool, [stopping, other], EVERY):
            await until(lambda: noted(pool, "other"), lambda found: len(found) == 3)
            await until(lambda: told(logs, "a follower stopped"), lambda count: count == 1)
            await written(pool, "a", "Acknowledged")
            await until(lambda: noted(pool, "other"), lambda found: len(found) == 4)
    assert await noted(pool, "stopping") == []
    assert failures("stopping") == before + 1
    with pytest.raises(UnknownEventError, match="a version 2: OfTheNextRelease"):
        await step(pool, stopping)


class Blind(Noting):
    """Takes in whatever it is."""

    async def apply(self, connection: Connection, entries: Sequence[Entry]) -> None:
        for entry in entries:
            row = (self.name, entry.seq, entry.stream, entry.version)
            await connection.execute("INSERT INTO noted VALUES ($1, $2, $3, $4)", *row)


async def test_a_gap_in_the_record_is_passed_over(pool: asyncpg.Pool) -> None:
    follower = Noting()
    async with pool.acquire() as connection, connection.transaction():
        await enter(connection, [sequencer.Entry("gap/1", 1, bytes(32))])
    await written(pool, "a", "Acknowledged")
    assert await step(pool, follower) == 2
    assert await noted(pool) == [("a", 1)]


async def test_the_gauges_tell_how_far_each_follower_is_behind_and_that_it_lives(pool: asyncpg.Pool) -> None:
    follower = Noting()
    await written(pool, "a", *["Acknowledged"] * 5)
    await step(pool, follower, most=2)
    async with pool.acquire() as session:
        figures = await read_figures(session)
    assert figures.follower_lag == {"noting": 3}
    assert figures.follower_beat.keys() == {"noting"}
    await pool.execute("UPDATE followers SET beat_at = now() - interval '1 hour'")
    await step(pool, follower)
    await step(pool, follower)
    assert await pool.fetchval("SELECT beat_at > now() - interval '1 minute' FROM followers")


async def test_what_changes_rights_is_listed_in_its_place_and_stays_confirmed(pool: asyncpg.Pool) -> None:
    expected = []
    for kind in CHANGING_RIGHTS:
        case = next(case for case in all_cases() if kind in case.yields)
        desk = case.desk()
        desk.one(case.command())
        await keep(pool, desk)
        expected += [event.data.type for event in desk.events if event.data.changes_rights()]
    assert set(expected) == CHANGING_RIGHTS
    await step(pool, RightsChanges())
    listed = "SELECT type, confirmed_by FROM rights_changes ORDER BY seq"
    assert [row["type"] for row in await pool.fetch(listed)] == expected
    await pool.execute("UPDATE rights_changes SET confirmed_at = now(), confirmed_by = 'a leader'")
    await pool.execute("UPDATE followers SET seq = 0")
    await step(pool, RightsChanges())
    assert [tuple(row) for row in await pool.fetch(listed)] == [(kind, "a leader") for kind in expected]


async def keep(pool: asyncpg.Pool, desk: Desk) -> None:
    stream = f"directive/office/2026/{next(_numbers):02}-TEST"
    async with pool.acquire() as connection:
        await connection.execute("INSERT INTO streams VALUES ($1, $2, $3)", stream, len(desk.events), GENESIS)
        for event in desk.events:
            await connection.execute(
                """INSERT INTO events (stream, version, event_id, type, schema, at, body, prev_hash, hash)
                   VALUES ($1, $2, gen_random_uuid(), $3, $4, $5, $6, $7, sha256(convert_to($6, 'UTF8')))""",
                stream,
                event.version,
                event.data.type,
                event.data.schema_version,
                event.at,
                json.dumps(event.envelope()),
                GENESIS,
            )
        await connection.execute("INSERT INTO unsequenced VALUES ($1, $2)", stream, len(desk.events))
        await sequence(connection)


def failures(name: str) -> float:
    return REGISTRY.get_sample_value("directives_follower_failures_total", {"follower": name}) or 0


async def told(logs: Sequence[Mapping[str, object]], words: str) -> int:
    return sum(str(line["event"]).startswith(words) for line in logs)
