"""Raw messages as the workflow passes them on, and what ``handle`` makes of them before it decides."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from temporalio.api.common.v1 import Payload

from activities.handle import _arrival
from activities.reading import Opened, open_message
from activities.signal_times import Seen
from domain.arrival import Parcel
from domain.wire import Message, Raw
from tests.support.builders import ISSUED
from workflows.raw import raw

Door = Literal["start", "signal", "update", "cancel"]


def payload(content: Any, encoding: str = "json/plain") -> Raw:
    """A payload: bytes as they are, anything else as JSON."""
    data = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    return raw(Payload(metadata={"encoding": encoding.encode()}, data=data))


def message(
    *contents: Any,
    door: Door = "update",
    name: str = "submit",
    id_: str = "message-1",
    at: datetime = ISSUED,
    encoding: str = "json/plain",
) -> Message:
    """A message with these payloads, received at that time."""
    return Message(
        id=id_,
        door=door,
        name="" if door in ("start", "cancel") else name,
        payloads=[payload(content, encoding) for content in contents],
        received_at=at,
        run_id="run-1",
    )


def parcel(opened: Opened, seen: Seen | None = None) -> Parcel:
    """What ``handle`` decides on. ``seen``: what the server saw of a signal, where it was looked up."""
    return Parcel(arrivals=[_arrival(opened, item, seen) for item in opened.items], atomic=opened.atomic)


def parcels(messages: Sequence[Message]) -> list[Parcel]:
    """Messages as they come, nothing looked up."""
    return [parcel(open_message(one)) for one in messages]
