"""The workflow ``Relayer``: keeps one long activity going that passes on what directives tell each other.

Several workers offer it; the server lets one have it, and another take over when heartbeats stop.
"""

from datetime import timedelta
from typing import Final

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from domain.wire import RELAY, RELAYER

SHIFT: Final = timedelta(minutes=10)
SILENCE: Final = timedelta(seconds=30)
FOR_EVER: Final = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=10))


@workflow.defn(name=RELAYER)
class Relayer:
    """One for the whole installation."""

    @workflow.run
    async def run(self) -> None:
        """Never ends but by being terminated or cancelled."""
        while not workflow.info().is_continue_as_new_suggested():
            await workflow.execute_activity(
                RELAY, start_to_close_timeout=SHIFT, heartbeat_timeout=SILENCE, retry_policy=FOR_EVER
            )
        workflow.continue_as_new()
