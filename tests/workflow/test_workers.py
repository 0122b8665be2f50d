"""Deadlines while nobody decides, and at the last moment."""

import asyncio
from datetime import UTC, timedelta

import pytest
from temporalio.client import WorkflowFailureError
from temporalio.exceptions import ApplicationError

from domain.calendar import end_of
from domain.commands.report import ReportSubmitted
from domain.timed.deadline import DeadlinePassed, RungReached
from tests.support.clockwork import (
    LADDER,
    WEEKENDS,
    by,
    forward_to,
    issued,
    now_of,
    of_type,
    rung_at,
    working_day,
)
from tests.support.parts import TemporalServer
from tests.support.service import Service, command, issue, running_service, stream_of
from tests.support.waiting import until


async def test_nobody_there_over_a_deadline_and_five_rungs_is_told_once_how_it_stands(
    temporal: TemporalServer, database_url: str
) -> None:
    client = temporal.skipper.client
    day = working_day(20)
    back = rung_at(WEEKENDS, day, 1) + timedelta(hours=3)
    async with running_service(client, database_url) as service:
        handle = await issued(service, temporal, issue(("unit-a",), deadline=by(day), policy=LADDER))
    # A run that waits for its worker holds time still; one that has yet to begin does not.
    await handle.terminate()
    delay = back - await now_of(temporal, handle)
    with temporal.skipper.with_time_skipping_disabled():
        again = await client.start_workflow("Directive", id=handle.id, task_queue=service.queue, start_delay=delay)
    skipped = asyncio.create_task(forward_to(temporal, again, rung_at(WEEKENDS, day, 3) + timedelta(hours=1)))
    await until(lambda: now_of(temporal, again), lambda now: now >= back)
    async with running_service(client, database_url, queue=service.queue) as later:
        await skipped
        events = await until(lambda: later.events(handle.id), lambda found: len(of_type(found, RungReached)) == 2)
    assert [(one.rung, one.skipped) for one in of_type(events, RungReached)] == [(1, [-7, -3, -1, 0]), (3, [])]
    assert [one.deadline for one in of_type(events, DeadlinePassed)] == [end_of(day)]


async def test_of_two_units_the_one_whose_report_was_signalled_before_the_deadline_while_no_worker_ran_is_on_time(
    temporal: TemporalServer, database_url: str
) -> None:
    client = temporal.skipper.client
    day = working_day(20)
    deadline = end_of(day)
    async with running_service(client, database_url) as service:
        handle = await issued(service, temporal, issue(("unit-a", "unit-b"), deadline=by(day), policy=LADDER))
        await handle.execute_update("submit", command("acknowledge", "unit-a"))
        await forward_to(temporal, handle, deadline - timedelta(seconds=8))
    await handle.signal("submit", command("report", "unit-a", text="Đã hoàn thành."))
    [signalled] = [
        event.event_time.ToDatetime(UTC)
        for event in (await handle.fetch_history()).events
        if event.HasField("workflow_execution_signaled_event_attributes")
    ]
    assert signalled < deadline
    await until(lambda: now_of(temporal, handle), lambda now: now > deadline)
    async with running_service(client, database_url, queue=service.queue) as later:
        events = await until(lambda: later.events(handle.id), lambda found: of_type(found, DeadlinePassed) != [])
    [reported] = [event for event in events if isinstance(event.data, ReportSubmitted)]
    assert (reported.at, reported.clock) == (signalled, "server")
    # The other unit's deadline went by in the same hour of nobody.
    assert [one.assignment for one in of_type(events, DeadlinePassed)] == ["1.2"]


async def test_an_extension_granted_in_the_last_seconds_before_the_alarm_moves_it(
    skipping: Service, temporal: TemporalServer
) -> None:
    day, later = working_day(20), working_day(30)
    handle = await issued(skipping, temporal, issue(("unit-a",), deadline=by(day), policy=LADDER))
    for one in (
        command("acknowledge", "unit-a"),
        command("request_extension", "unit-a", until=by(later), reason="Cần thêm thời gian."),
    ):
        assert (await handle.execute_update("submit", one))["outcome"] == "done"
    await forward_to(temporal, handle, end_of(day) - timedelta(seconds=3))
    granted = command("grant_extension", "unit-a", role="leader", unit="unit-a")
    assert (await handle.execute_update("submit", granted))["outcome"] == "done"
    assert await now_of(temporal, handle) < end_of(day)
    await forward_to(temporal, handle, end_of(later) + timedelta(hours=1))
    events = await until(lambda: skipping.events(handle.id), lambda found: of_type(found, DeadlinePassed) != [])
    assert [one.deadline for one in of_type(events, DeadlinePassed)] == [end_of(later)]
    assert [one.rung for one in of_type(events, RungReached) if one.deadline == end_of(day)] == [-7, -3, -1, 0]


async def test_a_rule_that_cannot_be_reckoned_is_refused_at_issue_and_the_start_fails_with_the_reason(
    service: Service,
) -> None:
    start = issue(deadline={"kind": "recurring", "every": "month", "day": 15, "until": "2026-11-10"})
    answer, _ = await service.start(start)
    assert (answer["outcome"], answer["code"]) == ("refused", "unreckonable")
    by_hand = issue(deadline={"kind": "recurring", "every": "month", "day": 15, "until": "2026-11-10"})
    handle = await service.client.start_workflow("Directive", by_hand, id=stream_of(by_hand), task_queue=service.queue)
    with pytest.raises(WorkflowFailureError) as failed:
        await handle.result()
    assert isinstance(failed.value.cause, ApplicationError)
    assert failed.value.cause.type == "unreckonable"
    assert "1" in failed.value.cause.message
    assert await service.events(handle.id) == []
