"""A dispatcher at work on a test's database, and what its notices have come to."""

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
from temporalio.client import Client
from temporalio.testing import ActivityEnvironment

from activities.notices.dispatch import Dispatching
from settings import Settings
from tests.support.service import Service
from tests.support.waiting import until

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Office:
    """Everything that a dispatcher needs, and looks into the journal's notices."""

    service: Service
    client: Client
    folder: Path
    smtp_port: int | None

    @property
    def pool(self) -> asyncpg.Pool:
        return self.service.pool

    def dispatching(self, **settings: Any) -> Dispatching:
        """The activity, with the test's mail server unless the settings say otherwise."""
        smtp = {"smtp_host": "127.0.0.1", "smtp_port": self.smtp_port} if self.smtp_port else {}
        chosen = {
            "smtp_security": "none",
            "mail_from": "directives@example.invalid",
            "mail_folder": self.folder,
            "mails_per_second": 1000,
            **smtp,
            **settings,
        }
        return Dispatching(self.pool, self.client, Settings(**chosen))

    @asynccontextmanager
    async def at_work(self, dispatching: Dispatching | None = None) -> AsyncIterator[ActivityEnvironment]:
        """A dispatcher that works until the block ends; then its worker shuts down in order."""
        environment = activity_environment()
        work = asyncio.create_task(environment.run((dispatching or self.dispatching()).dispatch))
        try:
            yield environment
        finally:
            environment.worker_shutdown()
            await work

    async def notices(self) -> Rows:
        rows = await self.pool.fetch("SELECT * FROM notices ORDER BY created_at, kind, unit")
        return [dict(row) for row in rows]

    async def settled(self, status: str = "sent") -> Rows:
        """Wait until every notice has that status and its directive has been told where it must be."""
        return await until(self.notices, lambda rows: all(row["status"] == status and row["reported"] for row in rows))

    async def tried(self, problem: str) -> Rows:
        """Wait until a try has ended with that problem and all that was claimed is settled or free again."""

        def ended(rows: Rows) -> bool:
            free = all(row["claimed_by"] is None or row["status"] != "waiting" for row in rows)
            return free and any(problem in (row["problem"] or "") for row in rows)

        return await until(self.notices, ended)

    async def time_passes(self) -> None:
        """Pauses and leases are over."""
        await self.pool.execute("UPDATE notices SET try_at = now() WHERE status = 'waiting'")

    async def events(self, stream: str, *types: str) -> list[Any]:
        """Data of the directive's events of those types."""
        return [event.data for event in await self.service.events(stream) if event.data.type in types]

    async def told(self, stream: str, type_: str, count: int) -> list[Any]:
        """Wait until the directive has recorded that many events of the type."""
        return await until(lambda: self.events(stream, type_), lambda found: len(found) >= count)


def activity_environment() -> ActivityEnvironment:
    """As the worker makes it, with time enough."""
    environment = ActivityEnvironment()
    environment.info = dataclasses.replace(environment.info, start_to_close_timeout=timedelta(minutes=5))
    return environment


def addresses(start: dict[str, Any], **by_unit: str) -> dict[str, Any]:
    """The issue command with other addresses; ``unit_a`` stands for ``unit-a``."""
    copy = json.loads(json.dumps(start))
    for unit in copy["directive"]["directory"]["units"]:
        unit["email"] = by_unit.get(unit["id"].replace("-", "_"), unit["email"])
    return dict(copy)
