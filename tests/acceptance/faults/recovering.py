"""What the tests of recovery share: answers to every question that a user can ask, and the stores' own backups."""

import asyncio
import json
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client

from embedded.postgres import binaries
from embedded.temporal import NAMESPACE
from tests.acceptance.faults.stack import REPOSITORY
from tests.support.typed import environment

ASKING: Final = """
import contextlib, io, json, os, sys
from console.main import run
came = []
for argv in json.load(sys.stdin):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = run([*argv, "--json"], None)
    came.append((code, said.getvalue()))
json.dump(came, sys.stdout)
sys.stdout.flush()
os._exit(0)
"""
"""As the command line ends, without waiting for the SDK's threads."""
FIGURES: Final = (
    ("stats", "--from", "2026-01-01", "--to", "2026-12-31", "--as-of", "2026-12-31"),
    ("letter", "--from", "2026-01-01", "--to", "2026-12-31", "--as-of", "2026-12-31"),
)


async def typed(*argv: str, **settings: str) -> Any:
    """What a command answers in JSON; it has to do what it was told."""
    [said] = await typed_all([argv], settings)
    return said


async def typed_all(asked: Sequence[Sequence[str]], settings: Mapping[str, str]) -> list[Any]:
    """What each answers, one after the other in one process."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", ASKING),
        env=environment(**settings),
        cwd=REPOSITORY,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, problem = await process.communicate(json.dumps(asked).encode())
    assert process.returncode == 0, problem.decode()
    came = json.loads(said)
    assert [code for code, _ in came] == [0] * len(asked), (said.decode(), problem.decode())
    return [json.loads(document, object_hook=_timeless) for _, document in came]


async def answers(streams: list[str], settings: Mapping[str, str]) -> dict[str, Any]:
    """To every question that a user can ask."""
    asked = [*FIGURES, ("list",), ("verify",), ("owed", "--unit", "unit-a"), ("inbox", "--role", "leader")]
    for stream in streams:
        asked += [(name, stream) for name in ("show", "history", "preview", "links")]
    return dict(zip(map(" ".join, asked), await typed_all(asked, settings), strict=True))


def _timeless(document: dict[str, Any]) -> dict[str, Any]:
    """Without the moment at which it was asked."""
    return {name: value for name, value in document.items() if name != "complete_through"}


def settings(client: Client, database_url: str) -> dict[str, str]:
    """By which the command line finds the servers."""
    address = client.service_client.config.target_host
    return {"TEMPORAL_ADDRESS": address, "TEMPORAL_NAMESPACE": NAMESPACE, "DATABASE_URL": database_url}


async def delete_run(client: Client, stream: str, run_id: str) -> None:
    """As retention does."""
    execution = WorkflowExecution(workflow_id=stream, run_id=run_id)
    await client.workflow_service.delete_workflow_execution(
        DeleteWorkflowExecutionRequest(namespace=client.namespace, workflow_execution=execution)
    )


async def tool(name: str, *argv: str | Path) -> None:
    """Run one of PostgreSQL's own."""
    process = await asyncio.create_subprocess_exec(
        *(binaries() / name, *argv), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()


def copy_store(folder: Path, target: Path) -> None:
    """The embedded Temporal's store as it is this moment, by SQLite's own means."""
    target.mkdir(parents=True)
    source, copy = sqlite3.connect(folder / "store" / "temporal.db"), sqlite3.connect(target / "temporal.db")
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()
