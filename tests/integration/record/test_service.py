"""What every worker does beside its work: events get their places, checkpoints get out of the database."""

import asyncio
import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import asyncpg
import pytest
from structlog.testing import capture_logs

from activities.journal.pool import open_pool
from activities.record.anchor import Anchor, checkpoints, verifier_keys
from activities.record.checkpoint import Checkpoint, read_checkpoint
from activities.record.merkle import leaf_hash
from activities.record.notes import SigningKey, opened
from activities.record.service import sequencing
from observe.metrics import REGISTRY
from tests.integration.record.writing import committed, is_whole, order, tampering
from tests.support.merkle import root_of
from tests.support.service import Service, command, issue, life
from tests.support.waiting import until

EVERY = 0.02
NEVER = 3600.0
"""Seconds between checkpoints where only a closure can bring one about."""

CLOSED = "SELECT seq FROM log JOIN events USING (stream, version) WHERE type = 'DirectiveClosed'"


@pytest.fixture
def anchor(tmp_path: Path) -> Anchor:
    folder = tmp_path / "share"
    folder.mkdir()
    return Anchor(folder, SigningKey.generate("directives/x"))


def kept(anchor: Anchor) -> list[Checkpoint]:
    """All of them, each opened with the keys that lie beside it."""
    keys = verifier_keys(anchor.folder)
    return [read_checkpoint(opened(one.note, keys)) for one in checkpoints(anchor.folder)]


async def sizes(anchor: Anchor) -> list[int]:
    return [one.size for one in kept(anchor)]


async def size(pool: asyncpg.Pool) -> int:
    count: int = await pool.fetchval("SELECT size FROM tree")
    return count


def counted(name: str) -> float:
    return REGISTRY.get_sample_value(name) or 0


async def agrees(pool: asyncpg.Pool, checkpoint: Checkpoint) -> None:
    """The checkpoint is of this record, and of what stood in it then."""
    rows = await pool.fetch("SELECT hash FROM log WHERE seq <= $1 ORDER BY seq", checkpoint.size)
    assert len(rows) == checkpoint.size
    assert checkpoint.root == root_of(leaf_hash(row["hash"]) for row in rows)
    assert checkpoint.origin == await pool.fetchval("SELECT origin FROM record")


async def test_a_closure_is_covered_by_a_checkpoint_as_soon_as_it_has_its_place(
    service: Service, anchor: Anchor
) -> None:
    async with sequencing(service.pool, anchor, EVERY, NEVER):
        handle = await service.issue(issue(("unit-a",)))
        for one in (*life("unit-a"), command("close", "unit-a", role="leader")):
            await handle.execute_update("submit", one)
        [place] = await until(lambda: service.pool.fetch(CLOSED), lambda rows: len(rows) == 1)
        await until(lambda: sizes(anchor), lambda found: max(found, default=0) >= place["seq"])
    await is_whole(service.pool)
    for one in kept(anchor):
        await agrees(service.pool, one)


async def test_nothing_but_a_closure_or_the_time_brings_about_a_checkpoint(pool: asyncpg.Pool, anchor: Anchor) -> None:
    async with sequencing(pool, anchor, EVERY, NEVER):
        await committed(pool, "a", 3)
        await until(lambda: size(pool), lambda found: found == 3)
        assert await sizes(anchor) == []
        await committed(pool, "a", 1, "DirectiveClosed")
        await until(lambda: sizes(anchor), lambda found: found == [4])


async def test_what_grows_is_kept_in_time_and_what_does_not_is_not_kept_again(
    pool: asyncpg.Pool, anchor: Anchor
) -> None:
    async with sequencing(pool, anchor, EVERY, EVERY):
        await committed(pool, "a", 3)
        await until(lambda: sizes(anchor), lambda found: found == [3])
        await committed(pool, "b", 2)
        await until(lambda: sizes(anchor), lambda found: found == [3, 5])
    written = {path: path.stat().st_mtime_ns for path in anchor.folder.iterdir()}
    async with sequencing(pool, anchor, EVERY, EVERY):
        # A worker that starts again finds nothing new.
        await committed(pool, "c", 1)
        await until(lambda: sizes(anchor), lambda found: found == [3, 5, 6])
    assert {path: path.stat().st_mtime_ns for path in written} == written


async def test_what_was_sequenced_and_not_kept_is_kept_by_the_next_worker(pool: asyncpg.Pool, anchor: Anchor) -> None:
    await committed(pool, "a", 2, "DirectiveClosed")
    async with sequencing(pool, None, EVERY):
        await until(lambda: size(pool), lambda found: found == 2)
    async with sequencing(pool, anchor, EVERY, NEVER):
        await until(lambda: sizes(anchor), lambda found: found == [2])


