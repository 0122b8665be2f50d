"""restore: a directive whose run was lost goes on from the journal."""

import asyncio
from typing import Any

from temporalio.client import Client, WorkflowFailureError
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import ApplicationError

from console.call import Call
from console.failures import FailedError, RefusedError
from console.options import DirectiveId
from console.paper import Paper, answer
from console.streams import number_and_symbol, resolve
from console.temporal import patiently
from console.waiting import spinner
from domain.wire import TASK_QUEUE, WORKFLOW_TYPE

OPENING = "opening"


def restore(call: Call, directive: DirectiveId) -> None:
    """Start its run with nothing but the id, unless it is up; then tell where it stands."""
    document = asyncio.run(_restore(call, directive))
    answer(call, document, lambda paper: _render(call, document, paper))


async def _restore(call: Call, directive: str) -> dict[str, Any]:
    stream = await resolve(call, directive)

    async def attempt(client: Client) -> dict[str, Any]:
        handle = await client.start_workflow(
            WORKFLOW_TYPE,
            id=stream,
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            static_summary=number_and_symbol(stream),
        )
        ended = asyncio.ensure_future(handle.result())
        try:
            while not ended.done():
                state: dict[str, Any] = await handle.query("state")
                if state["phase"] != OPENING:
                    return {"stream": stream, **state}
                # The journal is away: the run waits for it, and so do we.
                await asyncio.wait([ended], timeout=0.2)
            return {"stream": stream, **_ended(ended)}
        finally:
            ended.cancel()

    with spinner(call, "cli.waiting"):
        return await patiently(call, attempt)


def _ended(run: asyncio.Future[dict[str, Any]]) -> dict[str, Any]:
    """What a run that ended at once said. Raises ``RefusedError``."""
    try:
        return run.result()
    except WorkflowFailureError as error:
        cause = error.cause
        if isinstance(cause, ApplicationError) and cause.type:
            raise RefusedError(cause.type, {}) from error
        raise FailedError("run_ended", problem=str(cause)) from error


def _render(call: Call, document: dict[str, Any], paper: Paper) -> None:
    paper.line(
        call.text(
            "cli.restored",
            number=number_and_symbol(document["stream"]),
            version=document["version"],
            phase=call.text(f"phase.{document['phase']}"),
        )
    )


COMMANDS = {"restore": restore}
