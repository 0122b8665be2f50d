import asyncio
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
from temporalio.client import Client, WorkflowExecutionStatus

from embedded import ports
from embedded.data_directory import Endpoints, find_endpoints
from embedded.errors import ChildFailedError, NotRunningError, OtherMajorVersionError
from embedded.stack import Stack
from tests.integration.embedded import processes
from tests.integration.embedded.conftest import Runners

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")


def stack_on(data: Path) -> Stack:
    return Stack(data, search_attributes={}, dynamic_config={}, others={"worker_metrics_port": 9464})


@pytest.fixture
def stack(data: Path) -> Stack:
    return stack_on(data)


async def leave_traces(endpoints: Endpoints) -> None:
    connection = await asyncpg.connect(endpoints.database_url)
    await connection.execute("CREATE TABLE kept AS SELECT 1 AS row")
    await connection.close()
    client = await Client.connect(endpoints.temporal_address, namespace=endpoints.temporal_namespace)
    await client.start_workflow("Waiting", id="waits", task_queue="nobody")


async def assert_traces(endpoints: Endpoints) -> None:
    connection = await asyncpg.connect(endpoints.database_url)
    assert await connection.fetchval("SELECT count(*) FROM kept") == 1
    await connection.close()
    client = await Client.connect(endpoints.temporal_address, namespace=endpoints.temporal_namespace)
    assert (await client.get_workflow_handle("waits").describe()).status == WorkflowExecutionStatus.RUNNING


async def test_other_commands_find_it_while_it_runs_and_a_second_start_continues(new: Path) -> None:
    stack = stack_on(new)
    async with stack:
        endpoints = find_endpoints(new)
        await leave_traces(endpoints)
    assert endpoints.pid == os.getpid()
    assert endpoints.others == {"worker_metrics_port": 9464}
    with pytest.raises(NotRunningError):
        find_endpoints(new)

    async with stack:
        await assert_traces(find_endpoints(new))


@pytest.fixture
def well_known_ports_taken() -> Iterator[None]:
    with ExitStack() as servers:
        for port in (ports.POSTGRESQL, ports.TEMPORAL, ports.TEMPORAL_HTTP, ports.TEMPORAL_UI, ports.TEMPORAL_METRICS):
            with ports.reserved([port]) as [free]:
                if free == port:
                    servers.enter_context(socket.create_server((ports.HOST, port)))
        yield


@pytest.mark.usefixtures("well_known_ports_taken")
async def test_other_ports_are_chosen_for_those_in_use_and_found_again(data: Path, stack: Stack) -> None:
    async with stack:
        endpoints = find_endpoints(data)
        await leave_traces(endpoints)

    assert urlsplit(endpoints.database_url).port != ports.POSTGRESQL
    assert endpoints.temporal_address != f"{ports.HOST}:{ports.TEMPORAL}"
    assert endpoints.temporal_ui_url != f"http://{ports.HOST}:{ports.TEMPORAL_UI}"
    assert endpoints.temporal_http_port != ports.TEMPORAL_HTTP
    assert endpoints.temporal_metrics_port != ports.TEMPORAL_METRICS


async def test_two_stacks_that_start_at_the_same_time_do_not_get_into_each_other(tmp_path: Path) -> None:
    stacks = [stack_on(tmp_path / name) for name in ("one", "another")]
    one, another = await asyncio.gather(*(stack.start() for stack in stacks))

    await leave_traces(one)
    await leave_traces(another)
    assert one.temporal_address != another.temporal_address
    await asyncio.gather(*(stack.stop() for stack in stacks))


async def test_it_listens_on_loopback_only_and_is_left_alone_by_a_second_start_on_the_same_data_which_is_refused(
    data: Path, runners: Runners
) -> None:
    first = await runners.start("stack", data)
    assert processes.listening(processes.descendants(first.process.pid)) == {"127.0.0.1"}

    second = await runners.start("stack", data)

    assert second.said["code"] == "already_running"
    assert f"in use by process {first.process.pid}" in second.said["says"]
    assert await second.process.wait() == 1
    await leave_traces(find_endpoints(data))


