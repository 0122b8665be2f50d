"""What Temporal remembers of a directive."""

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WorkflowHistory


async def chain(client: Client, stream: str) -> list[WorkflowHistory]:
    """The histories of a run and of those that it continues, the first run's first."""
    found: list[WorkflowHistory] = []
    run_id: str | None = None
    while run_id != "":
        history = await client.get_workflow_handle(stream, run_id=run_id).fetch_history()
        found.append(history)
        run_id = history.events[0].workflow_execution_started_event_attributes.continued_execution_run_id
    return found[::-1]


def run_of(history: WorkflowHistory) -> str:
    """The id of the run. It is the first event's as long as nobody has reset it."""
    return history.events[0].workflow_execution_started_event_attributes.original_execution_run_id


def finished_tasks(history: WorkflowHistory) -> list[HistoryEvent]:
    return [one for one in history.events if one.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED]


async def fallbacks(client: Client, stream: str) -> int:
    """How often the last run gave up the local activity for the regular one."""
    history = await client.get_workflow_handle(stream).fetch_history()
    return sum(one.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED for one in history.events)


async def attempts(client: Client, stream: str) -> int:
    """How often the activity under way has been tried."""
    description = await client.get_workflow_handle(stream).describe()
    return max((one.attempt for one in description.raw_description.pending_activities), default=0)
