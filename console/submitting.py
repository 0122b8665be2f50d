"""Commands on their way to a directive, and the answer."""

import json
from typing import Any

from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy

from console.call import Call
from console.failures import RefusedError
from console.outcomes import refusal_in
from console.streams import number_and_symbol
from console.temporal import Line
from console.waiting import spinner
from domain.wire import TASK_QUEUE, WORKFLOW_TYPE
from workflows.raw import LARGEST


async def submit(call: Call, stream: str, message: Any, *, start: Any = None, abstract: str | None = None) -> Any:  # noqa: ANN401 - JSON
    """Send a command or a list by update-with-start; the outcome, or the list of them.

    One request reaches a directive whose run is up, has ended, or was lost: without ``start`` a new run takes it up
    from the journal. With it (an issue command) it comes into being. Raises ``ConsoleError``.
    """
    with spinner(call, "cli.waiting"):
        return await exchange(Line(call), stream, message, start=start, abstract=abstract)


async def exchange(
    line: Line,
    stream: str,
    message: Any,  # noqa: ANN401 - JSON
    *,
    start: Any = None,  # noqa: ANN401 - JSON
    abstract: str | None = None,
) -> Any:  # noqa: ANN401 - JSON
    """The same, for whoever has more to send and shows by other means that it goes on."""
    _check(message)

    async def attempt(client: Client) -> Any:  # noqa: ANN401 - JSON
        operation: WithStartWorkflowOperation[Any, Any] = WithStartWorkflowOperation(
            WORKFLOW_TYPE,
            args=[] if start is None else [start],
            id=stream,
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            static_summary=number_and_symbol(stream),
            static_details=abstract,
        )
        return await client.execute_update_with_start_workflow("submit", message, start_workflow_operation=operation)

    return await line.ask(attempt)


async def submit_one(call: Call, stream: str, command: dict[str, Any], **issued: Any) -> dict[str, Any]:  # noqa: ANN401
    """The outcome of one command, with the stream beside it. Raises ``RefusedError``, and as ``submit`` does."""
    outcome = {"stream": stream, **await submit(call, stream, command, **issued)}
    if refusal := refusal_in(outcome):
        raise refusal
    return outcome


def _check(message: Any) -> None:  # noqa: ANN401 - JSON
    """What would not get as far as the directive, which answers everything else. Raises ``RefusedError``."""
    try:
        size = len(json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode())
    except (ValueError, RecursionError) as error:
        raise RefusedError("unreadable", {"problem": str(error)}) from error
    if size > LARGEST:
        raise RefusedError("too_large", {"size": str(size)})
