"""The service away, in part or wholly: exit 3, and how to go on."""

import asyncio
import signal
from pathlib import Path

import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError

from console.call import Call
from console.submitting import submit
from domain.wire import TASK_QUEUE
from tests.support.parts import TemporalServer
from tests.support.service import command, issue, running_service, stream_of
from tests.support.typed import DIRECTIVES, Said, Type, environment, typed
from tests.support.waiting import until


@pytest.fixture
def installation(temporal: TemporalServer, database_url: str) -> dict[str, str]:
    """What points at an installation. Nobody works there unless a test says so."""
    return {
        "DATABASE_URL": database_url,
        "TEMPORAL_ADDRESS": temporal.server.address,
        "TEMPORAL_NAMESPACE": temporal.client.namespace,
    }


async def typed_at(installation: dict[str, str], *argv: str) -> Said:
    """Type in a process of its own, while a worker may work in this one."""
    return await asyncio.to_thread(typed, *argv, **installation)


async def test_an_outcome_that_stays_unknown_can_be_asked_for_again_under_its_command_id(
    installation: dict[str, str], temporal: TemporalServer, database_url: str
) -> None:
    start = issue(("unit-a",))
    stream = stream_of(start)
    async with running_service(temporal.client, database_url, queue=TASK_QUEUE) as service:
        await service.issue(start)
    argv = ("acknowledge", stream, "--unit", "unit-a")
    said = await typed_at(installation, *argv, "--timeout", "1", "--lang", "en", "--json")
    assert said.code == 3
    assert (said.json["outcome"], said.json["code"]) == ("unknown", "unavailable")
    assert said.err.startswith("unavailable: After 1 s the outcome is not known")
    command_id = said.err.split()[-1]
    assert command_id == said.json["command_id"]
    async with running_service(temporal.client, database_url, queue=TASK_QUEUE) as service:
        again = await typed_at(installation, *argv, "--command-id", command_id, "--json")
        assert (again.code, again.json["outcome"]) == (0, "done")
        assert [event.data.type for event in await service.events(stream)] == ["DirectiveIssued", "Acknowledged"]


async def test_of_a_heap_that_stays_unknown_one_document_says_which_and_the_line_how_to_go_on(
    installation: dict[str, str], temporal: TemporalServer, database_url: str
) -> None:
    starts = [issue(("unit-a",)) for _ in range(2)]
    async with running_service(temporal.client, database_url, queue=TASK_QUEUE) as service:
        for start in starts:
            await service.issue(start)
    argv = ("acknowledge", "--unit", "unit-a", "--all", "--lang", "en")
    said = await typed_at(installation, *argv, "--timeout", "1", "--json")
    assert (said.code, [one["outcome"] for one in said.json]) == (3, ["unknown", "unknown"])
    assert said.err.startswith("unavailable: ")
    async with running_service(temporal.client, database_url, queue=TASK_QUEUE) as service:
        again = await typed_at(installation, *argv, "--command-id", said.err.split()[-1])
        assert again.code == 0, again.err
        for start in starts:
            kinds = [event.data.type for event in await service.events(stream_of(start))]
            assert kinds == ["DirectiveIssued", "Acknowledged"]


async def test_a_service_that_comes_back_within_the_limit_is_waited_for(
    installation: dict[str, str], temporal: TemporalServer, database_url: str
) -> None:
    start = issue(("unit-a",))
    async with running_service(temporal.client, database_url, queue=TASK_QUEUE) as service:
        await service.issue(start)
        await service.client.get_workflow_handle(stream_of(start)).terminate("test")
    waiting = asyncio.create_task(typed_at(installation, "acknowledge", stream_of(start), "--unit", "unit-a"))
    await until(lambda: is_running(temporal, stream_of(start)), bool)
    async with running_service(temporal.client, database_url, queue=TASK_QUEUE):
        assert (await waiting).code == 0


