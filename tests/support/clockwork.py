"""A directive whose clock is in our hands: it stands still until it is moved."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, TypeVar

from temporalio.client import WorkflowHandle, WorkflowHistory

from domain.base import local
from domain.calendar import Calendar, moment
from domain.event import Event, EventData
from domain.policy import Policy
from tests.support.builders import QUIET
from tests.support.parts import TemporalServer
from tests.support.service import ISSUER, Json, Service, command

Handle = WorkflowHandle[Any, Any]
Data = TypeVar("Data", bound=EventData)

LADDER: Final[Json] = {**QUIET, "ladder": Policy().ladder.model_dump(mode="json")}
"""The ladder of the work as it is assumed; nothing else brings itself to mind."""
NUMBERS: Final = (-7, -3, -1, 0, 1, 3, 8, 13, 18, 23, 28, 33, 38, 43, 48, 53, 58)
"""Its rungs, the weekly ones named one by one."""
WEEKENDS: Final = Calendar()


async def issued(service: Service, temporal: TemporalServer, start: Json) -> Handle:
    """Started without skipping: its time is the wall's until it is moved."""
    with temporal.skipper.with_time_skipping_disabled():
        return await service.issue(start)


async def now_of(temporal: TemporalServer, handle: Handle) -> datetime:
    """What time it is for that directive."""
    return await temporal.skipper.get_current_time(handle)


async def forward_to(temporal: TemporalServer, handle: Handle, instant: datetime) -> None:
    """Move its clock to that instant."""
    await temporal.skipper.fast_forward(handle, instant - await now_of(temporal, handle))


def working_day(days: int) -> date:
    """The first day worked so many days from today."""
    return WEEKENDS.on_or_after(local(datetime.now(UTC)).date() + timedelta(days=days))


def by(day: date, **fields: Any) -> Json:
    """The rule that names a day."""
    return {"kind": "date", "day": day.isoformat(), **fields}


def operator(type_: str, **fields: Any) -> Json:
    """A command of the operator, who names no item."""
    one = command(type_, ISSUER, role="operator", item="", **fields)
    return {name: value for name, value in one.items() if name != "item"}


def rung_at(calendar: Calendar, day: date, number: int) -> datetime:
    """When that rung of a deadline at the end of ``day`` is rung: at eight."""
    return moment(calendar.plus(day, number) if number >= 0 else calendar.minus(day, -number), time(8))


def of_type(events: Sequence[Event], kind: type[Data]) -> list[Data]:
    """What those of one kind say, in order."""
    return [event.data for event in events if isinstance(event.data, kind)]


async def kinds(service: Service, handle: Handle) -> Counter[str]:
    """How many events of each kind the journal holds."""
    return Counter(event.data.type for event in await service.events(handle.id))


async def runs_of(service: Service, handle: Handle) -> list[WorkflowHistory]:
    """The histories of all runs, the first run first."""
    histories = [await service.client.get_workflow_handle(handle.id).fetch_history()]
    while before := histories[0].events[0].workflow_execution_started_event_attributes.continued_execution_run_id:
        run = service.client.get_workflow_handle(handle.id, run_id=before)
        histories.insert(0, await run.fetch_history())
    return histories


def timers(histories: Sequence[WorkflowHistory]) -> int:
    """How many were started."""
    return sum(event.HasField("timer_started_event_attributes") for history in histories for event in history.events)