async def test_a_folder_that_is_away_holds_up_nothing_and_gets_its_checkpoint_when_it_is_back(
    pool: asyncpg.Pool, anchor: Anchor
) -> None:
    away = anchor.folder.rename(anchor.folder.with_name("unplugged"))
    before = counted("directives_checkpoint_failures_total")
    with capture_logs() as logs:
        async with sequencing(pool, anchor, EVERY, EVERY):
            await committed(pool, "a", 1, "DirectiveClosed")
            await until(lambda: failures(logs, "no checkpoint could be kept"), lambda count: count >= 3)
            await committed(pool, "a", 1)
            await until(lambda: size(pool), lambda found: found == 2)
            assert counted("directives_checkpoint_failures_total") >= before + 3
            away.rename(anchor.folder)
            await until(lambda: sizes(anchor), lambda found: found == [2])
    assert counted("directives_checkpoint_timestamp_seconds") > 0


@contextlib.contextmanager
def hanging(anchor: Anchor) -> Iterator[None]:
    """Whoever opens the list of keys waits, as on a share whose server is gone."""
    pipe = anchor.folder / "verifier.keys"
    os.mkfifo(pipe)
    try:
        yield
    finally:
        # Let go of the one who waits.
        os.close(os.open(pipe, os.O_RDWR | os.O_NONBLOCK))


async def test_a_folder_that_hangs_holds_up_nothing(pool: asyncpg.Pool, anchor: Anchor) -> None:
    with hanging(anchor):
        async with sequencing(pool, anchor, EVERY, EVERY):
            for count in range(1, 6):
                await committed(pool, "a", 1, "DirectiveClosed")
                await until(lambda: size(pool), lambda found: found == count)  # noqa: B023 - awaited in its turn


async def test_a_connection_that_is_cut_is_replaced(pool: asyncpg.Pool, database_url: str) -> None:
    own = await open_pool(database_url, size=1)
    before = counted("directives_sequencer_failures_total")
    try:
        with capture_logs() as logs:
            async with sequencing(own, None, EVERY):
                await committed(pool, "a", 1)
                await until(lambda: size(pool), lambda found: found == 1)
                await until(lambda: cut(pool, logs), lambda count: count >= 1)
                await committed(pool, "a", 1)
                await until(lambda: size(pool), lambda found: found == 2)
        assert counted("directives_sequencer_failures_total") > before
    finally:
        await own.close()
    await is_whole(pool)


async def cut(pool: asyncpg.Pool, logs: Sequence[Mapping[str, object]]) -> int:
    """Cut off whoever sequences; how often one was seen to be in the middle of a step."""
    await pool.execute(
        """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%unsequenced%'"""
    )
    return await failures(logs, "the record could not be carried on")


async def test_two_workers_carry_on_one_record(pool: asyncpg.Pool, database_url: str, anchor: Anchor) -> None:
    own = await open_pool(database_url)
    try:
        async with sequencing(pool, anchor, EVERY, EVERY), sequencing(own, anchor, EVERY, EVERY):
            for _ in range(10):
                await asyncio.gather(*(committed(pool, f"stream {number}", 3) for number in range(5)))
            await until(lambda: size(pool), lambda found: found == 150)
            await until(lambda: sizes(anchor), lambda found: 150 in found)
    finally:
        await own.close()
    await is_whole(pool)
    for one in kept(anchor):
        await agrees(pool, one)


async def test_a_record_that_ends_before_what_was_signed_is_told_of(pool: asyncpg.Pool, anchor: Anchor) -> None:
    anchor.write(Checkpoint("directives/x", 99, bytes(32)))
    with capture_logs() as logs:
        async with sequencing(pool, anchor, EVERY, EVERY):
            await committed(pool, "a", 1)
            # It goes on: what comes now is worth a checkpoint, too.
            await until(lambda: sizes(anchor), lambda found: found == [1, 99])
    [told] = [one for one in logs if one["log_level"] == "error"]
    assert (told["event"], told["signed"]) == ("the record ends before a checkpoint that was signed", 99)


async def test_a_stream_that_cannot_go_on_is_told_of_once(pool: asyncpg.Pool) -> None:
    await committed(pool, "broken", 3)
    async with pool.acquire() as connection, tampering(connection):
        await connection.execute("DELETE FROM events WHERE version = 2")
    with capture_logs() as logs:
        async with sequencing(pool, None, EVERY):
            for count in range(2, 6):
                await committed(pool, "whole", 1)
                await until(lambda: size(pool), lambda found: found == count)  # noqa: B023 - awaited in its turn
    assert [one["stream"] for one in logs if one["log_level"] == "error"] == ["broken"]
    assert ("broken", 3) not in await order(pool)


async def test_what_is_scraped_is_how_far_the_record_goes_and_what_waits(pool: asyncpg.Pool) -> None:
    async with sequencing(pool, None, EVERY):
        await committed(pool, "a", 3)
        await until(entries, lambda found: found == 3)
        await until(waiting, lambda found: found == 0)


async def entries() -> float:
    return counted("directives_record_entries")


async def waiting() -> float:
    return counted("directives_unsequenced_batches")


async def failures(logs: Sequence[Mapping[str, object]], event: str) -> int:
    return [one["event"] for one in logs].count(event)
