"""A change for many directives while the service is away, or one of them is stuck."""

import asyncio
import json
from pathlib import Path

import pytest

from domain.wire import TASK_QUEUE
from tests.support.changes import calendar, content, off, working
from tests.support.parts import TemporalServer
from tests.support.service import ISSUER, Service, issue, running_service, stream_of
from tests.support.typed import Said, typed

ARGV = ("--document", "12/TB-BNV", "--document-date", "2026-11-02", "--json", "--timeout")


@pytest.fixture
def announced(tmp_path: Path) -> str:
    path = tmp_path / "calendar.json"
    path.write_text(json.dumps(calendar("2", off(working(2)))), encoding="utf-8")
    return str(path)


@pytest.fixture
async def streams(temporal: TemporalServer, database_url: str) -> list[str]:
    """Directives; nobody works there any more."""
    starts = [issue(("unit-a",), **content(ISSUER, "unit-a")) for _ in range(4)]
    async with running_service(temporal.client, database_url, queue=TASK_QUEUE) as service:
        for start in starts:
            await service.issue(start)
    return [stream_of(start) for start in starts]


async def applied(temporal: TemporalServer, database_url: str, file: str, limit: str) -> Said:
    installation = {
        "DATABASE_URL": database_url,
        "TEMPORAL_ADDRESS": temporal.server.address,
        "TEMPORAL_NAMESPACE": temporal.client.namespace,
        "DIRECTIVES_ACTOR": "Nguyễn Văn An",
    }
    return await asyncio.to_thread(typed, "calendar", "apply", file, *ARGV, limit, **installation)


async def times_told(service: Service, streams: list[str]) -> list[int]:
    return [sum(e.data.type == "CalendarApplied" for e in await service.events(stream)) for stream in streams]


async def test_what_stays_unknown_is_named_and_done_once_when_the_service_is_back(
    temporal: TemporalServer, database_url: str, streams: list[str], announced: str
) -> None:
    said = await applied(temporal, database_url, announced, "1")
    assert (said.code, sorted(said.json["unknown"])) == (3, sorted(streams))
    assert said.err.split()[-1] == said.json["command_id"]
    async with running_service(temporal.client, database_url, queue=TASK_QUEUE) as service:
        again = await applied(temporal, database_url, announced, "30")
        assert (again.code, again.json["applied"], again.json["unknown"]) == (0, 4, [])
        assert again.json["command_id"] == said.json["command_id"]
        assert await times_told(service, streams) == [1, 1, 1, 1]


async def test_one_that_is_stuck_keeps_no_other_from_being_told(
    temporal: TemporalServer, database_url: str, streams: list[str], announced: str
) -> None:
    stuck, *others = streams
    await temporal.client.get_workflow_handle(stuck).terminate()
    await temporal.client.start_workflow("Directive", id=stuck, task_queue="where-nobody-works")
    async with running_service(temporal.client, database_url, queue=TASK_QUEUE) as service:
        said = await applied(temporal, database_url, announced, "3")
        assert (said.code, said.json["unknown"], said.json["applied"]) == (3, [stuck], 3)
        assert await times_told(service, [stuck, *others]) == [0, 1, 1, 1]
