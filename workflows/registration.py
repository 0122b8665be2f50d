"""How the worker for directives is set up, in production and in tests alike."""

from collections.abc import Awaitable, Callable
from typing import Any

from temporalio.client import Client
from temporalio.worker import Worker

from domain.wire import TASK_QUEUE, HandleRequest, HandleResult
from workflows.directive import Directive


def directive_worker(
    client: Client,
    handle: Callable[[HandleRequest], Awaitable[HandleResult]],
    *,
    task_queue: str = TASK_QUEUE,
    **options: Any,  # noqa: ANN401 - passed to Worker
) -> Worker:
    """A worker for directives and for the activity that decides."""
    return Worker(
        client,
        task_queue=task_queue,
        workflows=[Directive],
        activities=[handle],
        # A refused update is sent back whole. Where it is larger than 2 MB this check would fail the workflow task
        # again and again, and with it everybody else's updates; the server just drops that one update.
        disable_payload_error_limit=True,
        **options,
    )
