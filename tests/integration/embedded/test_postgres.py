import asyncio
import os
import re
import socket
import stat
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from signal import SIGKILL
from urllib.parse import urlsplit

import asyncpg
import pytest

from embedded import ports
from embedded.errors import OtherMajorVersionError, PasswordLostError
from embedded.postgres import PostgreSQL
from tests.integration.embedded import processes

linux = pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")


@asynccontextmanager
async def running(directory: Path) -> AsyncIterator[PostgreSQL]:
    server = PostgreSQL(directory, ports.ANY)
    try:
        await server.start()
        yield server
    finally:
        await server.stop()


@pytest.fixture
def directory(data: Path) -> Path:
    """On which PostgreSQL has run before."""
    return data / "postgresql"


async def write(server: PostgreSQL, text: str) -> None:
    connection = await asyncpg.connect(server.url)
    await connection.execute("CREATE TABLE IF NOT EXISTS kept (text text)")
    await connection.execute("INSERT INTO kept VALUES ($1)", text)
    await connection.close()


async def read(server: PostgreSQL) -> list[str]:
    connection = await asyncpg.connect(server.url)
    rows = await connection.fetch("SELECT text FROM kept")
    await connection.close()
    return [row["text"] for row in rows]


async def test_a_second_start_continues_with_the_data_of_the_first(new: Path) -> None:
    async with running(new) as server:
        await write(server, "Cần Thơ")

    async with running(new) as server:
        assert await read(server) == ["Cần Thơ"]


async def test_nobody_gets_in_without_the_password(directory: Path) -> None:
    async with running(directory) as server:
        there = urlsplit(server.url)
        for password in ("", "wrong"):
            with pytest.raises(asyncpg.InvalidPasswordError):
                await asyncpg.connect(
                    host=there.hostname, port=there.port, user=there.username, password=password, database="directives"
                )
        connection = await asyncpg.connect(server.url)
        rules = await connection.fetch("SELECT DISTINCT auth_method FROM pg_hba_file_rules")
        sockets = await connection.fetchval("SHOW unix_socket_directories")
        await connection.close()

    assert [rule["auth_method"] for rule in rules] == ["scram-sha-256"]
    assert sockets == ""


async def test_another_port_is_taken_for_one_that_is_in_use(directory: Path) -> None:
    with socket.create_server((ports.HOST, 0)) as server:
        taken = server.getsockname()[1]
        postgresql = PostgreSQL(directory, taken)

        url = await postgresql.start()

        assert urlsplit(url).port != taken
        await write(postgresql, "there")
        await postgresql.stop()


async def test_what_was_committed_survives_a_kill_of_the_server(directory: Path) -> None:
    async with running(directory) as server:
        await write(server, "committed")
        os.kill(server.child.pid, SIGKILL)
        await server.child.ended()

    async with running(directory) as server:
        assert await read(server) == ["committed"]


async def test_a_pid_file_whose_number_another_process_has_by_now_does_not_hinder_a_start(directory: Path) -> None:
    async with running(directory) as server:
        await write(server, "committed")
        left_behind = (directory / "cluster" / "postmaster.pid").read_text()
        os.kill(server.child.pid, SIGKILL)
        await server.child.ended()
    other = await asyncio.create_subprocess_exec("sleep", "60")
    (directory / "cluster" / "postmaster.pid").write_text(re.sub(r"^\d+", str(other.pid), left_behind))

    async with running(directory) as server:
        assert await read(server) == ["committed"]

    other.kill()
    await other.wait()


async def test_a_start_that_ends_in_the_middle_of_initdb_is_made_good_by_the_next(new: Path) -> None:
    server = PostgreSQL(new, ports.ANY)
    start = asyncio.create_task(server.start())
    await processes.until((new / "cluster.new" / "base").exists)
    start.cancel()
    with pytest.raises(asyncio.CancelledError):
        await start
    assert not (new / "cluster").exists()

    async with running(new) as server:
        await write(server, "works")


async def test_a_cluster_of_another_major_version_is_refused_with_the_way_out_and_left_alone(directory: Path) -> None:
    async with running(directory):
        pass
    version = directory / "cluster" / "PG_VERSION"
    version.write_text("17\n")

    with pytest.raises(OtherMajorVersionError, match=r"written by PostgreSQL 17, .* 18: .*pg_dump.*move the old"):
        await PostgreSQL(directory, ports.ANY).start()

    version.write_text("18\n")
    async with running(directory):
        pass


async def test_a_lost_password_is_said_at_once(directory: Path) -> None:
    async with running(directory):
        pass
    password = directory / "password"
    kept = password.rename(directory / "elsewhere")

    with pytest.raises(PasswordLostError, match="password is missing"):
        await PostgreSQL(directory, ports.ANY).start()
    password.write_text("wrong")
    with pytest.raises(PasswordLostError, match="or not the password of"):
        await PostgreSQL(directory, ports.ANY).start()

    kept.rename(password)
    async with running(directory):
        pass


def open_to_others(directory: Path) -> list[Path]:
    return [path for path in (directory, *directory.rglob("*")) if stat.S_IMODE(path.stat().st_mode) & 0o077]


async def test_everything_on_disk_is_for_its_owner_only(new: Path) -> None:
    async with running(new):
        assert open_to_others(new) == []


@linux
async def test_the_server_shares_no_memory_through_files_outside_the_directory(directory: Path) -> None:
    async with running(directory) as server:
        connection = await asyncpg.connect(server.url)
        await connection.execute("SET debug_parallel_query = on")  # workers need dynamic shared memory
        await connection.fetch("SELECT count(*) FROM pg_class")
        for pid in (server.child.pid, *processes.descendants(server.child.pid)):
            assert "/dev/shm" not in processes.maps(pid)  # noqa: S108, looked for, not used
        await connection.close()
