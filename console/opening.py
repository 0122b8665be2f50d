"""Commands read here by the very code that reads them in the service."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from activities.reading import Item, open_message
from domain.canonical import digest
from domain.wire import Message, Raw


def items_of(content: Any, door: Literal["start", "update"]) -> Sequence[Item]:  # noqa: ANN401 - JSON
    """What the service would make of the content, had it come by that door."""
    # Half of a surrogate pair may have been typed, or stand in a file; it could not be sent either.
    body = json.dumps(content, ensure_ascii=False).encode(errors="replace")
    payload = Raw(encoding="json/plain", size=len(body), sha256=digest(body), text=body.decode())
    name = "submit" if door == "update" else ""
    now = datetime.now(UTC)
    return open_message(Message(id=door, door=door, name=name, payloads=[payload], received_at=now, run_id=door)).items
