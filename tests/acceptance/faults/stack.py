"""Parts that can be killed and started again at the same addresses, on their own data."""

import asyncio
import os
import shutil
import signal
import sys
import uuid
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper

from activities.journal.migrate import migrate
from domain.wire import DISPATCHER_ID
from embedded import ports
from embedded.children import Child
from embedded.postgres import PostgreSQL
from embedded.temporal import NAMESPACE, Temporal
from tests.acceptance.faults.worker_process import READY
from tests.support.parts import TEST_CONFIG, Cluster
from workflows.attributes import TYPES

REPOSITORY: Final = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Place:
    """Where workers work. ``folder``: for their mails and their log."""

    address: str
    database_url: str
    queue: str
    folder: Path

    @property
    def mails(self) -> Path:
        return self.folder / "mails"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "TEMPORAL_ADDRESS": self.address,
            "DATABASE_URL": self.database_url,
            "QUEUE": self.queue,
            "DIRECTIVES_MAIL_FOLDER": str(self.mails),
            "DIRECTIVES_METRICS_PORT": str(ports.ANY),
            "DIRECTIVES_SDK_METRICS_PORT": str(ports.ANY),
        }

    @property
    def log(self) -> Path:
        return self.folder / "log"


class WorkerProcess:
    """A worker that can be killed and started again; see ``worker_process``. None is left when the block ends."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._process: Process | None = None

    async def start(self, **told: str) -> None:
        """Start it and wait until it works, or until it has killed itself. ``told``: further variables."""
        place = self._place
        with place.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.acceptance.faults.worker_process"),
                stdin=PIPE,
                stdout=PIPE,
                stderr=log,
                cwd=REPOSITORY,
                env={**os.environ, **place.environment, **told},
            )
        assert self._process.stdout is not None
        if await self._process.stdout.readline() != READY:
            await self.died()

    async def kill(self) -> None:
        """SIGKILL it, and wait until it is gone."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)
        await self.died()

    async def died(self) -> None:
        """Wait until it was killed; it may not end otherwise."""
        assert self._process is not None
        assert await self._process.wait() == -signal.SIGKILL, self._place.log.read_text()[-2000:]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        if self._process is not None and self._process.returncode is None:
            await self.kill()


@dataclass
class Stack:
    """A PostgreSQL and a Temporal of one's own."""

    folder: Path
    postgresql: PostgreSQL
    temporal: Temporal
    client: Client

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.postgresql)

    @property
    def skipper(self) -> TimeSkipper:
        return TimeSkipper(self.client)

    @asynccontextmanager
    async def place(self, folder: Path) -> AsyncIterator[Place]:
        """A database, a queue, and nobody who sends notices yet."""
        async with self.cluster.database() as url:
            await self.end_dispatcher()
            yield Place(self.temporal.address, url, f"directives-{uuid.uuid4().hex[:8]}", folder)

    async def end_dispatcher(self) -> None:
        """Where the worker that sent notices was killed, the server would wait half a minute for its heartbeat."""
        with suppress(RPCError):
            await self.client.get_workflow_handle(DISPATCHER_ID).terminate("test")

    @asynccontextmanager
    async def without_postgresql(self) -> AsyncIterator[None]:
        """It is away while the block runs."""
        await self.postgresql.stop()
        try:
            yield
        finally:
            await self.postgresql.start()

    async def kill_postgresql(self) -> None:
        """The postmaster alone; its children find out and end."""
        await _kill(self.postgresql.child)

    async def stop_postgresql_at_once(self) -> None:
        """Immediate shutdown: everybody drops what he does, and nothing is put in order."""
        os.kill(self.postgresql.child.pid, signal.SIGQUIT)
        await self.postgresql.child.ended()

    async def kill_temporal(self) -> None:
        await _kill(self.temporal.child)

    async def forget(self) -> None:
        """A new server on an empty directory, at the same address."""
        await self.kill_temporal()
        shutil.rmtree(self.folder / "temporal")
        await self.temporal.start()


async def _kill(child: Child) -> None:
    os.kill(child.pid, signal.SIGKILL)
    await child.ended()


@asynccontextmanager
async def running_stack(folder: Path) -> AsyncIterator[Stack]:
    """Both, with a migrated database to copy from."""
    with ports.reserved([ports.ANY] * 5) as [journal, *of_temporal]:
        pass
    postgresql = PostgreSQL(folder / "postgresql", journal)
    temporal = Temporal(
        folder / "temporal",
        search_attributes=TYPES,
        dynamic_config=TEST_CONFIG,
        preferred=(of_temporal[0], of_temporal[1], of_temporal[2], of_temporal[3]),
    )
    try:
        url, address = await asyncio.gather(postgresql.start(), temporal.start())
        await asyncio.to_thread(migrate, url)
        client = await Client.connect(address, namespace=NAMESPACE, data_converter=pydantic_data_converter)
        yield Stack(folder, postgresql, temporal, client)
    finally:
        await temporal.stop()
        await postgresql.stop()
