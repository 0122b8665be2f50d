"""What the tests of the embedded stack share: a place for data, and processes that run a stack."""

import asyncio
import json
import os
import shutil
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from embedded.stack import Stack
from tests.integration.embedded import processes


@dataclass(frozen=True)
class Runner:
    """A process of `run.py`, and what it said first, if that was waited for."""

    process: Process
    said: dict[str, Any]

    async def kill(self) -> None:
        """End it and wait until its children, which end with it, are gone: quicker than in order."""
        children = processes.descendants(self.process.pid)
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.process.communicate()
        await processes.until(lambda: processes.alive(children) == set())


@dataclass(frozen=True)
class Runners:
    """Starts processes of `run.py`, each by the command before it, if any."""

    started: list[Runner] = field(default_factory=list)

    async def begin(self, what: str, data: Path, *prefix: str) -> Runner:
        """Start one and do not wait for what it says."""
        process = await asyncio.create_subprocess_exec(
            *(*prefix, sys.executable, str(Path(__file__).with_name("run.py")), what, str(data)),
            stdout=PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"},
            start_new_session=True,
        )
        self.started.append(Runner(process, {}))
        return self.started[-1]

    async def start(self, what: str, data: Path, *prefix: str) -> Runner:
        """Start one and wait until it is ready or has said why not."""
        runner = await self.begin(what, data, *prefix)
        assert runner.process.stdout is not None
        runner.said.update(json.loads(await runner.process.stdout.readline()))
        return runner


@pytest.fixture(scope="session")
async def used_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory on which a stack has run; to be copied, as making one takes longer than all the rest."""
    path = tmp_path_factory.mktemp("embedded") / "data"
    async with Stack(path, search_attributes={}, dynamic_config={}, others={}):
        pass
    return path


@pytest.fixture
def data(tmp_path: Path, used_once: Path) -> Path:
    """A data directory on which a stack has run and left nothing but itself."""
    return Path(shutil.copytree(used_once, tmp_path / "data"))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A directory that does not exist yet."""
    return tmp_path / "new"


@pytest.fixture
async def runners() -> AsyncIterator[Runners]:
    """Processes that end with the test."""
    made = Runners()
    yield made
    for runner in made.started:
        await runner.kill()
