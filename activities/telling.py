"""Telling a directive something that nobody waits for an answer to."""

from typing import Any

from temporalio.client import Client

from domain.wire import TASK_QUEUE, WORKFLOW_TYPE


async def tell(client: Client, stream: str, command: dict[str, Any]) -> None:
    """By signal, with a start without input: a directive whose run has ended is taken up where its journal stands.

    Raises ``RPCError``.
    """
    await client.start_workflow(
        WORKFLOW_TYPE, id=stream, task_queue=TASK_QUEUE, start_signal="submit", start_signal_args=[command]
    )