@pytest.mark.parametrize("argv", [["acknowledge", "1/X", "--unit", "a"], ["send", "1/X", "--file", "-"]])
def test_without_a_service_a_command_ends_with_its_id(
    type_: Type, tmp_path: Path, argv: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "in.json"
    file.write_text('{"type": "close"}', encoding="utf-8")
    with file.open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        said = type_(*argv, "--data", str(tmp_path), "--command-id", "mine-7")
    assert (said.code, said.out) == (3, "")
    assert said.err.endswith("--command-id mine-7\n")
    assert said.err.count("\n") == 1


def test_a_command_that_brings_its_own_id_is_named_by_it(type_: Type, tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_text('{"type": "close", "command_id": "from-the-file"}', encoding="utf-8")
    said = type_("send", "directive/ubnd/2026/01-X", "--file", str(file), "--data", str(tmp_path))
    assert (said.code, said.err.split()[-1]) == (3, "from-the-file")


def test_without_a_service_a_read_is_exit_3(type_: Type, tmp_path: Path) -> None:
    for argv in (["list"], ["show", "1/X"], ["stats"], ["verify"], ["owed", "--unit", "a"], ["setup"]):
        said = type_(*argv, "--data", str(tmp_path))
        assert (said.code, said.out, said.err.count("\n")) == (3, "", 1), argv


def test_a_temporal_that_nobody_serves_is_named(type_: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    said = type_("acknowledge", "directive/ubnd/2026/01-X", "--unit", "a", "--timeout", "0.5", "--lang", "en")
    assert said.code == 3
    assert "127.0.0.1:1" in said.err or "onnect" in said.err


def test_a_namespace_that_is_not_there_is_an_unknown_outcome_with_the_reason(installation: dict[str, str]) -> None:
    argv = ("acknowledge", "directive/ubnd/2026/01-X", "--unit", "a", "--timeout", "0.5", "--lang", "en")
    said = typed(*argv, **{**installation, "TEMPORAL_NAMESPACE": "nowhere"})
    assert said.code == 3
    assert "Namespace nowhere is not found" in said.err


def test_in_a_process_of_its_own_nothing_else_is_said(tmp_path: Path) -> None:
    said = typed(
        "acknowledge", "directive/ubnd/2026/01-X", "--unit", "a", "--timeout", "0.5", TEMPORAL_ADDRESS="127.0.0.1:1"
    )
    assert (said.code, said.out, said.err.count("\n")) == (3, "", 1)


async def test_ctrl_c_leaves_one_line_with_the_command_id(temporal: TemporalServer) -> None:
    stream = stream_of(issue(("unit-a",)))
    process = await asyncio.create_subprocess_exec(
        *(DIRECTIVES, "acknowledge", stream, "--unit", "unit-a", "--lang", "en", "--command-id", "mine-8"),
        env=environment(TEMPORAL_ADDRESS=temporal.server.address, TEMPORAL_NAMESPACE=temporal.client.namespace),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    await until(lambda: is_running(temporal, stream), bool)
    process.send_signal(signal.SIGINT)
    out, err = await process.communicate()
    assert (process.returncode, out) == (3, b"")
    assert err.decode() == "interrupted: Interrupted, the outcome is not known. Retry with --command-id mine-8\n"


async def test_ctrl_c_among_many_leaves_one_line_with_the_command_id_that_repeats_nothing(
    installation: dict[str, str], temporal: TemporalServer, database_url: str
) -> None:
    start = issue(("unit-interrupted",))
    stream = stream_of(start)
    async with running_service(temporal.client, database_url, queue=TASK_QUEUE) as service:
        await service.issue(start)
        await service.client.get_workflow_handle(stream).terminate("test")
    argv = ("acknowledge", "--unit", "unit-interrupted", "--all", "--lang", "en")
    process = await asyncio.create_subprocess_exec(
        *(DIRECTIVES, *argv),
        env=environment(**installation),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    # That the run is there again shows that the command was sent; nobody works on it.
    await until(lambda: is_running(temporal, stream), bool)
    process.send_signal(signal.SIGINT)
    out, err = await process.communicate()
    assert (process.returncode, out) == (3, b"")
    told, _, command_id = err.decode().rstrip("\n").rpartition(" ")
    assert told == "interrupted: Interrupted, the outcome is not known. Retry with --command-id"
    async with running_service(temporal.client, database_url, queue=TASK_QUEUE) as service:
        again = await typed_at(installation, *argv, "--command-id", command_id)
        assert again.code == 0, again.err
        assert [event.data.type for event in await service.events(stream)] == ["DirectiveIssued", "Acknowledged"]


async def is_running(temporal: TemporalServer, stream: str) -> bool:
    try:
        described = await temporal.client.get_workflow_handle(stream).describe()
    except RPCError:
        return False
    return described.status is WorkflowExecutionStatus.RUNNING


async def test_commands_at_the_border_between_two_runs_are_answered(
    installation: dict[str, str], temporal: TemporalServer, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in installation.items():
        monkeypatch.setenv(name, value)
    call = Call(language="en", work=no_worker)
    async with running_service(temporal.client, database_url, queue=TASK_QUEUE) as service:
        handle = await service.issue(issue(("unit-a",)))
        first_run = (await handle.describe()).run_id
        await submit(call, handle.id, command("acknowledge", "unit-a"))
        for _ in range(12):
            batch = [command("progress", "unit-a", percent=1) for _ in range(6)]
            answers = await asyncio.gather(*(submit(call, handle.id, one) for one in batch))
            assert [answer["command_id"] for answer in answers] == [one["command_id"] for one in batch]
            assert {answer["outcome"] for answer in answers} == {"done"}
        latest_run = (await temporal.client.get_workflow_handle(handle.id).describe()).run_id
        assert latest_run != first_run
        assert (await service.state(handle.id)).version == 2 + 72


async def no_worker() -> None: ...