async def test_a_kill_of_the_parent_leaves_no_child_and_the_next_start_recovers(
    data: Path, runners: Runners, stack: Stack
) -> None:
    runner = await runners.start("stack", data)
    children = processes.descendants(runner.process.pid)
    assert processes.named("postgres", children)
    assert processes.named("temporal", children)
    await leave_traces(find_endpoints(data))

    runner.process.kill()
    await runner.process.wait()

    async with stack:  # while some of them may still be on their way out
        assert processes.alive(children) == set()
        await assert_traces(find_endpoints(data))


@pytest.mark.parametrize(
    ("half_made", "made"),
    [("postgresql/cluster.new/base", "postgresql/cluster"), ("temporal/store.new/temporal.db-wal", "temporal/store")],
    ids=["postgresql", "temporal"],
)
async def test_a_kill_in_the_middle_of_the_first_start_is_made_good_by_the_next(
    new: Path, runners: Runners, half_made: str, made: str
) -> None:
    runner = await runners.begin("stack", new)
    await processes.until((new / half_made).exists)
    await runner.kill()
    assert not (new / made).exists()

    async with stack_on(new):
        await leave_traces(find_endpoints(new))


@pytest.mark.parametrize("to_group", [True, False], ids=["ctrl-c", "sigterm"])
async def test_it_ends_in_order_within_10_seconds_and_leaves_no_process(
    data: Path, runners: Runners, to_group: bool
) -> None:
    runner = await runners.start("stack", data)
    children = processes.descendants(runner.process.pid)
    connection = await asyncpg.connect(runner.said["database_url"])  # a client that does not go by itself

    if to_group:
        os.killpg(runner.process.pid, signal.SIGINT)
    else:
        runner.process.terminate()

    async with asyncio.timeout(10):
        assert await runner.process.wait() == 0
    assert processes.alive(children) == set()
    log = (data / "postgresql" / "postgresql.log").read_text()
    assert log.count("received fast shutdown request") == 1
    assert "database system is shut down" in log
    connection.terminate()


@pytest.mark.parametrize(
    ("name", "program", "said"),
    [("postgresql", "postgres", "ready to accept connections"), ("temporal", "temporal", "Temporal Server:")],
)
async def test_a_server_that_dies_is_reported_with_the_last_lines_of_its_log(
    data: Path, stack: Stack, name: str, program: str, said: str
) -> None:
    async with stack:
        failure = asyncio.create_task(stack.wait_for_failure())
        mine = {pid for pid in processes.descendants(os.getpid()) if uses(pid, data)}
        log = data / name / f"{name}.log"
        await processes.until(lambda: said in log.read_text())

        os.kill(processes.named(program, mine), signal.SIGKILL)

        with pytest.raises(ChildFailedError, match=f"^{name} ended unexpectedly with status -9; last lines") as caught:
            await failure
        assert said in str(caught.value)
    assert {pid for pid in mine if uses(pid, data)} == set()


async def test_the_wait_for_a_failure_ends_when_the_stack_is_stopped(stack: Stack) -> None:
    async with stack:
        failure = asyncio.create_task(stack.wait_for_failure())
        await asyncio.sleep(0)

    await failure


async def test_nothing_is_left_when_one_of_the_two_does_not_start(data: Path, stack: Stack) -> None:
    version = data / "postgresql" / "cluster" / "PG_VERSION"
    kept = version.read_text()
    version.write_text("9\n")

    with pytest.raises(OtherMajorVersionError):
        await stack.start()

    assert {pid for pid in processes.descendants(os.getpid()) if uses(pid, data)} == set()
    version.write_text(kept)
    async with stack:
        pass


async def test_a_start_that_is_given_up_leaves_nothing(new: Path) -> None:
    stack = stack_on(new)
    start = asyncio.create_task(stack.start())
    await processes.until((new / "temporal" / "store.new" / "temporal.db").exists)

    start.cancel()

    with pytest.raises(asyncio.CancelledError):
        await start
    assert {pid for pid in processes.descendants(os.getpid()) if uses(pid, new)} == set()
    async with stack:
        pass


def uses(pid: int, data: Path) -> bool:
    """Whether a living process was started on the data directory, or by one that was."""
    if not processes.alive({pid}):
        return False
    return str(data) in Path(f"/proc/{pid}/cmdline").read_text() or data in Path(f"/proc/{pid}/cwd").resolve().parents
