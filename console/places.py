"""Where PostgreSQL and Temporal are: what the environment says, else what the embedded stack wrote down."""

import os
from typing import Final

from activities.journal import roles
from console.call import Call
from console.failures import FailedError, InSentencesError, UnavailableError
from embedded.data_directory import Endpoints, find_endpoints
from embedded.errors import EmbeddedError, NotRunningError

_TEMPORAL: Final = ("TEMPORAL_ADDRESS", "TEMPORAL_PROFILE", "TEMPORAL_CONFIG_FILE")
"""What the SDK's environment configuration is switched on by."""


def configured(call: Call) -> list[str]:
    """Which variables point at a real installation; none where ``--data`` says outright that the embedded is meant."""
    if call.data is not None:
        return []
    return [name for name in ("DATABASE_URL", *_TEMPORAL) if os.environ.get(name)]


def reader_database_url(call: Call) -> str:
    """For looking things up. For asyncpg, as all of these. Raises ``ConsoleError``."""
    return _of_environment(call) or endpoints(call).reader_url


def writer_database_url(call: Call) -> str:
    """For what the worker may do, too; on a real installation the caller's own login. Raises ``ConsoleError``."""
    return _of_environment(call) or endpoints(call).writer_url


def migration_database_url(call: Call) -> str:
    """For bringing the tables up to date: a login that may become the owner. Raises ``ConsoleError``."""
    return _of_migrator(call) or _of_environment(call) or endpoints(call).migrator_url


def owner_database_url(call: Call) -> str:
    """For what only the owner of the tables may do. Raises ``ConsoleError``.

    Where a real installation has one login for everything, and no DIRECTIVES_MIGRATION_URL, that login is the owner.
    """
    own = _of_migrator(call)
    return roles.as_owner(own) if own else _of_environment(call) or roles.as_owner(endpoints(call).migrator_url)


def _of_migrator(call: Call) -> str | None:
    return os.environ.get("DIRECTIVES_MIGRATION_URL") if configured(call) else None


def _of_environment(call: Call) -> str | None:
    if not configured(call):
        return None
    url = os.environ.get("DATABASE_URL")
    if not url:
        raise FailedError("no_database_url", temporal=configured(call)[0])
    return url


def endpoints(call: Call) -> Endpoints:
    """Of the embedded stack. Raises ``ConsoleError``."""
    try:
        return find_endpoints(call.data_directory)
    except NotRunningError as error:
        raise UnavailableError("not_running", data=str(call.data_directory)) from error
    except EmbeddedError as error:
        raise embedded_failure(error) from error


def embedded_failure(error: EmbeddedError) -> FailedError:
    """What the embedded stack complains of, in the caller's language."""
    return InSentencesError("embedded", error.code, error.values, str(error))
