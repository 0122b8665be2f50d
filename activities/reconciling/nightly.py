"""Every night runs and journal are compared; nothing is mended without somebody's asking for it."""

from typing import Final

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
)

from domain.wire import RECONCILIATION, RECONCILIATION_ID, RECOVERY_QUEUE, ReconcileRequest

HOUR: Final = 19
"""UTC: two o'clock at night where the offices are."""


async def ensure_nightly(client: Client) -> bool:
    """Create the schedule where there is none; whether it was. What operators change of it stays.

    Raises ``RPCError``.
    """
    action = ScheduleActionStartWorkflow(
        RECONCILIATION,
        ReconcileRequest(),
        id=f"{RECONCILIATION_ID}/nightly",
        task_queue=RECOVERY_QUEUE,
        static_summary="Compares runs with the journal",
    )
    schedule = Schedule(
        action=action,
        spec=ScheduleSpec(calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(HOUR)])]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP),
    )
    try:
        await client.create_schedule(RECONCILIATION_ID, schedule)
    except ScheduleAlreadyRunningError:
        return False
    return True
