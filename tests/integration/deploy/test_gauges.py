"""The gauges read from a real database."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from structlog.testing import capture_logs

from activities.gauges import publish_gauges, read_figures
from activities.journal.pool import open_pool
from observe.figures import Figures, FiguresCollector
from tests.support.waiting import until

NOW = datetime.now(UTC)
PAST, FUTURE = NOW - timedelta(days=3), NOW + timedelta(days=3)
EVERY = 0.05
HOLDER = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"
QUEUE = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[asyncpg.Pool]:
    pool = await open_pool(database_url)
    yield pool
    await pool.close()


async def directive(pool: asyncpg.Pool, stream: str = "d", phase: str = "in_force") -> str:
    await pool.execute("INSERT INTO streams VALUES ($1, 1, $2)", stream, bytes(32))
    await pool.execute(
        """INSERT INTO directives (stream, version, phase, revision, issuer, number, notation, subject, priority,
                                   issued_date, issued_at, document, obligations)
           VALUES ($1, 1, $2, 1, 'u', '1', 'x', 's', 0, '2026-11-02', now(), '{}', '[]')""",
        stream,
        phase,
    )
    return stream


async def assignment(pool: asyncpg.Pool, stream: str = "d", **values: object) -> None:
    row = {"role": "lead", "status": "open", "judged_by": None, "held_until": None, **values}
    await pool.execute(
        """INSERT INTO assignments (stream, id, item, unit, unit_name, assigned_on, created_at, reports, role, status,
                                    judged_by, held_until)
           VALUES ($1, '1.' || (SELECT count(*) FROM assignments), '1', 'u', 'U', '2026-11-02', now(), 0,
                   $2, $3, $4, $5)""",
        stream,
        *row.values(),
    )


async def receipt(pool: asyncpg.Pool, stream: str = "d", **values: object) -> None:
    row = {"purpose": "act", "acknowledge_by": None, **values}
    places = ", ".join(f"${number}" for number in range(2, 2 + len(row)))
    await pool.execute(
        f"""INSERT INTO receipts (stream, unit, unit_name, revision, sent_at, {", ".join(row)})
           VALUES ($1, 'u' || (SELECT count(*) FROM receipts), 'U', 1, now(), {places})""",  # noqa: S608 - our own names
        stream,
        *row.values(),
    )


async def notice(pool: asyncpg.Pool, created_at: datetime, status: str = "waiting") -> None:
    await pool.execute(
        """INSERT INTO notices (id, stream, kind, unit, assignments, revision, created_at, address, status, try_at)
           VALUES (gen_random_uuid(), 'd', 'issued', 'u', '{}', 1, $1, 'a', $2, now())""",
        created_at,
        status,
    )


async def figures(pool: asyncpg.Pool) -> Figures:
    async with pool.acquire() as session:
        return await read_figures(session)


async def cells(pool: asyncpg.Pool) -> dict[str, int]:
    return {cell: count for cell, count in (await figures(pool)).assignments.items() if count}


@pytest.mark.parametrize(
    ("values", "cell"),
    [
        ({}, "open_in_time"),
        ({"judged_by": FUTURE}, "open_in_time"),
        ({"judged_by": PAST}, "open_overdue"),
        ({"status": "with_head", "judged_by": PAST}, "open_overdue"),
        ({"status": "returned", "judged_by": PAST}, "open_overdue"),
        # The issuer's time is not the unit's.
        ({"status": "with_issuer", "judged_by": PAST, "held_until": PAST - timedelta(hours=1)}, "open_in_time"),
        ({"status": "with_issuer", "judged_by": PAST, "held_until": PAST + timedelta(hours=1)}, "open_overdue"),
        # Nor is the time of a suspension.
        ({"judged_by": PAST, "held_until": PAST - timedelta(hours=1)}, "open_in_time"),
        ({"status": "accepted", "held_until": PAST}, "done_on_time"),
        ({"status": "accepted", "judged_by": PAST, "held_until": PAST}, "done_on_time"),
        ({"status": "accepted", "judged_by": PAST, "held_until": PAST + timedelta(microseconds=1)}, "done_late"),
    ],
)
async def test_a_lead_assignment_stands_in_the_cell_of_figures(
    pool: asyncpg.Pool, values: dict[str, Any], cell: str
) -> None:
    await directive(pool)
    await assignment(pool, **values)
    assert await cells(pool) == {cell: 1}


async def test_support_and_closed_directives_are_not_counted(pool: asyncpg.Pool) -> None:
    await directive(pool)
    await directive(pool, "closed", "closed")
    await assignment(pool, role="support", judged_by=PAST)
    await assignment(pool, "closed", judged_by=PAST)
    await receipt(pool, "closed", acknowledge_by=PAST)
    found = await figures(pool)
    assert {*found.assignments.values(), *found.unacknowledged.values()} == {0}


@pytest.mark.parametrize("status", ["waived", "withdrawn", "recalled", "superseded"])
async def test_what_is_not_in_force_any_more_is_in_no_cell(pool: asyncpg.Pool, status: str) -> None:
    await directive(pool)
    await assignment(pool, status=status, judged_by=PAST)
    assert await cells(pool) == {}


async def test_only_acting_units_that_have_not_answered_are_unacknowledged(pool: asyncpg.Pool) -> None:
    await directive(pool)
    await receipt(pool, acknowledge_by=PAST)
    await receipt(pool, acknowledge_by=FUTURE)
    await receipt(pool, acknowledge_by=None)
    await receipt(pool, acknowledge_by=PAST, acknowledged_at=NOW)
    await receipt(pool, acknowledge_by=PAST, refused_at=NOW)
    await receipt(pool, acknowledge_by=PAST, purpose="inform")
    await receipt(pool, acknowledge_by=PAST, current=False)
    await receipt(pool, acknowledge_by=PAST, released_at=NOW)
    await receipt(pool, acknowledge_by=FUTURE, refused_at=NOW, refusal_declined_at=NOW)
    assert (await figures(pool)).unacknowledged == {"in_time": 3, "overdue": 1}


async def test_the_oldest_notice_is_the_oldest_of_those_that_wait(pool: asyncpg.Pool) -> None:
    assert (await figures(pool)).oldest_waiting_notice == 0
    await directive(pool)
    await notice(pool, PAST - timedelta(days=1), status="sent")
    await notice(pool, PAST)
    await notice(pool, NOW)
    assert (await figures(pool)).oldest_waiting_notice == PAST.timestamp()


async def relay(pool: asyncpg.Pool, created_at: datetime, sent_at: datetime | None = None) -> None:
    await pool.execute(
        """INSERT INTO relays (stream, id, target, command, created_at, sent_at)
           VALUES ('d', gen_random_uuid(), 'above', '{}', $1, $2)""",
        created_at,
        sent_at,
    )


async def test_the_oldest_relay_is_the_oldest_of_those_that_did_not_get_through(pool: asyncpg.Pool) -> None:
    assert (await figures(pool)).oldest_unsent_relay == 0
    await directive(pool)
    await relay(pool, PAST - timedelta(days=1), sent_at=NOW)
    await relay(pool, NOW)
    await relay(pool, PAST)
    assert (await figures(pool)).oldest_unsent_relay == PAST.timestamp()


def shown(collector: FiguresCollector) -> dict[str, float]:
    return {f"{sample.name}{sample.labels}": sample.value for one in collector.collect() for sample in one.samples}


async def read_at(collector: FiguresCollector) -> float:
    return shown(collector).get("directives_figures_timestamp_seconds{}", 0)


async def test_one_of_two_workers_shows_the_figures_and_the_other_takes_over(database_url: str) -> None:
    one, two = FiguresCollector(), FiguresCollector()
    pools = [await open_pool(database_url) for _ in range(2)]
    try:
        async with publish_gauges(pools[1], EVERY, two):
            async with publish_gauges(pools[0], EVERY, one):
                await until(lambda: both_have_turned(one, two), lambda turned: turned)
                assert [bool(shown(one)), bool(shown(two))].count(True) == 1
            await until(lambda: read_at(two), lambda at: at > 0)
            assert shown(one) == {}
        assert shown(two) == {}
    finally:
        for pool in pools:
            await pool.close()


async def both_have_turned(one: FiguresCollector, two: FiguresCollector) -> bool:
    first = max(await read_at(one), await read_at(two))
    if first == 0:
        return False
    # Some turns of whoever reads are as many turns of the other.
    await until(lambda: later(one, two), lambda at: at > first + 3 * EVERY)
    return True


async def later(one: FiguresCollector, two: FiguresCollector) -> float:
    return max(await read_at(one), await read_at(two))


async def test_what_cannot_be_read_stays_as_it_was_read_last_and_is_read_again_when_it_can_be(
    pool: asyncpg.Pool, database_url: str
) -> None:
    await directive(pool)
    await assignment(pool, judged_by=PAST)
    collector = FiguresCollector()
    own = await open_pool(database_url)
    try:
        with capture_logs() as logs:
            async with publish_gauges(own, EVERY, collector):
                await until(lambda: read_at(collector), lambda at: at > 0)
                await pool.execute("ALTER TABLE directives RENAME TO elsewhere")
                await pool.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
                await until(lambda: failures(logs), lambda count: count >= 3)
                last = await read_at(collector)
                assert shown(collector)["directives_assignments{'cell': 'open_overdue'}"] == 1
                await pool.execute("ALTER TABLE elsewhere RENAME TO directives")
                await until(lambda: read_at(collector), lambda at: at > last)
    finally:
        await own.close()


async def test_who_lost_the_reading_to_another_worker_shows_nothing_any_more(
    pool: asyncpg.Pool, database_url: str
) -> None:
    collector = FiguresCollector()
    own = await open_pool(database_url)
    try:
        async with publish_gauges(own, EVERY, collector), pool.acquire() as another:
            [[holder]] = await until(lambda: pool.fetch(HOLDER), lambda rows: len(rows) == 1)
            waiting = asyncio.create_task(another.execute("SELECT pg_advisory_lock(hashtext('directives gauges'))"))
            await until(lambda: pool.fetchval(QUEUE), lambda count: count == 1)
            await pool.execute("SELECT pg_terminate_backend($1)", holder)
            await waiting
            await until(lambda: nothing_shown(collector), lambda nothing: nothing)
    finally:
        await own.close()


async def nothing_shown(collector: FiguresCollector) -> bool:
    return shown(collector) == {}


async def failures(logs: Sequence[Mapping[str, object]]) -> int:
    return [line["event"] for line in logs].count("the gauges could not be read")
