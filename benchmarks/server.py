"""A PostgreSQL of a benchmark's own, gone with the block."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from activities.journal.migrate import migrate
from embedded import ports
from embedded.postgres import PostgreSQL


class Server:
    """Databases on it, each with the migrated schema."""

    def __init__(self, postgresql: PostgreSQL) -> None:
        self._postgresql = postgresql

    async def database(self, name: str) -> str:
        """The URL of a new one."""
        await self._run(f"CREATE DATABASE {name} TEMPLATE directives STRATEGY file_copy")
        return self.url(name)

    async def empty(self, name: str) -> None:
        """A new one without any schema."""
        await self._run(f"CREATE DATABASE {name} TEMPLATE template0")

    async def drop(self, name: str) -> None:
        """It and what it takes on the disk."""
        await self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, database: str) -> str:
        """Of one that is there."""
        return urlsplit(self._postgresql.url)._replace(path=f"/{database}").geturl()

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@asynccontextmanager
async def running_server(folder: Path | None = None) -> AsyncIterator[Server]:
    """As ``directives up`` starts it. ``folder``: where its data shall lie; a temporary one where none is given."""
    with tempfile.TemporaryDirectory(prefix="journal-", dir=folder) as own:
        postgresql = PostgreSQL(Path(own) / "postgresql", ports.ANY)
        url = await postgresql.start()
        try:
            await asyncio.to_thread(migrate, url)
            yield Server(postgresql)
        finally:
            await postgresql.stop()
