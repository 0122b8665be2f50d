"""The oldest PostgreSQL that the service runs on (15), beside the embedded one: Debian's package brings it."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from signal import SIGINT, SIGKILL
from typing import Final

import asyncpg
import pytest

from embedded import identity, launch, ports

PROGRAMS: Final = Path("/usr/lib/postgresql/15/bin")
"""Where Debian's package puts them, outside every PATH."""
_NOT_YET: Final = (OSError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError)

needs_oldest: Final = pytest.mark.needs(str(PROGRAMS / "postgres"))


@asynccontextmanager
async def running_oldest(folder: Path) -> AsyncIterator[str]:
    """The URL of its database ``postgres``, for a superuser who needs no password; the folder must not exist."""
    runs_as = await identity.choose(PROGRAMS / "postgres")
    _make(folder, runs_as.owner)
    options = ("--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync")
    await _run(runs_as.kind, PROGRAMS / "initdb", "--pgdata", folder, *options)
    with ports.reserved([ports.ANY]) as [port]:
        server = await asyncio.create_subprocess_exec(
            *launch.command(SIGINT, runs_as.kind),
            *(PROGRAMS / "postgres", "-D", folder, "-p", str(port), "-c", "fsync=off"),
            *("-c", f"listen_addresses={ports.HOST}", "-c", "unix_socket_directories="),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        url = f"postgresql://postgres@{ports.HOST}:{port}/postgres?sslmode=disable"
        try:
            await _answers(url)
            yield url
        finally:
            server.send_signal(SIGINT)
            await server.wait()


def _make(folder: Path, owner: int) -> None:
    folder.mkdir(mode=0o700)
    os.chown(folder, owner, -1)


async def _run(kind: str, *command: str | Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(*launch.command(SIGKILL, kind), *command), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()


async def _answers(url: str) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                connection = await asyncpg.connect(url)
            except _NOT_YET:
                await asyncio.sleep(0.05)
            else:
                return await connection.close()
