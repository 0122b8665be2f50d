"""Both stores restored from backups that their own tools made, into fresh servers: docs/recovery.md, rehearsed."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from activities.record.anchor import Anchor
from activities.record.notes import SigningKey
from activities.record.sequencer import read_tree, sequence
from activities.record.service import keep
from embedded import ports
from embedded.postgres import PostgreSQL
from tests.acceptance.faults.recovering import settings, tool, typed, typed_all
from tests.acceptance.faults.stack import Stack
from tests.integration.recovery.parts import recovery, serving
from tests.support.service import Service, command, issue, life, stream_of

pytestmark = pytest.mark.timeout(180)
QUESTIONS = (
    ("stats", "--from", "2026-01-01", "--to", "2026-12-31", "--as-of", "2026-12-31"),
    ("letter", "--from", "2026-01-01", "--to", "2026-12-31", "--as-of", "2026-12-31"),
    ("list",),
    ("owed", "--unit", "unit-a"),
)


@asynccontextmanager
async def by_dump(stack: Stack, url: str, folder: Path) -> AsyncIterator[Callable[[], Awaitable[PostgreSQL]]]:
    """pg_dump, and pg_restore into a new cluster."""
    await tool("pg_dump", "--format", "custom", "--file", folder / "directives.dump", "--dbname", url)

    async def restore() -> PostgreSQL:
        fresh = PostgreSQL(folder / "fresh", ports.ANY)
        await fresh.start()
        name = urlsplit(url).path[1:]
        connection = await asyncpg.connect(fresh.url)
        try:
            await connection.execute(f"CREATE DATABASE {name}")
        finally:
            await connection.close()
        await tool("pg_restore", "--dbname", _of(fresh, url), folder / "directives.dump")
        return fresh

    yield restore


@asynccontextmanager
async def by_base_backup(stack: Stack, url: str, folder: Path) -> AsyncIterator[Callable[[], Awaitable[PostgreSQL]]]:
    """pg_basebackup, looked over by pg_verifybackup, and a server on the copy."""
    copy = folder / "fresh" / "cluster"
    copy.parent.mkdir(mode=0o700)
    await tool("pg_basebackup", "--pgdata", copy, "--checkpoint", "fast", "--wal-method", "stream", "--dbname", url)
    await tool("pg_verifybackup", copy)
    shutil.copy(stack.folder / "postgresql" / "password", copy.parent / "password")

    async def restore() -> PostgreSQL:
        fresh = PostgreSQL(copy.parent, ports.ANY)
        await fresh.start()
        return fresh

    yield restore


def _of(server: PostgreSQL, url: str) -> str:
    """The same database on another server."""
    return urlsplit(server.url)._replace(path=urlsplit(url).path).geturl()


@pytest.mark.parametrize("backup", [by_dump, by_base_backup])
async def test_a_journal_restored_to_an_earlier_point_is_brought_forward_and_every_figure_is_the_same(
    stack: Stack, tmp_path: Path, backup: Callable[..., AsyncIterator[Callable[[], Awaitable[PostgreSQL]]]]
) -> None:
    anchor = Anchor(tmp_path / "checkpoints", SigningKey.generate("records"))
    anchor.folder.mkdir()
    key = tmp_path / "checkpoint.key"
    key.write_text(anchor.key.text())
    kept = {"DIRECTIVES_CHECKPOINT_FOLDER": str(anchor.folder), "DIRECTIVES_CHECKPOINT_KEY_FILE": str(key)}
    async with stack.cluster.database() as url:
        async with serving(stack.client, url) as service:
            streams = [await lived(service, 2), await lived(service, 1)]
            await anchored(service, anchor)
            async with backup(stack, url, tmp_path) as restore:
                await goes_on(service, streams[1])
                streams.append(await lived(service, 2))
                await anchored(service, anchor)
        before = await asked(settings(stack.client, url), streams)
    fresh = await restore()
    try:
        earlier = _of(fresh, url)
        told = settings(stack.client, earlier) | kept
        async with recovery(stack.client, earlier, anchor):
            ground = ("--declare-gap", "--ground", "mất đĩa, biên bản số 12")
            said = await typed("reconcile", *streams, "--mend", *ground, **told)
        assert {one["code"] for one in said["findings"]} == {"tail_missing", "stream_missing"}
        assert (said["found"], said["mended"], said["gap"]) == (2, 2, 1)
        assert await asked(told, streams) == before
        async with serving(stack.client, earlier) as service:
            await anchored(service, anchor)
            verified = await typed("verify", **told)
            assert (verified["ok"], [one["number"] for one in verified["record"]["gaps"]]) == (True, [1])
            await goes_on(service, streams[2])
            assert (await typed("verify", **told))["ok"]
    finally:
        await fresh.stop()


async def asked(told: dict[str, str], streams: list[str]) -> list[object]:
    return await typed_all(
        [*QUESTIONS, *(("show", one) for one in streams), *(("history", one) for one in streams)], told
    )


async def lived(service: Service, done: int) -> str:
    """A directive of three units, of which so many have done their work."""
    units = ("unit-a", "unit-b", "unit-c")
    issued = issue(units)
    await service.issue(issued)
    for unit in units[:done]:
        for one in life(unit):
            await service.submit(stream_of(issued), one)
    return stream_of(issued)


async def goes_on(service: Service, stream: str) -> None:
    """One unit more, by signals and by updates."""
    handle = service.client.get_workflow_handle(stream)
    version = (await service.state(stream)).version
    for percent in (5, 10, 15):
        await handle.signal("submit", command("progress", "unit-c", percent=percent))
    await service.version_reaches(stream, version + 3)
    for one in life("unit-c"):
        await service.submit(stream, one)


async def anchored(service: Service, anchor: Anchor) -> None:
    """All events entered in the record, and a checkpoint of it."""
    async with service.pool.acquire() as connection:
        while (await sequence(connection)).taken:
            pass
        await keep(anchor, await read_tree(connection))
