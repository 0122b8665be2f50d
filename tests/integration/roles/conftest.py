"""Two servers: the embedded PostgreSQL, and the oldest that is supported."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest

from embedded import ports
from embedded.postgres import PostgreSQL
from tests.integration.roles.servers import Journal, journal
from tests.support.oldest_postgres import needs_oldest, running_oldest

KINDS: Final = ["embedded", pytest.param("oldest", marks=needs_oldest)]


@asynccontextmanager
async def running(kind: str, folder: Path) -> AsyncIterator[str]:
    """The URL of a server's superuser."""
    if kind == "oldest":
        async with running_oldest(folder) as url:
            yield url
        return
    server = PostgreSQL(folder, ports.ANY)
    try:
        yield await server.start()
    finally:
        await server.stop()


@pytest.fixture(scope="session", params=KINDS)
async def superuser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """Of a server of these tests' own, for roles are a whole server's."""
    async with running(request.param, tmp_path_factory.mktemp("roles") / "postgresql") as url:
        yield url


@pytest.fixture(params=KINDS)
async def superuser_without_roles(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """Of a server on which nobody has made them."""
    async with running(request.param, tmp_path / "postgresql") as url:
        yield url


@pytest.fixture(scope="session")
async def shared(superuser: str) -> AsyncIterator[Journal]:
    """For tests that leave nothing behind."""
    async with journal(superuser) as made:
        yield made
