"""The same life driven by Temporal's own command line only: start, signals, updates, query."""

import asyncio
import json
from pathlib import Path
from typing import Any

from embedded.temporal import NAMESPACE, binary
from tests.support.parts import TemporalServer
from tests.support.service import Json, Service, command, issue, stream_of
from tests.support.waiting import until


class Stranger:
    """Somebody with the ``temporal`` command and a file of JSON."""

    def __init__(self, address: str, stream: str, queue: str, folder: Path) -> None:
        self._common = ("--address", address, "--namespace", NAMESPACE, "--workflow-id", stream, "--output", "json")
        self._queue = queue
        self._folder = folder

    async def start(self, content: Json) -> str:
        file = self._folder / "d.json"
        await asyncio.to_thread(file.write_text, json.dumps(content))
        return await self._run("start", "--type", "Directive", "--task-queue", self._queue, "--input-file", str(file))

    async def signal(self, content: Any) -> str:
        return await self._run("signal", "--name", "submit", "--input", json.dumps(content))

    async def update(self, content: Any) -> Any:
        printed = await self._run("update", "execute", "--name", "submit", "--input", json.dumps(content))
        return json.loads(printed)["result"]

    async def state(self) -> Any:
        [state] = json.loads(await self._run("query", "--name", "state"))["queryResult"]
        return state

    async def _run(self, *words: str) -> str:
        process = await asyncio.create_subprocess_exec(
            *(binary(), "workflow", *words, *self._common),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        printed, complained = await process.communicate()
        assert process.returncode == 0, complained.decode()
        return printed.decode()


async def test_a_life_from_start_to_closure_by_temporals_own_command_line(
    service: Service, temporal: TemporalServer, tmp_path: Path
) -> None:
    start = issue(("unit-a",))
    stranger = Stranger(temporal.server.address, stream_of(start), service.queue, tmp_path)
    await stranger.start(start)
    await until(stranger.state, lambda state: state["version"] == 1)
    await stranger.signal(command("acknowledge", "unit-a"))
    await until(stranger.state, lambda state: state["counts"]["acknowledged"] == 1)
    reported = await stranger.update(command("report", "unit-a", role="officer", text="Đã xong."))
    early = await stranger.update(command("accept", "unit-a", role="leader"))
    approved = await stranger.update(command("approve", "unit-a"))
    both = await stranger.update([command("accept", "unit-a", role="leader"), command("close", "", role="leader")])
    assert [answer["outcome"] for answer in (reported, early, approved, *both)] == [
        "done", "refused", "done", "done", "done",
    ]  # fmt: skip
    assert early["code"] == "no_report_waiting"
    assert (await stranger.state())["phase"] == "closed"
    kinds = [event.data.type for event in await service.events(stream_of(start))]
    assert kinds == [
        "DirectiveIssued", "Acknowledged", "ReportSubmitted", "CommandRejected", "ReportApproved", "ReportAccepted",
        "DirectiveClosed",
    ]  # fmt: skip
