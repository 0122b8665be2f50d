import asyncio
import os
import stat
import sys
import threading
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from fcntl import LOCK_SH, flock
from pathlib import Path

import pytest

from embedded.data_directory import DataDirectory, Endpoints, find_endpoints
from embedded.errors import (
    AlreadyRunningError,
    DataDirectoryUnusableError,
    ForeignDataDirectoryError,
    NotRunningError,
)

ENDPOINTS = Endpoints(
    pid=os.getpid(),
    database_url="postgresql://directives:secret@127.0.0.1:15432/directives",
    migrator_url="postgresql://migrator:secret@127.0.0.1:15432/directives",
    writer_url="postgresql://writer:secret@127.0.0.1:15432/directives",
    reader_url="postgresql://reader:secret@127.0.0.1:15432/directives",
    temporal_address="127.0.0.1:7233",
    temporal_namespace="directives",
    temporal_ui_url="http://127.0.0.1:8233",
    temporal_http_port=7243,
    temporal_metrics_port=9233,
    others={"worker_metrics_port": 9464},
)


@pytest.fixture
def directory(new: Path) -> Iterator[DataDirectory]:
    made = DataDirectory(new)
    yield made
    made.withdraw()
    made.release()


async def test_it_is_made_for_its_owner_only_and_its_parents_are_not_made(directory: DataDirectory) -> None:
    await directory.lock()

    assert stat.S_IMODE(directory.path.stat().st_mode) == 0o700
    with pytest.raises(DataDirectoryUnusableError, match="No such file"):
        await DataDirectory(directory.path / "missing" / "data").lock()
    assert not (directory.path / "missing").exists()


async def test_what_cannot_be_a_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DataDirectoryUnusableError, match="file cannot be used as data directory"):
        await DataDirectory(tmp_path / "file").lock()


async def test_a_second_lock_is_refused_and_names_the_process_that_holds_the_first(directory: DataDirectory) -> None:
    await directory.lock()

    with pytest.raises(AlreadyRunningError, match=f"in use by process {os.getpid()}"):
        await DataDirectory(directory.path).lock()


async def test_the_refused_one_does_not_hide_the_one_that_runs(directory: DataDirectory) -> None:
    await directory.lock()
    directory.publish(ENDPOINTS)
    refused = DataDirectory(directory.path)
    with pytest.raises(AlreadyRunningError):
        await refused.lock()

    refused.withdraw()
    refused.release()

    assert find_endpoints(directory.path) == ENDPOINTS


async def test_the_kernel_frees_the_lock_of_a_process_that_was_killed(directory: DataDirectory) -> None:
    holds = "import asyncio, pathlib, sys, embedded.data_directory as d\n"
    holds += "held = asyncio.run(d.DataDirectory(pathlib.Path(sys.argv[1])).lock())\nprint('held', flush=True)\ninput()"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", holds, directory.path, stdin=PIPE, stdout=PIPE)
    assert process.stdout is not None
    await process.stdout.readline()
    with pytest.raises(AlreadyRunningError, match=str(process.pid)):
        await directory.lock()
    process.kill()
    await process.wait()

    await directory.lock()


async def test_a_command_that_looks_for_endpoints_at_that_instant_does_not_hinder_a_start(
    directory: DataDirectory,
) -> None:
    await directory.lock()
    directory.release()
    with (directory.path / "lock").open() as looking:
        flock(looking, LOCK_SH)
        closing = asyncio.get_running_loop().call_later(0.1, looking.close)

        await directory.lock()

        closing.cancel()


async def test_endpoints_are_found_while_a_stack_runs_and_readable_by_its_owner_only(
    directory: DataDirectory,
) -> None:
    with pytest.raises(NotRunningError):
        find_endpoints(directory.path)
    await directory.lock()
    with pytest.raises(NotRunningError):
        find_endpoints(directory.path)

    directory.publish(ENDPOINTS)

    assert find_endpoints(directory.path) == ENDPOINTS
    assert stat.S_IMODE((directory.path / "endpoints.json").stat().st_mode) == 0o600
    directory.withdraw()
    with pytest.raises(NotRunningError, match=f"nothing runs on {directory.path}"):
        find_endpoints(directory.path)


async def test_endpoints_of_a_stack_that_was_killed_are_not_found(directory: DataDirectory) -> None:
    await directory.lock()
    directory.publish(ENDPOINTS)
    directory.release()  # and no withdraw

    with pytest.raises(NotRunningError):
        find_endpoints(directory.path)
    await directory.lock()  # the next one starts, and has not published yet
    with pytest.raises(NotRunningError):
        find_endpoints(directory.path)


async def test_a_reader_sees_old_or_new_endpoints_and_never_half_of_them(directory: DataDirectory) -> None:
    await directory.lock()
    directory.publish(ENDPOINTS)

    def write_again_and_again() -> None:
        for _ in range(50):
            directory.publish(ENDPOINTS)

    writer = threading.Thread(target=write_again_and_again)
    writer.start()
    while writer.is_alive():
        assert find_endpoints(directory.path) == ENDPOINTS
    writer.join()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a directory away")
async def test_a_directory_of_another_user_is_refused_with_the_way_out(directory: DataDirectory) -> None:
    directory.path.mkdir()
    os.chown(directory.path, 65534, 65534)

    with pytest.raises(ForeignDataDirectoryError, match=r"belongs to user id 65534.*chown -R 0"):
        await directory.lock()
    assert list(directory.path.iterdir()) == []
