"""Between a client and PostgreSQL: counts what passes, and cuts connections in the middle of a commit."""

import asyncio
from asyncio import IncompleteReadError, StreamReader, StreamWriter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal, Self
from urllib.parse import urlsplit

Cut = Literal["before the commit arrives", "before its answer arrives"]
COMMIT = b"Q" + (4 + 8).to_bytes(4) + b"COMMIT;\0"
"""The message by which asyncpg ends a transaction."""
AWAITED = (b"Q", b"S")
"""Messages that the server answers: a simple query, and the end of a prepared one."""


@dataclass
class _Line:
    """One connection. ``silent``: what the server answers now does not reach the client."""

    client: StreamReader
    to_client: StreamWriter
    server: StreamReader
    to_server: StreamWriter
    silent: bool = False


class Proxy:
    """``cuts``: for each commit that comes, whether it is cut, and where. ``made``: how many were.

    ``trips``: how often the client asked something of the server and had to wait for its answer.
    """

    def __init__(self, database_url: str) -> None:
        self._database = urlsplit(database_url)
        self._port = 0
        self.cuts: Iterator[Cut | None] = iter(())
        self.made = 0
        self.trips = 0

    @property
    def url(self) -> str:
        """The database's, by way of the proxy."""
        who = self._database.netloc.rpartition("@")[0]
        return self._database._replace(netloc=f"{who}@127.0.0.1:{self._port}").geturl()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Self]:
        """It listens until the end of the block, on a port of its own."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()

    async def _serve(self, client: StreamReader, to_client: StreamWriter) -> None:
        server, to_server = await asyncio.open_connection(self._database.hostname, self._database.port)
        line = _Line(client, to_client, server, to_server)
        ways = [asyncio.create_task(self._up(line)), asyncio.create_task(self._down(line))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.wait(ways)
            for writer in (to_client, to_server):
                writer.transport.abort()

    async def _up(self, line: _Line) -> None:
        """Message by message, until one is cut or the client has gone."""
        try:
            message = await _startup(line.client)
            while True:
                self.trips += message[:1] in AWAITED
                cut = next(self.cuts, None) if message == COMMIT else None
                if cut == "before the commit arrives":
                    self.made += 1
                    return
                line.silent = cut is not None
                line.to_server.write(message)
                await line.to_server.drain()
                message = await _message(line.client)
        except (IncompleteReadError, ConnectionError):
            return

    async def _down(self, line: _Line) -> None:
        try:
            while data := await line.server.read(65_536):
                if line.silent:
                    self.made += 1
                    return
                line.to_client.write(data)
                await line.to_client.drain()
        except ConnectionError:
            return


async def _startup(client: StreamReader) -> bytes:
    """The first message has no type."""
    size = await client.readexactly(4)
    return size + await client.readexactly(int.from_bytes(size) - 4)


async def _message(client: StreamReader) -> bytes:
    head = await client.readexactly(5)
    return head + await client.readexactly(int.from_bytes(head[1:]) - 4)
