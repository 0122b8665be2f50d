"""The activity ``handle`` without a workflow around it."""

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from temporalio.api.common.v1 import Payload

from activities.handle import Handler
from activities.memory import Memory
from domain.wire import HandleRequest, HandleResult, Message
from tests.support.service import Json, Service
from workflows.raw import raw


class OneHandler:
    """With a memory of its own, as in a worker of its own."""

    def __init__(self, service: Service) -> None:
        self._handler = Handler(service.pool, service.client, Memory())

    async def handle(self, stream: str, messages: Sequence[Message]) -> HandleResult:
        return await self._handler.handle(HandleRequest(stream=stream, now=datetime.now(UTC), messages=list(messages)))


def message(content: Json, **changes: Any) -> Message:
    """An update that was just taken in."""
    payload = Payload(metadata={"encoding": b"json/plain"}, data=json.dumps(content).encode())
    taken_in = Message(
        id=str(uuid.uuid4()),
        door="update",
        name="submit",
        payloads=[raw(payload)],
        received_at=datetime.now(UTC),
        run_id=str(uuid.uuid4()),
    )
    return taken_in.model_copy(update=changes)
