"""A record of three directives with checkpoints, on the embedded PostgreSQL and on the oldest that is supported."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from activities.journal.migrate import migrate
from embedded.postgres import binaries
from tests.integration.tampering.office import Office, filled
from tests.support.oldest_postgres import PROGRAMS, needs_oldest, running_oldest
from tests.support.parts import running_cluster
from tests.support.typed import type_

__all__ = ["type_"]


class Server:
    """``superuser``: the URL of a database of its own, for whoever may do anything. ``programs``: where its own are."""

    def __init__(self, superuser: str, programs: Path) -> None:
        self._superuser = superuser
        self.programs = programs

    @asynccontextmanager
    async def database(self, *, migrated: bool = True) -> AsyncIterator[str]:
        """The URL of a fresh database."""
        name = f"test_{uuid.uuid4().hex}"
        await self._run(f"CREATE DATABASE {name} TEMPLATE template0")
        url = urlsplit(self._superuser)._replace(path=f"/{name}").geturl()
        try:
            if migrated:
                await asyncio.to_thread(migrate, url)
            yield url
        finally:
            await self._run(f"DROP DATABASE {name} WITH (FORCE)")

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(self._superuser)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@pytest.fixture(scope="session", params=["embedded", pytest.param("oldest", marks=needs_oldest)])
async def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    folder = tmp_path_factory.mktemp("tampering") / "postgresql"
    if request.param == "oldest":
        async with running_oldest(folder) as url:
            yield Server(url, PROGRAMS)
        return
    async with running_cluster(folder) as cluster:
        yield Server(cluster.server.url, binaries())


@pytest.fixture(scope="module")
async def office(server: Server, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """For tests that leave the database as it was."""
    async with server.database() as url, filled(url, tmp_path_factory.mktemp("checkpoints")) as office:
        yield office
