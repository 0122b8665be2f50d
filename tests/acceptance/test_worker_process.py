"""``directives-worker`` as a supervisor meets it: environment in, health out, an orderly end."""

import asyncio
import json
import os
import signal
import sys
import urllib.error
import urllib.request
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from domain.wire import TASK_QUEUE
from embedded import ports
from tests.support.parts import TemporalServer, running_temporal
from tests.support.service import command, issue, stream_of
from tests.support.waiting import until

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def worker(database_url: str, temporal: TemporalServer, folder: Path) -> AsyncIterator[tuple[Process, str]]:
    """A worker process, and where its health is served."""
    with ports.reserved([ports.ANY, ports.ANY]) as [own, sdk]:
        settings = {
            "DATABASE_URL": database_url,
            "TEMPORAL_ADDRESS": temporal.server.address,
            "TEMPORAL_NAMESPACE": temporal.client.namespace,
            "DIRECTIVES_METRICS_PORT": str(own),
            "DIRECTIVES_SDK_METRICS_PORT": str(sdk),
            "DIRECTIVES_MAIL_FOLDER": str(folder / "mail"),
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, ROOT / "worker.py"),
            env={**os.environ, **settings, "PYTHONPATH": str(ROOT)},
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            yield process, f"http://127.0.0.1:{own}"
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own loopback address
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except urllib.error.URLError as error:
        return 0, str(error)


async def reads(url: str, good: Callable[[tuple[int, str]], bool]) -> str:
    _, body = await until(lambda: asyncio.to_thread(get, url), good)
    return body


async def lines(process: Process) -> list[dict[str, Any]]:
    assert process.stderr is not None
    return [json.loads(line) for line in (await process.stderr.read()).decode().splitlines()]


async def test_a_worker_gets_ready_works_and_drains_on_sigterm(
    database_url: str, temporal: TemporalServer, tmp_path: Path
) -> None:
    async with worker(database_url, temporal, tmp_path) as (process, url):
        await reads(f"{url}/readyz", lambda answer: answer[0] == 200)
        start = issue(("unit-a",))
        handle = await temporal.client.start_workflow("Directive", start, id=stream_of(start), task_queue=TASK_QUEUE)
        answer = await handle.execute_update("submit", command("acknowledge", "unit-a"))
        assert answer["outcome"] == "done"
        metrics = await reads(f"{url}/metrics", lambda found: 'type="acknowledge"' in found[1])
        assert 'directives_commands_total{code="",outcome="done",type="acknowledge"} 1.0' in metrics
        process.send_signal(signal.SIGTERM)
        told = await lines(process)
        assert await process.wait() == 0
    handled = [line for line in told if line["event"] == "handled" and line["directive"] == handle.id]
    [acknowledged] = [line for line in handled if answer["command_id"] in line["commands"]]
    assert acknowledged["version"] == 2
    assert {"workflow_id", "run_id"} <= acknowledged.keys()
    await handle.terminate("test")


@pytest.mark.timeout(90)
async def test_a_worker_ends_on_sigterm_also_while_temporal_is_away(database_url: str, tmp_path: Path) -> None:
    async with running_temporal(tmp_path / "temporal") as temporal:
        async with worker(database_url, temporal, tmp_path) as (process, url):
            await reads(f"{url}/readyz", lambda answer: answer[0] == 200)
            await temporal.server.stop()
            not_ready = await reads(f"{url}/readyz", lambda answer: answer[0] == 503)
            assert json.loads(not_ready)["checks"]["search_attributes"] != "ok"
            assert get(f"{url}/livez")[0] == 200
            process.send_signal(signal.SIGTERM)
            # Its own watchdog ends it after nine seconds where a poll in flight never returns.
            await asyncio.wait_for(process.communicate(), 30)
            assert process.returncode in (0, 1)


async def test_a_worker_without_a_database_says_what_is_missing(tmp_path: Path) -> None:
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, ROOT / "worker.py"), env={**env, "PYTHONPATH": str(ROOT)}, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    assert process.returncode == 1
    assert "DATABASE_URL is not set" in said.decode()
