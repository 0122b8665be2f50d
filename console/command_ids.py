"""Names for commands that are sent from here.

A retry must repeat the very same command: the service knows it again by id *and* content, and the time of sending is
content. So the id carries the time (UUID version 7, RFC 9562), and whoever repeats the id sends the same ``sent_at``.
"""

import secrets
import time
import uuid
from datetime import UTC, datetime
from typing import Any, Final

from domain.canonical import canonical, digest

_VERSION: Final = 7
_VARIANT: Final = 0b10


def new_command_id() -> str:
    """A UUID version 7 of now."""
    milliseconds = time.time_ns() // 1_000_000
    high = milliseconds << 16 | _VERSION << 12 | secrets.randbits(12)
    low = _VARIANT << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=high << 64 | low))


def derived(prefix: str, *parts: Any) -> str:  # noqa: ANN401 - any JSON value
    """From what is said: whoever says the same again gives the same command."""
    return f"{prefix}-{digest(canonical(parts))[:32]}"


def sent_at(command_id: str) -> str | None:
    """When the command was made, ISO 8601 in UTC; none where the id, chosen by somebody else, does not tell."""
    try:
        name = uuid.UUID(command_id)
    except ValueError:
        return None
    if name.version != _VERSION:
        return None
    return datetime.fromtimestamp((name.int >> 80) / 1000, UTC).isoformat(timespec="milliseconds")
