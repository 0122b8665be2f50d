"""One long activity kept going for ever, shift after shift.

Several workers offer it; the server lets one have it, and another take over when heartbeats stop.
"""

from datetime import timedelta
from typing import Final

from temporalio import workflow
from temporalio.common import RetryPolicy

SHIFT: Final = timedelta(minutes=10)
SILENCE: Final = timedelta(seconds=30)
FOR_EVER: Final = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=10))


async def keep_going(activity: str) -> None:
    """Never ends but by the workflow's being terminated or cancelled."""
    while not workflow.info().is_continue_as_new_suggested():
        await workflow.execute_activity(
            activity, start_to_close_timeout=SHIFT, heartbeat_timeout=SILENCE, retry_policy=FOR_EVER
        )
    workflow.continue_as_new()
