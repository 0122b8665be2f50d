"""As whom the stack runs, and that nothing outside its directory changes with it."""

import os
import signal
import sys
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from embedded import launch
from embedded.data_directory import find_endpoints
from embedded.postgres import binaries
from tests.integration.embedded import processes
from tests.integration.embedded.conftest import Runner, Runners

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="these ways are Linux's"),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as others; the other tests are an ordinary user's"),
]

# Reaches what this checkout needs of Python, wherever it is, and is an ordinary user otherwise.
ORDINARY_USER = launch.command(signal.SIGKILL, launch.NOBODY)


def confined(ids: int) -> list[str]:
    return [sys.executable, str(Path(__file__).with_name("confined.py")), str(ids)]


async def works(runner: Runner) -> None:
    connection = await asyncpg.connect(runner.said["database_url"])
    await connection.execute("CREATE TABLE IF NOT EXISTS kept (row int)")
    await connection.close()


def owners(directory: Path, *, but: Path | None = None) -> set[int]:
    paths = [directory, *directory.rglob("*")]
    return {path.stat().st_uid for path in paths if but is None or but not in (path, *path.parents)}


def user_of_postgres(runner: Runner) -> int:
    return processes.user(processes.named("postgres", processes.descendants(runner.process.pid)))


async def test_for_root_the_files_stay_roots_and_no_other_user_is_needed(new: Path, runners: Runners) -> None:
    runner = await runners.start("postgresql", new)

    await works(runner)

    assert user_of_postgres(runner) == 0
    assert owners(new) == {0}


async def test_root_without_user_namespaces_hands_the_database_to_nobody(new: Path, runners: Runners) -> None:
    runner = await runners.start("postgresql", new, *confined(ids=65536))

    await works(runner)

    assert user_of_postgres(runner) == launch.NOBODY_ID
    cluster = new / "cluster"
    assert owners(cluster) == {launch.NOBODY_ID}
    assert owners(new, but=cluster) == {0}


async def test_a_kill_of_root_ends_a_database_that_runs_as_nobody(new: Path, runners: Runners) -> None:
    runner = await runners.start("postgresql", new, *confined(ids=65536))
    children = processes.descendants(runner.process.pid)

    await runner.kill()

    assert processes.alive(children) == set()


@pytest.fixture
def directory(data: Path) -> Path:
    """On which PostgreSQL has run before."""
    return data / "postgresql"


async def test_the_database_goes_with_root_from_one_machine_to_another(directory: Path, runners: Runners) -> None:
    for prefix in ([], confined(ids=65536), []):
        runner = await runners.start("postgresql", directory, *prefix)
        await works(runner)
        await runner.kill()

    assert owners(directory) == {0}


async def test_root_is_told_when_there_is_no_way(new: Path, runners: Runners) -> None:
    runner = await runners.start("postgresql", new, *confined(ids=1))

    assert runner.said["code"] == "postgresql_unusable"
    assert "start as an ordinary user, or set DATABASE_URL" in runner.said["says"]
    assert await runner.process.wait() == 1


async def test_an_ordinary_user_runs_it_too(new: Path, runners: Runners) -> None:
    for _ in range(2):
        runner = await runners.start("postgresql", new, *ORDINARY_USER)
        await works(runner)
        assert user_of_postgres(runner) == launch.NOBODY_ID
        await runner.kill()

    assert owners(new) == {launch.NOBODY_ID}


@pytest.fixture
def owned(new: Path, owner: int) -> Path:
    new.mkdir()
    os.chown(new, owner, -1)
    return new


@pytest.mark.parametrize(("owner", "prefix"), [(0, ORDINARY_USER), (launch.NOBODY_ID, [])], ids=["root", "user"])
async def test_data_of_another_user_is_refused_with_the_way_out(
    owned: Path, runners: Runners, owner: int, prefix: list[str]
) -> None:
    runner = await runners.start("stack", owned, *prefix)

    assert runner.said["code"] == "foreign_data_directory"
    assert f"belongs to user id {owner}" in runner.said["says"]
    assert "hand the directory over (chown -R" in runner.said["says"]
    assert owners(owned) == {owner}


@pytest.mark.parametrize("prefix", [[], confined(ids=65536), ORDINARY_USER], ids=["root", "confined", "user"])
async def test_nothing_outside_the_data_directory_changes(
    tmp_path: Path, new: Path, runners: Runners, monkeypatch: pytest.MonkeyPatch, prefix: list[str]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "neighbour").touch()
    monkeypatch.setenv("HOME", str(home))
    before = outside(new, home)

    runner = await runners.start("stack", new, *prefix)
    await works(runner)
    assert urlsplit(find_endpoints(new).database_url).hostname == "127.0.0.1"
    await runner.kill()

    assert outside(new, home) == before


def outside(data: Path, home: Path) -> dict[Path, object]:
    """Mode and owners of all that lies above and beside the data, above the programs, and the machine's users."""
    watched = {*data.parents, *data.parent.iterdir(), *home.iterdir(), *Path(__file__).parents}
    watched |= {binaries(), *binaries().parents, *Path(sys.executable).parents}
    stats = {path: path.stat() for path in watched - {data}}
    modes: dict[Path, object] = {path: (stat.st_mode, stat.st_uid, stat.st_gid) for path, stat in stats.items()}
    return modes | {path: path.read_text() for path in (Path("/etc/passwd"), Path("/etc/group"))}
