"""The service as a stranger meets it: a real worker behind a real server, spoken to in plain JSON."""

import itertools
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import asyncpg
from temporalio.client import Client, WithStartWorkflowOperation, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy

from activities.handle import Handler
from activities.journal.pool import open_pool
from activities.journal.read import load_events, load_state
from activities.memory import Memory
from domain.event import Event
from domain.state import DirectiveState
from tests.support.waiting import until
from workflows.converter import WORKER_CONVERTER
from workflows.registration import directive_worker

Json = dict[str, Any]
ISSUER = "ubnd"
_numbers = itertools.count(1)


def unit(name: str) -> Json:
    return {"id": name, "name": f"Sở {name}", "email": f"{name}@example.invalid"}


def issue(units: tuple[str, ...] = ("unit-a", "unit-b"), **changes: Any) -> Json:
    """An issue command: one obligation in mode each, no deadline; a number of its own."""
    deadline = changes.pop("deadline", {"kind": "none"})
    document = {
        "issuer": ISSUER,
        "organ_name": "Ủy ban nhân dân",
        "code_number": str(next(_numbers)),
        "code_notation": f"T{uuid.uuid4().hex[:8]}",
        "type_name": "công văn",
        "subject": "tăng cường kiểm tra",
        "issued_date": "2026-11-02",
        "signer": {"position": "CHỦ TỊCH", "full_name": "Signer"},
        **changes.pop("document", {}),
    }
    obligation = {"item": "1", "text": "Tổ chức thực hiện.", "mode": "each", "lead": list(units), "deadline": deadline}
    return {
        "type": "issue",
        "command_id": str(uuid.uuid4()),
        "actor": {"person": "clerk", "role": "clerk", "unit": ISSUER},
        "directive": {
            "document": document,
            "obligations": [obligation],
            "directory": {"version": "1", "sha256": "0" * 64, "units": [unit(ISSUER), *map(unit, units)]},
            **changes,
        },
    }


def stream_of(command: Json) -> str:
    document = command["directive"]["document"]
    number = document["code_number"].rjust(2, "0")
    year = document["issued_date"][:4]
    return f"directive/{document['issuer']}/{year}/{number}-{document['code_notation']}"


def command(type_: str, unit_: str, *, role: str = "unit_head", **fields: Any) -> Json:
    """A command of a unit's person, or of the issuer's leader where the role says so; ``item`` 1 unless said."""
    if type_ not in ("acknowledge", "refuse", "close", "record_delivery"):
        fields.setdefault("item", "1")
    own = ISSUER if role in ("leader", "clerk", "tracker") else unit_
    if role == "leader" and type_ in ("accept", "return"):
        fields.setdefault("unit", unit_)
    return {
        "type": type_,
        "command_id": str(uuid.uuid4()),
        "actor": {"person": f"{role} of {own}", "role": role, "unit": own},
        **fields,
    }


def life(unit_: str) -> list[Json]:
    """DESIGN §7: acknowledge, two progress reports, completion report, acceptance."""
    return [
        command("acknowledge", unit_),
        command("progress", unit_, percent=30),
        command("progress", unit_, percent=60, role="officer"),
        command("report", unit_, text="Đã hoàn thành."),
        command("accept", unit_, role="leader"),
    ]


def stamped(commands: list[Json]) -> list[Json]:
    """The same, sent now."""
    return [{**one, "sent_at": datetime.now(UTC).isoformat()} for one in commands]


@dataclass
class Service:
    """A worker on a queue and a database of its own."""

    client: Client
    pool: asyncpg.Pool
    database_url: str
    queue: str

    async def issue(self, start: Json) -> WorkflowHandle[Any, Any]:
        """Start a directive and wait until it is issued."""
        answer, handle = await self.start(start)
        assert answer["outcome"] == "done", answer
        return handle

    async def start(self, start: Json, stream: str | None = None) -> tuple[Any, WorkflowHandle[Any, Any]]:
        """Update-with-start, as the command line does it."""
        operation = self._operation(stream or stream_of(start), start)
        answer = await self.client.execute_update_with_start_workflow(
            "submit", start, start_workflow_operation=operation
        )
        return answer, await operation.workflow_handle()

    async def submit(self, stream: str, message: Any) -> Any:
        """A command or a list, through the update; opens the run again if it has ended."""
        return await self.client.execute_update_with_start_workflow(
            "submit", message, start_workflow_operation=self._operation(stream, None)
        )

    def _operation(self, stream: str, start: Json | None) -> WithStartWorkflowOperation[Any, Any]:
        return WithStartWorkflowOperation(
            "Directive",
            args=[] if start is None else [start],
            id=stream,
            task_queue=self.queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )

    async def events(self, stream: str) -> list[Event]:
        async with self.pool.acquire() as connection:
            return await load_events(connection, stream)

    async def state(self, stream: str) -> DirectiveState:
        """The fold of the journal."""
        async with self.pool.acquire() as connection:
            state = await load_state(connection, stream)
        assert state is not None
        return state

    async def version_reaches(self, stream: str, version: int) -> None:
        """Wait until the journal has come that far."""
        await until(lambda: self._version(stream), lambda found: found >= version)

    async def _version(self, stream: str) -> int:
        return await self.pool.fetchval("SELECT coalesce(max(version), 0) FROM streams WHERE stream = $1", stream)


@asynccontextmanager
async def running_service(client: Client, database_url: str, **worker: Any) -> AsyncIterator[Service]:
    """The service, with a worker that runs until the end of the block."""
    queue = worker.pop("queue", f"directives-{uuid.uuid4().hex[:8]}")
    pool = await open_pool(database_url)
    memory = worker.pop("memory", Memory())
    config = client.config()
    config["data_converter"] = WORKER_CONVERTER
    own = Client(**config)

    handler = Handler(pool, own, memory)
    try:
        async with directive_worker(own, handler.handle, task_queue=queue, **worker):
            yield Service(client, pool, database_url, queue)
    finally:
        await pool.close()
