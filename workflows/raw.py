"""Payloads as they came, and what one run left for the next."""

import hashlib
import json
from collections.abc import Sequence
from typing import Final

from temporalio.api.common.v1 import Payload
from temporalio.common import RawValue

from domain.wire import Carried, Raw

LARGEST_MESSAGE: Final = 256 * 1024
"""Bytes of a message other than a start that are passed on; beyond it only what identifies it."""
LARGEST_START: Final = 1_400_000
"""The same for a start. As a regular activity's input it must stay under the server's 2 MB, quotes escaped."""
HEAD: Final = 400


def raw(payload: Payload, largest: int = LARGEST_MESSAGE) -> Raw:
    """The payload in a form that a history shows readably. Never raises."""
    data = payload.data
    encoding = payload.metadata.get("encoding", b"").decode(errors="replace")
    base = Raw(encoding=encoding, size=len(data), sha256=hashlib.sha256(data).hexdigest())
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = None
    too_large = len(data) > largest
    if text is None or too_large:
        return base.model_copy(update={"head": data[:HEAD].decode(errors="replace"), "too_large": too_large})
    return base.model_copy(update={"text": text})


def carried_from(start: Sequence[RawValue]) -> Carried:
    """What the run before handed over."""
    return Carried.model_validate(json.loads(start[0].payload.data)["carried"])
