"""The workflow ``Directive``: a durable mailbox and a clock. What may happen is decided by the activity ``handle``.

    open: handle the start               issued now, or taken up where the journal stands
    until the directive has ended:
        wait for a message or the next alarm
        handle what came; answer those who wait
        continue as new when the server suggests it

Nothing here decides. Changing which commands this file gives to Temporal needs ``workflow.patched`` and a replayed
history of the release before; ``tests/replay`` guards it.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from temporalio import workflow
from temporalio.common import RawValue, RetryPolicy, SearchAttributeUpdate
from temporalio.exceptions import ApplicationError, FailureError

with workflow.unsafe.imports_passed_through():
    from domain.wire import HANDLE, WORKFLOW_TYPE, Carried, HandleRequest, HandleResult, Message
    from workflows.attributes import changes
    from workflows.mailbox import Mailbox
    from workflows.raw import LARGEST, carried_from, raw

ONE_TRY: Final = RetryPolicy(maximum_attempts=1)
UNTIL_DONE: Final = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), backoff_coefficient=2, maximum_interval=timedelta(seconds=10)
)


@workflow.defn(name=WORKFLOW_TYPE)
class Directive:
    """One directive. Updates and signals ``submit``, query ``state``."""

    @workflow.init
    def __init__(self, *start: RawValue) -> None:
        # Here and not in run: signals and updates of a run's first task are taken in before run begins.
        info = workflow.info()
        # By cron, a run goes on from another without its having said so: what it starts with is a stranger's word.
        carried = carried_from(start) if info.continued_run_id and not info.cron_schedule else None
        self._mailbox = Mailbox(carried)
        self._begins = carried is None
        self._result = HandleResult()
        self._attributes: dict[str, str] = {}
        self._armed: datetime | None = None
        self._timer: asyncio.Task[None] | None = None

    @workflow.run
    async def run(self, *start: RawValue) -> dict[str, Any]:
        """Until the directive has ended. A cancel request is a message like any other: recorded and refused."""
        life = asyncio.create_task(self._live(start))
        try:
            carried = await asyncio.shield(life)
        except asyncio.CancelledError:
            # A worker that lets go of a run cancels its tasks as well; only a request from outside has a reason.
            if life.cancelled() or workflow.cancellation_reason() is None:
                raise
            self._mailbox.put("cancel", "", [])
            carried = await life
        if carried is not None:
            workflow.continue_as_new({"carried": carried.model_dump(mode="json")})
        return self.state()

    @workflow.signal(dynamic=True)
    def on_signal(self, name: str, args: Sequence[RawValue]) -> None:
        """Whatever comes is kept as it came: unknown names, wrong arity and garbage are answered by ``handle``."""
        self._mailbox.put("signal", name, [raw(arg.payload) for arg in args])

    @workflow.update(dynamic=True)
    async def on_update(self, name: str, args: Sequence[RawValue]) -> Any:  # noqa: ANN401 - the answer's JSON
        """Wait for the outcome: an object for a command, a list for a list."""
        message = self._mailbox.put("update", name, [raw(arg.payload) for arg in args])
        await workflow.wait_condition(lambda: message.id in self._mailbox.answers)
        return self._mailbox.answers.pop(message.id)

    @on_update.validator
    def check_update(self, name: str, args: Sequence[RawValue]) -> None:
        """Refused before it leaves a trace in the history."""
        if name != "submit":
            raise ApplicationError(f"there is no update {name!r}, only submit", type="unknown_name")
        if len(args) != 1:
            raise ApplicationError(f"submit takes one argument, not {len(args)}", type="wrong_arity")
        if (size := len(args[0].payload.data)) > LARGEST:
            # Accepted, it would have to fit into the history; if it does not, the workflow task fails for ever.
            raise ApplicationError(f"{size} bytes are more than {LARGEST}", type="too_large")

    @workflow.query
    def state(self) -> dict[str, Any]:
        """Version, phase, counts, next alarm: as of the last batch."""
        return self._result.model_dump(mode="json", include={"version", "phase", "counts", "next_alarm"})

    async def _live(self, start: Sequence[RawValue]) -> Carried | None:
        await self._open(start)
        while True:
            await workflow.wait_condition(lambda: self._result.finished or self._must_handle())
            if self._must_handle():
                await self._handle()
            if self._result.finished or workflow.info().is_continue_as_new_suggested():
                await self._settle()
            if self._result.finished and self._mailbox.empty:
                return None
            if workflow.info().is_continue_as_new_suggested() and self._mailbox.can_be_carried:
                return self._mailbox.carry(self._result.version)

    async def _open(self, start: Sequence[RawValue]) -> None:
        if self._begins:
            self._mailbox.put_first([raw(one.payload) for one in start])
        await self._handle()
        if failure := self._result.failure:
            # The start is none, but what else came may be meant for a directive that the journal knows.
            while not (self._mailbox.empty and workflow.all_handlers_finished()):
                await self._settle()
                if not self._mailbox.empty:
                    await self._handle()
            raise ApplicationError(failure.reason, type=failure.code, non_retryable=True)

    async def _settle(self) -> None:
        """Answer every update, those included that come meanwhile: none can be carried over or outlive the run.

        Waiting for the handlers alone would be a deadlock: their messages may still lie in the mailbox.
        """
        while not workflow.all_handlers_finished():
            await workflow.wait_condition(lambda: workflow.all_handlers_finished() or self._mailbox.has_updates)
            if self._mailbox.has_updates:
                await self._handle()

    def _must_handle(self) -> bool:
        alarm = self._result.next_alarm
        return not self._mailbox.empty or (alarm is not None and alarm <= workflow.now() and not self._result.finished)

    async def _handle(self) -> None:
        batch = self._mailbox.take()
        request = HandleRequest(stream=workflow.info().workflow_id, now=workflow.now(), messages=batch)
        result = await self._decide(request)
        self._mailbox.answers.update(result.answers)
        self._result = result
        workflow.set_current_details(result.headline)
        if updates := self._changed_attributes(result):
            workflow.upsert_search_attributes(updates)
        self._arm(result.next_alarm)

    async def _decide(self, request: HandleRequest) -> HandleResult:
        summary = _summary(request.messages)
        result: HandleResult
        try:
            result = await workflow.execute_local_activity(
                HANDLE,
                request,
                result_type=HandleResult,
                start_to_close_timeout=timedelta(seconds=1),
                retry_policy=ONE_TRY,
                summary=summary,
            )
        except FailureError:
            # The journal is away or slow. A regular activity waits for it outside of the workflow task.
            result = await workflow.execute_activity(
                HANDLE,
                request,
                result_type=HandleResult,
                start_to_close_timeout=timedelta(seconds=60),
                retry_policy=UNTIL_DONE,
                summary=summary,
            )
        return result

    def _changed_attributes(self, result: HandleResult) -> list[SearchAttributeUpdate[Any]]:
        if result.failure is not None or result.attributes == self._attributes:
            return []
        before, self._attributes = self._attributes, result.attributes
        return changes(before, result.attributes)

    def _arm(self, alarm: datetime | None) -> None:
        """One timer, on the nearest alarm. A later alarm does not re-arm it: each re-arming costs two events."""
        if alarm is None or alarm <= workflow.now() or (self._armed is not None and self._armed <= alarm):
            return
        if self._timer is not None:
            self._timer.cancel()
        self._armed = alarm
        self._timer = asyncio.create_task(self._sleep_until(alarm))

    async def _sleep_until(self, alarm: datetime) -> None:
        await workflow.sleep(alarm - workflow.now(), summary=f"alarm {alarm:%Y-%m-%d %H:%M}Z")
        self._timer = self._armed = None
        self._arm(self._result.next_alarm)


def _summary(messages: Sequence[Message]) -> str:
    doors = [message.door for message in messages]
    counted = [f"{doors.count(door)} {door}" for door in dict.fromkeys(doors)]
    return ", ".join(counted) or "alarm"
