"""How the worker for directives is set up, in production and in tests alike."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from temporalio.client import Client
from temporalio.worker import Worker

from domain.wire import RECOVERY_QUEUE, TASK_QUEUE, HandleRequest, HandleResult, Reconciled, ReconcileRequest
from workflows.directive import Directive
from workflows.reconciliation import Reconciliation


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


def recovery_worker(
    client: Client,
    reconcile: Callable[[ReconcileRequest], Awaitable[Reconciled]],
    **options: Any,  # noqa: ANN401 - passed to Worker
) -> Worker:
    """A worker for what puts runs and journal right. Its queue is its own: it works where nothing else may yet."""
    return Worker(
        client,
        task_queue=RECOVERY_QUEUE,
        workflows=[Reconciliation],
        activities=[reconcile],
        max_concurrent_activities=1,
        # Whoever waits is shown how far it has come.
        max_heartbeat_throttle_interval=timedelta(seconds=1),
        **options,
    )
