import os
from collections.abc import AsyncIterator
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGTERM

import pytest

from embedded import locks
from embedded.children import Child, Program
from embedded.errors import ChildFailedError, LeftoverError


@pytest.fixture
async def lock(tmp_path: Path) -> AsyncIterator[int]:
    async with locks.exclusive(tmp_path) as held:
        yield held


def shell(directory: Path, script: str) -> Program:
    return Program(
        name="shell",
        argv=("/bin/sh", "-c", script),
        log=directory / "shell.log",
        environment={"GIVEN": "yes"},
        signal_of_orphan=SIGKILL,
    )


async def test_what_ends_before_it_is_ready_is_reported_with_status_and_last_lines(tmp_path: Path, lock: int) -> None:
    child = await Child.start(shell(tmp_path, "for i in $(seq 100); do echo line $i; done; exit 3"), lock)

    async def never() -> bool:
        return False

    with pytest.raises(ChildFailedError, match=r"shell ended unexpectedly with status 3") as caught:
        await child.ready(never)
    assert "line 100" in str(caught.value)
    assert "line 10\n" not in str(caught.value)


async def test_a_probe_that_fails_ends_the_wait(tmp_path: Path, lock: int) -> None:
    child = await Child.start(shell(tmp_path, "exec sleep 60"), lock)

    async def broken() -> bool:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await child.ready(broken)
    await child.stop(SIGTERM, within=5)


async def test_stop_kills_what_does_not_end_in_time(tmp_path: Path, lock: int) -> None:
    child = await Child.start(shell(tmp_path, "trap '' TERM; echo deaf; while :; do sleep 60; done"), lock)

    async def deaf() -> bool:
        return "deaf" in child.log.read_text()

    await child.ready(deaf)

    await child.stop(SIGTERM, within=0.1)

    assert await child.ended() == -SIGKILL


async def test_ctrl_c_in_the_terminal_does_not_reach_a_child(tmp_path: Path, lock: int) -> None:
    child = await Child.start(shell(tmp_path, "echo up; exec sleep 60"), lock)

    async def up() -> bool:
        return "up" in child.log.read_text()

    await child.ready(up)
    assert os.getsid(child.pid) == child.pid != os.getsid(0)

    await child.stop(SIGINT, within=5)
    assert await child.ended() == -SIGINT


async def test_a_child_gets_nothing_of_the_environment_but_the_search_paths(
    tmp_path: Path, lock: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGDATA", "elsewhere")
    child = await Child.start(shell(tmp_path, "env"), lock)
    await child.ended()

    names = {line.partition("=")[0] for line in child.log.read_text().splitlines()}
    assert {"GIVEN", "PATH"} <= names
    assert "PGDATA" not in names


async def test_what_a_child_writes_is_for_its_owner_only(tmp_path: Path, lock: int) -> None:
    child = await Child.start(shell(tmp_path, f"echo secret > {tmp_path}/made"), lock)
    await child.ended()

    assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("made", "shell.log")} == {0o600}


async def test_the_log_of_the_run_before_is_kept(tmp_path: Path, lock: int) -> None:
    for word in ("first", "second"):
        await (await Child.start(shell(tmp_path, f"echo {word}"), lock)).ended()

    assert (tmp_path / "shell.log").read_text() == "second\n"
    assert (tmp_path / "shell.log.before").read_text() == "first\n"


async def test_the_directory_stays_locked_until_all_that_a_child_started_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "LEFTOVER_WITHIN", 0.1)
    async with locks.exclusive(tmp_path) as held:
        child = await Child.start(shell(tmp_path, "sleep 60 & echo $!"), held)
    await child.ended()
    grandchild = int(child.log.read_text())

    with pytest.raises(LeftoverError, match=f"process {child.pid} of an earlier start still uses {tmp_path}"):
        async with locks.exclusive(tmp_path):
            pass

    os.kill(grandchild, SIGKILL)
    monkeypatch.setattr(locks, "LEFTOVER_WITHIN", 10)
    async with locks.exclusive(tmp_path):
        pass
