"""The journal, opened for reading: one connection, one moment."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

import asyncpg

from activities.queries import queries_of
from console.call import Call
from console.failures import FailedError, UnavailableError
from console.places import reader_database_url

Row = dict[str, Any]
Connection = asyncpg.Connection
_AWAY: Final = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
)
"""Nobody answers, or the server starts, ends, or is full: later it may answer."""


statement = queries_of("console")


@asynccontextmanager
async def reading(call: Call, url_of: Callable[[Call], str] = reader_database_url) -> AsyncIterator[Connection]:
    """A connection that sees one moment of the journal and cannot change it. Raises ``ConsoleError``."""
    async with (
        connected(call, url_of) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        yield connection


@asynccontextmanager
async def connected(call: Call, url_of: Callable[[Call], str]) -> AsyncIterator[Connection]:
    """A connection for what one of the roles may do; ``url_of``: of ``console.places``. Raises ``ConsoleError``."""
    try:
        async with _connected(call, url_of(call)) as connection:
            yield connection
    except asyncpg.UndefinedTableError as error:
        raise FailedError("not_set_up") from error
    except asyncpg.InsufficientPrivilegeError as error:
        raise FailedError("not_permitted", problem=str(error)) from error
    except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError, ValueError) as error:
        raise FailedError("database_refused", problem=str(error)) from error
    except _AWAY as error:
        raise UnavailableError("no_database", problem=str(error) or type(error).__name__) from error


async def fetch(call: Call, name: str, *arguments: Any) -> list[Row]:  # noqa: ANN401 - any SQL value
    """The rows of one statement. Raises ``ConsoleError``."""
    async with reading(call) as connection:
        return await rows(connection, name, *arguments)


async def rows(connection: Connection, name: str, *arguments: Any) -> list[Row]:  # noqa: ANN401 - any SQL value
    """The rows of one of several statements."""
    return [dict(row) for row in await connection.fetch(statement(name), *arguments)]


@asynccontextmanager
async def _connected(call: Call, url: str) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(
        url,
        timeout=call.limit,
        command_timeout=call.limit,
        server_settings={"application_name": "directives-cli", "timezone": "UTC"},
    )
    try:
        yield connection
    finally:
        await connection.close(timeout=1)
