"""The real parts that tests share: one PostgreSQL with a migrated template, one Temporal server."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import TimeSkipper

from activities.journal.migrate import migrate
from embedded import ports
from embedded.postgres import PostgreSQL
from embedded.temporal import ANY_PORTS, NAMESPACE, Temporal
from workflows.attributes import TYPES
from workflows.server import DYNAMIC_CONFIG

CONTINUE_AS_NEW_AT = 60
"""Events after which the test server suggests it, so that ordinary tests cross the boundary."""

TEST_CONFIG = {
    **DYNAMIC_CONFIG,
    "frontend.WorkflowTimeSkippingEnabled": True,
    # Without it every skip costs about a second.
    "history.timerProcessorMaxTimeShift": "10ms",
    # A run that another goes on from within a second makes that one wait; skipped, it is the whole fast-forward.
    "history.workflowIdReuseMinimalInterval": "0s",
    "limit.historyCount.suggestContinueAsNew": CONTINUE_AS_NEW_AT,
    "system.forceSearchAttributesCacheRefreshOnRead": True,
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running PostgreSQL; every test gets a database of its own, copied from a migrated one."""

    server: PostgreSQL

    @asynccontextmanager
    async def database(self) -> AsyncIterator[str]:
        """The URL of a fresh database with all migrations applied."""
        name = f"test_{uuid.uuid4().hex}"
        await self._run(f"CREATE DATABASE {name} TEMPLATE directives STRATEGY file_copy")
        try:
            yield self._url(name)
        finally:
            await self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _url(self, database: str) -> str:
        return urlsplit(self.server.url)._replace(path=f"/{database}").geturl()

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(self._url("postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@asynccontextmanager
async def running_cluster(folder: Path) -> AsyncIterator[Cluster]:
    """A PostgreSQL server for a session of tests."""
    server = PostgreSQL(folder, ports.ANY)
    url = await server.start()
    try:
        await asyncio.to_thread(migrate, url)
        yield Cluster(server)
    finally:
        await server.stop()


@dataclass(frozen=True, slots=True)
class TemporalServer:
    """A running Temporal; ``client`` is a stranger's client with plain JSON, ``skipper`` starts workflows that skip."""

    server: Temporal
    client: Client
    skipper: TimeSkipper


@asynccontextmanager
async def running_temporal(folder: Path, **config: object) -> AsyncIterator[TemporalServer]:
    """A Temporal development server for a session of tests."""
    server = Temporal(folder, search_attributes=TYPES, dynamic_config={**TEST_CONFIG, **config}, preferred=ANY_PORTS)
    address = await server.start()
    try:
        client = await Client.connect(address, namespace=NAMESPACE, data_converter=pydantic_data_converter)
        yield TemporalServer(server, client, TimeSkipper(client))
    finally:
        await server.stop()
