"""Where PostgreSQL and Temporal are: what the environment says, else what the embedded stack wrote down."""

import os
from typing import Final

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


def database_url(call: Call) -> str:
    """For asyncpg and dbmate. Raises ``ConsoleError``."""
    if not configured(call):
        return endpoints(call).database_url
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
