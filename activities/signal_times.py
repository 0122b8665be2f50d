"""When a signal reached the server: looked up in the history, so that our own outage makes nobody late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.wire import Message


@dataclass(frozen=True, slots=True)
class Seen:
    """What the server saw of a signal: when it came, and who the client said it was."""

    at: datetime
    identity: str


async def look_up(client: Client, stream: str, signals: Sequence[Message]) -> Mapping[str, Seen]:
    """By message id, where the server still knows. A signal is the n-th of its run, whatever runs came around it."""
    found: dict[str, Seen] = {}
    for run_id in {signal.run_id for signal in signals}:
        wanted = {signal.ordinal: signal.id for signal in signals if signal.run_id == run_id}
        found |= await _in_run(client, stream, run_id, wanted)
    return found


async def _in_run(client: Client, stream: str, run_id: str, wanted: Mapping[int, str]) -> dict[str, Seen]:
    found: dict[str, Seen] = {}
    ordinal = 0
    try:
        async for event in client.get_workflow_handle(stream, run_id=run_id).fetch_history_events():
            if event.event_type != EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED:
                continue
            ordinal += 1
            if ordinal in wanted:
                attributes = event.workflow_execution_signaled_event_attributes
                found[wanted[ordinal]] = Seen(event.event_time.ToDatetime(UTC), attributes.identity)
            if len(found) == len(wanted):
                break
    except RPCError as error:
        # A run may be forgotten while its signals, carried over to the next one, still wait for the journal.
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
    return found
