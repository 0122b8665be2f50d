"""The workflow ``Reconciliation``: compares the runs with the journal, once."""

from datetime import timedelta
from typing import Final

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from domain.wire import RECONCILE, RECONCILIATION, Reconciled, ReconcileRequest

LONGEST: Final = timedelta(hours=6)
SILENCE: Final = timedelta(seconds=60)
PATIENT: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=10), maximum_attempts=30
)
"""The journal may be away for some minutes; a run of every night need not wait for longer."""


@workflow.defn(name=RECONCILIATION)
class Reconciliation:
    """Started by the operator, and every night by a schedule."""

    @workflow.run
    async def run(self, request: ReconcileRequest) -> Reconciled:
        """What was found, and what was mended of it."""
        result: Reconciled = await workflow.execute_activity(
            RECONCILE,
            request,
            result_type=Reconciled,
            start_to_close_timeout=LONGEST,
            heartbeat_timeout=SILENCE,
            retry_policy=PATIENT,
        )
        return result
