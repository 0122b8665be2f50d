"""A journal with its roles in force, and a way to act as each of them."""

import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import asyncpg

from activities.journal import roles
from activities.journal.install import install


@dataclass(frozen=True, slots=True)
class Journal:
    """``urls``: of the superuser, and of the roles, each by its name."""

    superuser: str
    urls: Mapping[str, str]

    @asynccontextmanager
    async def connected(self, role: str) -> AsyncIterator[asyncpg.Connection]:
        connection = await asyncpg.connect(self.urls[role])
        try:
            yield connection
        finally:
            await connection.close()


def login(url: str, role: str, password: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=f"{role}:{password}@{parts.hostname}:{parts.port}").geturl()


@asynccontextmanager
async def database(superuser: str) -> AsyncIterator[str]:
    """The URL of an empty database of one's own."""
    name = f"roles_{uuid.uuid4().hex}"
    connection = await asyncpg.connect(superuser)
    try:
        await connection.execute(f"CREATE DATABASE {name}")
        yield urlsplit(superuser)._replace(path=f"/{name}").geturl()
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await connection.close()


async def roles_made(url: str) -> Mapping[str, str]:
    """What an administrator does: make the roles in that database, and let them log in; their URLs."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(roles.script("roles"))
        for role in (roles.MIGRATOR, roles.WRITER, roles.READER):
            await connection.execute(f"ALTER ROLE {role} LOGIN PASSWORD 'secret'")
    finally:
        await connection.close()
    return {role: login(url, role, "secret") for role in (roles.MIGRATOR, roles.WRITER, roles.READER)}


@asynccontextmanager
async def journal(superuser: str) -> AsyncIterator[Journal]:
    """As ``setup`` leaves it after an administrator made the roles."""
    async with database(superuser) as url:
        urls = await roles_made(url)
        installed = await install(urls[roles.MIGRATOR])
        assert installed.handed_over
        yield Journal(url, {**urls, roles.OWNER: roles.as_owner(urls[roles.MIGRATOR])})
