"""Payloads as they came, and what one run left for the next."""

import hashlib
import json
from collections.abc import Sequence
from typing import Final

from temporalio.api.common.v1 import Payload
from temporalio.common import RawValue

from domain.wire import Carried, Raw

LARGEST: Final = 1_400_000
"""Bytes of a message that are passed on; of a larger one only what identifies it.

As a regular activity's input it must stay under the server's 2 MB, quotes escaped.
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
    too_large = len(data) > LARGEST
    if text is None or too_large:
        return base.model_copy(update={"head": data[:HEAD].decode(errors="replace"), "too_large": too_large})
    return base.model_copy(update={"text": text})


def carried_from(start: Sequence[RawValue]) -> Carried:
    """What the run before handed over."""
    return Carried.model_validate(json.loads(start[0].payload.data)["carried"])
