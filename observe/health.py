"""Metrics and health over HTTP, answered by the worker's own event loop.

/metrics  what ``REGISTRY`` holds, as text or as OpenMetrics, whichever is asked for
/livez    200 as long as the event loop turns. It asks nobody: an outage elsewhere is no reason to kill this process
/readyz   200 where every check passes, else 503; JSON says of each what is wrong
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from prometheus_client.exposition import choose_encoder

from observe.addresses import AddressError, Addresses
from observe.metrics import REGISTRY

Check = Callable[[], Awaitable[None]]
"""Returns where all is well; raises where it is not, and the error's text says why."""

CHECK_WITHIN: Final = 2.0
"""Seconds after which a check that has not returned fails."""
_REQUEST_WITHIN: Final = 10.0
"""Seconds that a caller has for sending a request and taking the answer."""


class NotReadyError(Exception):
    """What a check raises when it finds that something is missing."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: HTTPStatus
    body: bytes
    content_type: str = "text/plain; charset=utf-8"


@asynccontextmanager
async def serve_health(addresses: Addresses, checks: Mapping[str, Check]) -> AsyncIterator[str]:
    """Serve until the block ends; yields where, as the beginning of a URL. ``checks``: by the name that is shown.

    Raises:
        AddressError: ``metrics_host`` is unknown, or ``metrics_port`` is taken.
    """
    host, port = addresses.metrics_host, addresses.metrics_port
    served = _Served(checks)
    try:
        server = await asyncio.start_server(served.connected, host, port)
    except OSError as error:
        raise AddressError("metrics_host, metrics_port", f"{host}:{port}", error) from error
    try:
        yield f"http://{f'[{host}]' if ':' in host else host}:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await served.end()


class _Served:
    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks
        self._connections: set[asyncio.Task[None]] = set()

    def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = asyncio.create_task(self._exchange(reader, writer))
        self._connections.add(connection)
        connection.add_done_callback(self._connections.discard)

    async def end(self) -> None:
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_REQUEST_WITHIN):
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(_message(await self._answer(head.decode("latin-1"))))
                await writer.drain()
        except asyncio.LimitOverrunError:
            writer.write(_message(_plain(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)))
        except (TimeoutError, EOFError, ConnectionError):
            # The caller is slow or gone: whoever probes has given up, and there is nobody to tell.
            writer.transport.abort()
        finally:
            writer.close()

    async def _answer(self, head: str) -> _Answer:
        request, *headers = head.split("\r\n")
        method, _, target = request.partition(" ")
        if method != "GET":
            return _plain(HTTPStatus.METHOD_NOT_ALLOWED)
        match target.split(" ")[0].split("?")[0]:
            case "/metrics":
                return _metrics(headers)
            case "/livez":
                return _plain(HTTPStatus.OK)
            case "/readyz":
                return await self._readiness()
            case _:
                return _plain(HTTPStatus.NOT_FOUND)

    async def _readiness(self) -> _Answer:
        found = await asyncio.gather(*(_problem(check) for check in self._checks.values()))
        ready = not any(found)
        report = {
            "ready": ready,
            "checks": {name: problem or "ok" for name, problem in zip(self._checks, found, strict=True)},
        }
        body = json.dumps(report, ensure_ascii=False).encode() + b"\n"
        return _Answer(HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE, body, "application/json")


async def _problem(check: Check) -> str | None:
    try:
        async with asyncio.timeout(CHECK_WITHIN):
            await check()
    except NotReadyError as error:
        return str(error)
    except TimeoutError:
        return f"no answer within {CHECK_WITHIN:g} s"
    except Exception as error:  # noqa: BLE001 - whatever a check runs into is its answer
        return f"{type(error).__name__}: {error}"
    return None


def _metrics(headers: list[str]) -> _Answer:
    accepted = [value for name, _, value in (line.partition(":") for line in headers) if name.lower() == "accept"]
    encode, content_type = choose_encoder(",".join(accepted))
    return _Answer(HTTPStatus.OK, encode(REGISTRY), content_type)


def _plain(status: HTTPStatus) -> _Answer:
    return _Answer(status, f"{status.phrase}\n".encode())


def _message(answer: _Answer) -> bytes:
    lines = [
        f"HTTP/1.1 {answer.status} {answer.status.phrase}",
        f"Content-Type: {answer.content_type}",
        f"Content-Length: {len(answer.body)}",
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + answer.body
