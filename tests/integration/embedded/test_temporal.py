import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from signal import SIGKILL

import pytest
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes
from temporalio.service import RPCError

from embedded import ports
from embedded.errors import ChildFailedError, SearchAttributeTypeError
from embedded.temporal import ANY_PORTS, Temporal

STATUS = SearchAttributeKey.for_keyword("Status")
LEVEL = SearchAttributeKey.for_int("Level")


@asynccontextmanager
async def running(
    directory: Path, *keys: SearchAttributeKey[str] | SearchAttributeKey[int], config: dict[str, object] | None = None
) -> AsyncIterator[Temporal]:
    server = Temporal(
        directory,
        search_attributes={key.name: key.indexed_value_type for key in keys},
        dynamic_config=config or {},
        preferred=ANY_PORTS,
    )
    try:
        await server.start()
        yield server
    finally:
        await server.child.stop(SIGKILL, within=1)  # quicker than in order


@pytest.fixture
def directory(data: Path) -> Path:
    """On which Temporal has run before."""
    return data / "temporal"


async def connect(server: Temporal) -> Client:
    return await Client.connect(server.address, namespace="directives")


async def start_workflow(server: Temporal, *attributes: SearchAttributePair[str] | SearchAttributePair[int]) -> None:
    await (await connect(server)).start_workflow(
        "Waiting", id="waits", task_queue="nobody", search_attributes=TypedSearchAttributes(list(attributes))
    )


async def workflow(server: Temporal) -> WorkflowHandle[object, object]:
    return (await connect(server)).get_workflow_handle("waits")


async def get(port: int, path: str) -> bytes:
    reader, writer = await asyncio.open_connection(ports.HOST, port)
    writer.write(f"GET {path} HTTP/1.0\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def test_workflows_of_the_first_start_go_on_in_the_second(new: Path) -> None:
    async with running(new, STATUS) as server:
        await start_workflow(server, SearchAttributePair(STATUS, "open"))
        await server.stop()

    async with running(new) as server:
        found = await (await workflow(server)).describe()
        assert found.status == WorkflowExecutionStatus.RUNNING
        assert found.typed_search_attributes[STATUS] == "open"


async def test_workflows_survive_a_kill_of_the_server(directory: Path) -> None:
    async with running(directory) as server:
        await start_workflow(server)
        os.kill(server.child.pid, SIGKILL)
        await server.child.ended()

    async with running(directory) as server:
        found = await (await workflow(server)).describe()
        assert found.status == WorkflowExecutionStatus.RUNNING


async def test_a_search_attribute_that_came_later_can_be_used_after_the_next_start(directory: Path) -> None:
    async with running(directory, STATUS):
        pass

    async with running(directory, STATUS, LEVEL) as server:
        await start_workflow(server, SearchAttributePair(STATUS, "open"), SearchAttributePair(LEVEL, 3))


async def test_a_search_attribute_that_has_another_type_is_refused_and_named(directory: Path) -> None:
    async with running(directory, STATUS):
        pass

    with pytest.raises(SearchAttributeTypeError, match=r"Status .* is of type KEYWORD and INT is needed"):
        async with running(directory, SearchAttributeKey.for_int("Status")):
            pass


async def test_dynamic_configuration_reaches_the_server(directory: Path) -> None:
    async with running(directory, config={"limit.maxIDLength": 20}) as server:
        with pytest.raises(RPCError, match="length exceeds limit"):
            await start_workflow(server)


async def test_page_and_metrics_are_where_it_says(directory: Path) -> None:
    async with running(directory) as server:
        assert b" 200 " in (await get(server.ui_port, "/"))[:20]
        assert b"# TYPE service_requests" in await get(server.metrics_port, "/metrics")
        assert b" 200 " in (await get(server.http_port, "/api/v1/namespaces/directives"))[:20]


@pytest.fixture
def damaged(directory: Path) -> Path:
    for file in (directory / "store").iterdir():
        file.write_text("something else " * 1000)
    return directory


async def test_what_the_server_says_is_shown_when_it_does_not_start(damaged: Path) -> None:

    with pytest.raises(ChildFailedError, match=r"temporal ended unexpectedly with status 1.*(?s:.*)not a database"):
        async with running(damaged):
            pass
