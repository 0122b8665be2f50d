"""A history read again: the batches that its run handed to ``handle``, message by message as the mailbox made them.

Kept beside the mailbox, whose other half it is: what is named or ordered differently there must be so here.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from uuid import uuid5

from google.protobuf.timestamp_pb2 import Timestamp
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent, WorkflowExecutionStartedEventAttributes
from temporalio.common import RawValue

from domain.wire import Batch, Carried, Message, Told
from workflows.mailbox import NAMESPACE
from workflows.raw import carried_from, raw

LOCAL_ACTIVITY: Final = "core_local_activity"
"""The SDK's name of the marker that a local activity leaves."""
CLOSING: Final = frozenset(
    {
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
    }
)


def retold(stream: str, run_id: str, events: Iterable[HistoryEvent]) -> Told:
    """What the run was told and what it was answered. ``events``: of its history, from the first one on."""
    return _Retelling(stream, run_id).tell(events)


@dataclass(slots=True)
class _Task:
    """A workflow task: when it began, and what it took in."""

    now: datetime
    messages: list[Message] = field(default_factory=list)
    version: int | None = None


class _Began(NamedTuple):
    """When a workflow task began, how much had come by then, and how many signals of the run."""

    at: Timestamp
    coming: int
    signals: int


class _Retelling:
    def __init__(self, stream: str, run_id: str) -> None:
        self._stream = stream
        self._run_id = run_id
        self._first_run = run_id
        self._told = Told()
        self._signals = 0
        self._carried = 0
        self._coming: list[Message] = []
        self._cancels = False
        self._began: dict[int, _Began] = {}
        self._tasks: list[_Task] = []
        self._scheduled: dict[int, int] = {}
        self._admitted: dict[str, Any] = {}
        self._closed: datetime | None = None

    def tell(self, events: Iterable[HistoryEvent]) -> Told:
        for event in events:
            self._take(event)
        if self._coming and self._closed is not None:
            self._tasks.append(_Task(self._closed, self._coming))
        self._told.batches = [
            Batch(now=task.now, messages=task.messages, version=task.version, closed=self._closed is not None)
            for task in self._tasks
        ]
        return self._told

    def _take(self, event: HistoryEvent) -> None:  # noqa: C901, PLR0912 - one line for each kind of event
        match event.event_type:
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:
                self._start(event.workflow_execution_started_event_attributes, _instant(event.event_time))
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED:
                signaled = event.workflow_execution_signaled_event_attributes
                self._signal(signaled.signal_name, signaled.input.payloads, _instant(event.event_time))
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED:
                self._cancels = True
            case EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED:
                self._began[event.event_id] = _Began(event.event_time, len(self._coming), self._signals)
            case EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
                self._finish(event.workflow_task_completed_event_attributes.started_event_id)
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED:
                request = event.workflow_execution_update_admitted_event_attributes.request
                self._admitted[request.meta.update_id] = request
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:
                self._accept(event)
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
                completed = event.workflow_execution_update_completed_event_attributes
                self._hear(completed.outcome.success.payloads)
            case EventType.EVENT_TYPE_MARKER_RECORDED:
                marker = event.marker_recorded_event_attributes
                if marker.marker_name == LOCAL_ACTIVITY and "result" in marker.details:
                    self._answer(len(self._tasks), marker.details["result"].payloads)
            case EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
                self._scheduled[event.event_id] = len(self._tasks)
            case EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
                done = event.activity_task_completed_event_attributes
                self._answer(self._scheduled.get(done.scheduled_event_id, 0), done.result.payloads)
            case kind if kind in CLOSING:
                self._closed = _instant(event.event_time)

    def _start(self, started: WorkflowExecutionStartedEventAttributes, at: datetime) -> None:
        self._first_run = started.first_execution_run_id
        if started.continued_execution_run_id and not started.cron_schedule:
            carried = carried_from([RawValue(one) for one in started.input.payloads])
            if carried is not None:
                self._continue(carried)
                return
        self._coming.append(
            Message(
                id=str(uuid5(NAMESPACE, f"{self._stream}/start/{self._first_run}")),
                door="start",
                name="",
                payloads=[raw(one) for one in started.input.payloads],
                received_at=at,
                run_id=self._run_id,
            )
        )

    def _continue(self, carried: Carried) -> None:
        self._carried = carried.signals_seen
        self._coming = [*carried.messages]
        self._told.began = self._told.knows = carried.version

    def _signal(self, name: str, payloads: Sequence[Payload], at: datetime) -> None:
        self._signals += 1
        kept = [raw(one) for one in payloads]
        self._coming.append(
            self._message(
                id=self._id("signal", self._signals, "/".join(one.sha256 for one in kept)),
                door="signal",
                name=name,
                payloads=kept,
                received_at=at,
                ordinal=self._signals,
            )
        )

    def _id(self, door: str, signals: int, content: str) -> str:
        return str(uuid5(NAMESPACE, f"{self._first_run}/{door}/{self._carried + signals}/{content}"))

    def _message(self, **fields: Any) -> Message:  # noqa: ANN401 - of Message
        return Message(run_id=self._run_id, **fields)

    def _finish(self, started: int) -> None:
        """A task that failed or timed out took nothing in: the next one gets the same."""
        at, count, signals = self._began[started]
        now = _now(at)
        # What was carried over was taken in by the run before.
        times = {"signal": now, "start": _instant(at)}
        taken, self._coming = self._coming[:count], self._coming[count:]
        messages = [_taken_in(one, times[one.door]) if one.run_id == self._run_id else one for one in taken]
        if self._cancels:
            # The workflow hears of it when it has taken in the signals that came with it.
            self._cancels = False
            id_ = self._id("cancel", signals, "")
            messages.append(self._message(id=id_, door="cancel", name="", received_at=now))
        self._tasks.append(_Task(now, messages))

    def _accept(self, event: HistoryEvent) -> None:
        accepted = event.workflow_execution_update_accepted_event_attributes
        request = accepted.accepted_request
        if not request.meta.update_id:
            request = self._admitted.get(accepted.protocol_instance_id, request)
        task = self._tasks[-1]
        task.messages.append(
            self._message(
                id=str(uuid5(NAMESPACE, f"{self._stream}/update/{request.meta.update_id}")),
                door="update",
                name=request.input.name,
                payloads=[raw(one) for one in request.input.args.payloads],
                received_at=task.now,
            )
        )

    def _answer(self, tasks: int, payloads: Sequence[Payload]) -> None:
        """``handle`` answered what had come in with that many tasks."""
        version = max(_versions(payloads), default=None)
        if version is None:
            return
        for task in self._tasks[:tasks]:
            if task.version is None:
                task.version = version
        self._told.last = version
        self._hear(payloads)

    def _hear(self, payloads: Sequence[Payload]) -> None:
        self._told.knows = max([self._told.knows, *_versions(payloads)])


def _taken_in(message: Message, now: datetime) -> Message:
    return message.model_copy(update={"received_at": now})


def _versions(payloads: Sequence[Payload]) -> Iterator[int]:
    """Of a result of ``handle``, or of one outcome or several."""
    for payload in payloads:
        try:
            content = json.loads(payload.data)
        except ValueError:
            continue
        for one in content if isinstance(content, list) else [content]:
            if isinstance(one, dict) and isinstance(one.get("version"), int):
                yield one["version"]


def _instant(time: Timestamp) -> datetime:
    return time.ToDatetime(UTC)


def _now(time: Timestamp) -> datetime:
    """As ``workflow.now`` gives it, which rounds by a floating point number."""
    return datetime.fromtimestamp(time.ToNanoseconds() / 1e9, UTC)
