"""One directive to every commune of the country: 10,500 units, two obligations with deadlines each."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
from temporalio.client import Client, WorkflowHandle

from domain.outcome import MOST_NAMED
from tests.support.parts import running_cluster, running_temporal
from tests.support.service import Service, command, issue, running_service, stream_of
from tests.support.typed import DIRECTIVES, environment

UNITS: Final = tuple(f"xa-{number}" for number in range(10_500))
AT_ONCE: Final = 500
MOST_EVENTS: Final = 10_240
MOST_BYTES: Final = 2_000_000
"""What Temporal takes of one payload."""


def to_every_commune() -> dict[str, Any]:
    """Two obligations in mode each; every unit in the extract of the directory."""
    start = issue(UNITS, deadline={"kind": "date", "day": "2099-12-31"})
    first = start["directive"]["obligations"][0]
    start["directive"]["obligations"].append({**first, "item": "2"})
    return start


@pytest.fixture
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    """With a server that suggests continue-as-new where real ones do."""
    folder = tmp_path_factory.mktemp("communes")
    async with (
        running_cluster(folder / "postgresql") as cluster,
        running_temporal(folder / "temporal", **{"limit.historyCount.suggestContinueAsNew": 4096}) as temporal,
        cluster.database() as url,
        running_service(temporal.client, url) as service,
    ):
        yield service


@pytest.mark.timeout(180)
async def test_a_directive_to_every_commune_is_issued_acknowledged_and_shown(service: Service) -> None:
    start = to_every_commune()
    answer, handle = await service.start(start)
    issued = 1 + 2 * len(UNITS)
    assert (answer["outcome"], answer["version"]) == ("done", issued)
    assert (len(answer["events"]), answer["unnamed"]) == (MOST_NAMED, issued - MOST_NAMED)

    for first in range(0, len(UNITS), AT_ONCE):
        told = await handle.execute_update(
            "submit", [command("acknowledge", unit) for unit in UNITS[first : first + AT_ONCE]]
        )
        assert {one["outcome"] for one in told} == {"done"}

    shown = await typed(service, "show", stream_of(start))
    assert (shown["directive"]["units"], shown["directive"]["acknowledged"]) == (len(UNITS), len(UNITS))
    assert shown["cells"]["lead"]["open_in_time"] == 2 * len(UNITS)
    counted = (await typed(service, "stats"))["lead"]
    assert (len(counted["units"]), counted["all"]["given"]) == (len(UNITS), 2 * len(UNITS))

    await passes_through_temporal(service.client, handle)


async def typed(service: Service, *argv: str) -> Any:
    """What a command answers in JSON."""
    process = await asyncio.create_subprocess_exec(
        *(DIRECTIVES, *argv, "--json"),
        env={**environment(), "DATABASE_URL": service.database_url},
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    return json.loads(said)


async def passes_through_temporal(client: Client, handle: WorkflowHandle[Any, Any]) -> None:
    """No run is longer than it may be, nothing in it larger."""
    runs = [run.run_id async for run in client.list_workflows(f"WorkflowId = '{handle.id}'")]
    assert runs
    for run in runs:
        events = (await client.get_workflow_handle(handle.id, run_id=run).fetch_history()).events
        assert len(events) < MOST_EVENTS
        assert max(event.ByteSize() for event in events) < MOST_BYTES
