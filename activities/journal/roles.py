"""The four database roles: who owns the journal, who brings it up to date, who writes it, who reads it.

``roles/roles.sql`` makes them, and is for whoever administers the server; ``roles/grants.sql`` says what each may.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import asyncpg

OWNER: Final = "directives_owner"
MIGRATOR: Final = "directives_migrator"
WRITER: Final = "directives_writer"
READER: Final = "directives_reader"
ROLES: Final = (OWNER, MIGRATOR, WRITER, READER)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a database stands towards the roles.

    ``missing``: roles that the server lacks. ``handed_over``: the database and its tables belong to the owner.
    ``may_own``: the login may become the owner.
    """

    missing: tuple[str, ...]
    handed_over: bool
    may_own: bool


def script(name: str) -> str:
    """The SQL of ``roles/<name>.sql``."""
    return files("activities.journal").joinpath("roles", f"{name}.sql").read_text(encoding="utf-8")


async def standing(database_url: str) -> Standing:
    """How the database stands, seen by that login."""
    async with _connected(database_url) as connection:
        row = await connection.fetchrow(script("standing"), ROLES, OWNER)
    assert row is not None  # noqa: S101 - a statement without FROM has one row
    return Standing(tuple(row["missing"]), row["handed_over"], row["may_own"])


def as_owner(database_url: str) -> str:
    """The same login, acting as the owner from its first statement on; for asyncpg and dbmate."""
    return f"{database_url}{'&' if '?' in database_url else '?'}role={OWNER}"


async def grant(owner_url: str) -> None:
    """Let writer and reader do what ``grants.sql`` says, and nothing that it does not say."""
    async with _connected(owner_url) as connection, connection.transaction():
        # Two that set up at the same time would change the same rows of the system's tables.
        await connection.execute("SELECT pg_advisory_xact_lock(hashtext('directives/grants'))")
        await connection.execute(script("grants"))


@asynccontextmanager
async def _connected(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url, timeout=30, command_timeout=60)
    try:
        yield connection
    finally:
        await connection.close(timeout=1)
