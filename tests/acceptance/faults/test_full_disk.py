"""The disk on which PostgreSQL keeps its tables is full: nothing half is written, and messages wait for room."""

import os
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from tests.acceptance.faults.handlers import OneHandler, message
from tests.acceptance.faults.histories import attempts
from tests.acceptance.faults.ledger import Ledger
from tests.acceptance.faults.reckoning import Journal
from tests.acceptance.faults.settling import settled_in
from tests.acceptance.faults.stack import Stack
from tests.acceptance.faults.traffic import UNITS, meanwhile, start
from tests.support.service import Json, command, running_service
from tests.support.small_disk import SmallDisk, small_disk
from tests.support.waiting import until

WORDS = "Số liệu kiểm tra các cơ sở trên địa bàn. " * 200
BATCH = 40
"""Commands with such words: what they bring about needs more room than a full disk has left."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "small") as disk:
        yield disk


@asynccontextmanager
async def database_on(disk: SmallDisk, stack: Stack) -> AsyncIterator[str]:
    """The URL of a database whose tables lie there; the log of what is written ahead lies elsewhere."""
    name = f"small_{uuid.uuid4().hex}"
    tables = disk.path / "tables"
    tables.mkdir(mode=0o700)
    owner = (stack.folder / "postgresql" / "cluster").stat()
    os.chown(disk.path, owner.st_uid, owner.st_gid)
    os.chown(tables, owner.st_uid, owner.st_gid)
    server = urlsplit(stack.postgresql.url)
    connection = await asyncpg.connect(server._replace(path="/postgres").geturl())
    try:
        await connection.execute(f"CREATE TABLESPACE {name} LOCATION '{tables}'")
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE directives STRATEGY file_copy TABLESPACE {name}")
        yield server._replace(path=f"/{name}").geturl()
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.execute(f"DROP TABLESPACE {name}")
    finally:
        await connection.close()


def told(number: int) -> Json:
    return command("progress", UNITS[number % len(UNITS)], percent=number, text=f"{number}: {WORDS}"[:9_000])


async def test_while_the_disk_is_full_a_batch_is_refused_as_a_whole_and_waits_until_there_is_room(
    stack: Stack, disk: SmallDisk
) -> None:
    async with database_on(disk, stack) as url, running_service(stack.client, url) as service:
        ledger = Ledger(stack.client, service.queue, start())
        await ledger.issue()
        await ledger.update([command("acknowledge", unit) for unit in UNITS])
        handler = OneHandler(service)
        batch = [message(told(number)) for number in range(BATCH)]
        disk.fill()
        with pytest.raises(asyncpg.DiskFullError):
            await handler.handle(ledger.stream, batch)
        journal = await Journal.read(service.pool, ledger.stream)
        assert [event.data.type for event in journal.events] == ["DirectiveIssued", *["Acknowledged"] * len(UNITS)]
        assert list(journal.faults()) == []
        async with meanwhile(*(ledger.update([told(number) for number in range(BATCH)]) for _ in UNITS)):
            await until(lambda: attempts(stack.client, ledger.stream), lambda found: found >= 2)
            disk.empty()
        journal = await settled_in(ledger, service.pool, "the disk was full")
        assert [event.version for event in journal.events] == list(range(1, 2 + len(UNITS) + BATCH * len(UNITS)))
