"""Payloads as they came, and what one run left for the next."""

import hashlib
import json
from collections.abc import Sequence
from typing import Final

from temporalio.api.common.v1 import Payload
from temporalio.common import RawValue

from domain.wire import Carried, Raw

LARGEST: Final = 1_400_000
"""Bytes of a message that are passed on; of a larger one only what identifies it."""
LARGEST_ESCAPED: Final = 1_900_000
"""The same, quotes and backslashes escaped: as a regular activity's input it must stay under the server's 2 MB, or the
server terminates the run, and what waits in its mailbox is lost.
"""
HEAD: Final = 400


def raw(payload: Payload) -> Raw:
    """The payload in a form that a history shows readably. Never raises."""
    data = payload.data
    encoding = payload.metadata.get("encoding", b"").decode(errors="replace")
    base = Raw(encoding=encoding, size=len(data), sha256=hashlib.sha256(data).hexdigest())
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = None
    full = base.model_copy(update={"text": text})
    too_large = len(data) > LARGEST or len(full.model_dump_json().encode()) > LARGEST_ESCAPED
    if text is None or too_large:
        return base.model_copy(update={"head": data[:HEAD].decode(errors="replace"), "too_large": too_large})
    return full


def carried_from(start: Sequence[RawValue]) -> Carried | None:
    """What the run before handed over; None where the server began it anew, by cron or retry, with the first input."""
    try:
        content = json.loads(start[0].payload.data)
    except (IndexError, ValueError, RecursionError):
        return None
    if not (isinstance(content, dict) and "carried" in content):
        return None
    return Carried.model_validate(content["carried"])
