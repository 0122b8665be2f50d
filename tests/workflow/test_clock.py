"""What time alone brings about, on a server whose time is skipped."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from tests.support.builders import QUIET
from tests.support.clockwork import by, issued, kinds, runs_of, timers, working_day
from tests.support.parts import TemporalServer
from tests.support.service import Service, command, issue, running_service
from tests.support.waiting import until

ONCE = {**QUIET, "ladder": {"rungs": [-3], "then_every": 0}}


async def test_a_deadline_brings_one_reminder_and_one_overdue_event_and_no_more(
    skipping: Service, temporal: TemporalServer
) -> None:
    start = issue(("unit-a",), deadline=by(working_day(30)), policy=ONCE)
    handle = await issued(skipping, temporal, start)
    await temporal.skipper.fast_forward(handle, timedelta(days=60))
    await skipping.version_reaches(handle.id, 4)
    assert await kinds(skipping, handle) == Counter(
        {"DirectiveIssued": 1, "DeadlineSet": 1, "RungReached": 1, "DeadlinePassed": 1}
    )
    events = await skipping.events(handle.id)
    assert all(event.at - event.data.alarm().due_at < timedelta(minutes=1) for event in events[2:])


async def test_no_reminder_and_no_overdue_event_while_the_report_waits_for_the_issuer(
    skipping: Service, temporal: TemporalServer
) -> None:
    start = issue(("unit-a",), deadline=by(working_day(30)), policy=ONCE)
    handle = await issued(skipping, temporal, start)
    for one in (command("acknowledge", "unit-a"), command("report", "unit-a", text="xong")):
        await handle.execute_update("submit", one)
    await temporal.skipper.fast_forward(handle, timedelta(days=60))
    returned = await handle.execute_update("submit", command("return", "unit-a", role="leader", reason="thiếu"))
    assert returned["outcome"] == "done"
    # Back with the unit after its deadline: that it is past is said now, with the next batch.
    await handle.execute_update("submit", command("progress", "unit-a", percent=90))
    found = await kinds(skipping, handle)
    assert found["DeadlinePassed"] == 1
    assert found["RungReached"] == 0


async def test_deadlines_of_many_units_at_one_moment_are_one_timer_and_one_batch(
    skipping: Service, temporal: TemporalServer
) -> None:
    units = tuple(f"unit-{number}" for number in range(30))
    handle = await issued(skipping, temporal, issue(units, deadline=by(working_day(30)), policy=ONCE))
    await temporal.skipper.fast_forward(handle, timedelta(days=60))
    await until(lambda: kinds(skipping, handle), lambda found: found["DeadlinePassed"] == 30)
    assert timers(await runs_of(skipping, handle)) == 2


async def test_commands_between_two_alarms_start_no_further_timer(skipping: Service, temporal: TemporalServer) -> None:
    handle = await issued(skipping, temporal, issue(("unit-a",), deadline=by(working_day(30)), policy=ONCE))
    await handle.execute_update("submit", command("acknowledge", "unit-a"))
    for number in range(10):
        await handle.execute_update("submit", command("progress", "unit-a", percent=number))
    history = await handle.fetch_history()
    assert sum(event.HasField("timer_started_event_attributes") for event in history.events) == 1


async def test_a_closed_directive_lingers_for_the_policys_days_and_its_run_then_ends(
    skipping: Service, temporal: TemporalServer
) -> None:
    handle = await issued(skipping, temporal, issue(("unit-a",), policy={**QUIET, "linger_days": 7}))
    for one in (
        command("acknowledge", "unit-a"),
        command("report", "unit-a", text="xong"),
        command("accept", "unit-a", role="leader"),
        command("close", "unit-a", role="leader"),
    ):
        assert (await handle.execute_update("submit", one))["outcome"] == "done"
    await temporal.skipper.fast_forward(handle, timedelta(days=8))
    ended = await handle.result()
    assert ended["phase"] == "closed"
    assert (await kinds(skipping, handle))["DirectiveClosed"] == 1


async def test_after_its_run_has_ended_a_later_command_is_still_answered(
    skipping: Service, temporal: TemporalServer
) -> None:
    handle = await issued(skipping, temporal, issue(("unit-a",), policy={**QUIET, "linger_days": 0}))
    for one in (
        command("acknowledge", "unit-a"),
        command("report", "unit-a", text="xong"),
        command("accept", "unit-a", role="leader"),
        command("close", "unit-a", role="leader"),
    ):
        await handle.execute_update("submit", one)
    await handle.result()
    with temporal.skipper.with_time_skipping_disabled():
        answer = await skipping.submit(handle.id, command("acknowledge", "unit-a"))
    assert answer["code"] == "directive_closed"


async def test_a_signal_that_waited_for_a_worker_bears_the_time_at_which_it_reached_the_server(
    temporal: TemporalServer, database_url: str
) -> None:
    async with running_service(temporal.client, database_url) as service:
        handle = await service.issue(issue(("unit-a",)))
    # No worker runs. The sender's clock is far off, so only the server can say when the signal came.
    await temporal.client.get_workflow_handle(handle.id).signal(
        "submit", {**command("acknowledge", "unit-a"), "sent_at": "2020-01-01T00:00:00Z"}
    )
    history = await handle.fetch_history()
    [signalled] = [event for event in history.events if event.HasField("workflow_execution_signaled_event_attributes")]
    async with running_service(temporal.client, database_url, queue=service.queue) as later:
        await later.version_reaches(handle.id, 2)
        acknowledged = (await later.events(handle.id))[1]
    assert acknowledged.clock == "server"
    assert acknowledged.at == signalled.event_time.ToDatetime(UTC)
    assert acknowledged.sent_at == datetime(2020, 1, 1, tzinfo=UTC)


async def test_a_command_sent_within_five_minutes_bears_its_senders_time(service: Service) -> None:
    handle = await service.issue(issue(("unit-a",)))
    slow = datetime.now(UTC) - timedelta(minutes=4)
    start = (await service.events(handle.id))[0]
    await handle.execute_update("submit", {**command("acknowledge", "unit-a"), "sent_at": slow.isoformat()})
    acknowledged = (await service.events(handle.id))[1]
    assert acknowledged.clock == "sender"
    assert acknowledged.sent_at == slow
    # But no answer comes before its question.
    assert acknowledged.at == start.at
