"""Rung by rung, on a server whose time is skipped."""

from datetime import timedelta
from uuid import uuid4

from temporalio.worker import Replayer

from domain.actor import SYSTEM
from domain.base import local
from domain.calendar import Calendar, end_of
from domain.commands.apply_calendar import CalendarApplied
from domain.commands.demand_explanation import ExplanationDemanded
from domain.timed.acknowledgement import AcknowledgementRungReached
from domain.timed.answer import AnswerRungReached
from domain.timed.deadline import DeadlinePassed, RungReached
from tests.support.clockwork import (
    LADDER,
    NUMBERS,
    WEEKENDS,
    by,
    forward_to,
    issued,
    now_of,
    of_type,
    operator,
    rung_at,
    runs_of,
    timers,
    working_day,
)
from tests.support.parts import TemporalServer
from tests.support.service import Service, command, issue
from tests.support.waiting import until
from workflows.converter import WORKER_CONVERTER
from workflows.directive import Directive


async def rungs(service: Service, stream: str) -> list[RungReached]:
    return of_type(await service.events(stream), RungReached)


async def test_over_sixty_days_every_rung_is_rung_once_in_working_hours_and_all_of_it_replays(
    skipping: Service, temporal: TemporalServer
) -> None:
    day = working_day(20)
    handle = await issued(skipping, temporal, issue(("unit-a",), deadline=by(day), policy=LADDER))
    end = end_of(working_day(60))
    await forward_to(temporal, handle, end)
    expected = [number for number in NUMBERS if rung_at(WEEKENDS, day, number) < end]
    found = await until(lambda: rungs(skipping, handle.id), lambda found: len(found) >= len(expected))
    assert [one.rung for one in found] == expected
    assert [one.due_at for one in found] == [rung_at(WEEKENDS, day, number) for number in expected]
    assert all(WEEKENDS.next_open(one.due_at) == one.due_at for one in found)
    assert not any(one.skipped for one in found)
    rung = [(event.at, event.data) for event in await skipping.events(handle.id) if isinstance(event.data, RungReached)]
    assert all(at - data.due_at < timedelta(minutes=1) for at, data in rung)
    replayer = Replayer(workflows=[Directive], data_converter=WORKER_CONVERTER)
    for history in await runs_of(skipping, handle):
        result = await replayer.replay_workflow(history, raise_on_replay_failure=False)
        assert result.replay_failure is None


async def test_a_ladder_of_a_hundred_units_with_one_deadline_is_a_timer_for_each_moment(
    skipping: Service, temporal: TemporalServer
) -> None:
    day = working_day(20)
    units = tuple(f"unit-{number}" for number in range(100))
    policy = {**LADDER, "explain_late": True}
    handle = await issued(skipping, temporal, issue(units, deadline=by(day), policy=policy))
    end = end_of(working_day(50))
    await forward_to(temporal, handle, end)
    expected = [number for number in NUMBERS if rung_at(WEEKENDS, day, number) < end]
    wanted = 100 * len(expected)
    await until(lambda: rungs(skipping, handle.id), lambda found: len(found) >= wanted)
    events = await skipping.events(handle.id)
    assert len(of_type(events, RungReached)) == wanted
    moments = {alarm.due_at for event in events if (alarm := event.data.alarm()) is not None}
    assert timers(await runs_of(skipping, handle)) <= len(moments) + 2


async def test_two_alarms_of_one_instant_are_one_batch_and_each_happens_once(
    skipping: Service, temporal: TemporalServer
) -> None:
    day = working_day(20)
    tasks = [
        {"item": item, "text": "Báo cáo.", "mode": "each", "lead": ["unit-a"], "deadline": by(day)}
        for item in ("1", "2")
    ]
    policy = {**LADDER, "explain_late": True}
    handle = await issued(skipping, temporal, issue(("unit-a",), obligations=tasks, policy=policy))
    await forward_to(temporal, handle, rung_at(WEEKENDS, day, 1) + timedelta(hours=1))
    last = await until(
        lambda: skipping.events(handle.id),
        lambda events: [event.data.type for event in events].count("ExplanationDemanded") == 2,
    )
    passed = [event for event in last if isinstance(event.data, DeadlinePassed)]
    first_late = [
        event
        for event in last
        if event.data.type == "ExplanationDemanded" or (isinstance(event.data, RungReached) and event.data.rung == 1)
    ]
    for batch, count in ((passed, 2), (first_late, 4)):
        assert len(batch) == count
        assert len({event.at for event in batch}) == 1
        versions = [event.version for event in batch]
        assert versions == list(range(versions[0], versions[0] + count))


async def test_a_run_that_goes_on_as_another_between_two_rungs_rings_each_once(
    skipping: Service, temporal: TemporalServer
) -> None:
    day = working_day(20)
    handle = await issued(skipping, temporal, issue(("unit-a",), deadline=by(day), policy=LADDER))
    first = await runs_of(skipping, handle)
    await forward_to(temporal, handle, rung_at(WEEKENDS, day, -7) + timedelta(hours=1))
    stream = skipping.client.get_workflow_handle(handle.id)
    await stream.signal("submit", command("acknowledge", "unit-a"))
    for percent in range(60):
        await stream.signal("submit", command("progress", "unit-a", percent=percent))
    await skipping.version_reaches(handle.id, 2 + 1 + 1 + 60)
    await until(lambda: runs_of(skipping, handle), lambda runs: len(runs) > len(first))
    await forward_to(temporal, stream, end_of(day) + timedelta(days=1))
    found = await until(lambda: rungs(skipping, handle.id), lambda found: len(found) >= 4)
    assert [one.rung for one in found[:4]] == [-7, -3, -1, 0]
    assert len({one.rung for one in found}) == len(found)


async def test_a_pause_over_three_rungs_is_followed_by_one_batch_that_names_what_was_skipped(
    skipping: Service, temporal: TemporalServer
) -> None:
    day = working_day(20)
    units = ("unit-a", "unit-b", "unit-c")
    handle = await issued(skipping, temporal, issue(units, deadline=by(day), policy=LADDER))
    over = rung_at(WEEKENDS, day, -1) + timedelta(hours=2)
    answer = await handle.execute_update(
        "submit", operator("pause", until=over.isoformat(), reason="Lịch làm việc có sai sót.")
    )
    assert answer["outcome"] == "done", answer
    await forward_to(temporal, handle, over + timedelta(hours=1))
    await until(lambda: rungs(skipping, handle.id), lambda found: len(found) >= len(units))
    rung = [(event.at, event.data) for event in await skipping.events(handle.id) if isinstance(event.data, RungReached)]
    assert [(data.rung, data.skipped) for _, data in rung] == [(-1, [-7, -3])] * 3
    [at] = {at for at, _ in rung}
    assert timedelta() <= at - over < timedelta(minutes=1)


async def test_a_calendar_applied_between_two_rungs_moves_those_to_come(
    skipping: Service, temporal: TemporalServer
) -> None:
    day = working_day(30)
    handle = await issued(skipping, temporal, issue(("unit-a",), deadline=by(day), policy=LADDER))
    await forward_to(temporal, handle, rung_at(WEEKENDS, day, -7) + timedelta(hours=1))
    await until(lambda: rungs(skipping, handle.id), lambda found: len(found) == 1)
    off = [WEEKENDS.minus(day, 2), WEEKENDS.plus(day, 1)]
    announced = Calendar(id="announced", version="2", off=off)
    applied = operator(
        "apply_calendar",
        calendar=announced.model_dump(mode="json"),
        document={"notation": "12/TB-UBND", "issued_date": local(WEEKENDS.next_open(end_of(day))).date().isoformat()},
    )
    answer = await handle.execute_update("submit", applied)
    assert answer["outcome"] == "done", answer
    await forward_to(temporal, handle, rung_at(announced, day, 3) + timedelta(hours=1))
    found = await until(lambda: rungs(skipping, handle.id), lambda found: len(found) >= 6)
    assert [one.rung for one in found] == [-7, -3, -1, 0, 1, 3]
    assert found[0].due_at == rung_at(WEEKENDS, day, -7)
    assert [one.due_at for one in found[1:]] == [rung_at(announced, day, number) for number in (-3, -1, 0, 1, 3)]
    assert found[1].due_at != rung_at(WEEKENDS, day, -3)
    assert len(of_type(await skipping.events(handle.id), CalendarApplied)) == 1


async def test_by_the_assumed_policy_nobody_is_urged_at_night_or_on_a_day_off(
    skipping: Service, temporal: TemporalServer
) -> None:
    day = working_day(20)
    handle = await issued(skipping, temporal, issue(deadline=by(day)))
    reached = [{"unit": unit, "notice": str(uuid4()), "channel": "email"} for unit in ("unit-a", "unit-b")]
    now = (await now_of(temporal, handle)).isoformat()
    for one in (
        {
            "type": "record_delivery",
            "command_id": str(uuid4()),
            "actor": SYSTEM.model_dump(mode="json"),
            "deliveries": [{**delivery, "at": now} for delivery in reached],
        },
        command("acknowledge", "unit-b"),
        command("report", "unit-b", text="Đã hoàn thành."),
    ):
        assert (await handle.execute_update("submit", one))["outcome"] == "done"
    await forward_to(temporal, handle, end_of(working_day(50)))
    urging = (RungReached, AcknowledgementRungReached, AnswerRungReached, ExplanationDemanded)
    events = await until(
        lambda: skipping.events(handle.id), lambda found: all(of_type(found, kind) != [] for kind in urging)
    )
    urged = [event for event in events if isinstance(event.data, urging)]
    assert all(WEEKENDS.next_open(event.at) == event.at for event in urged)
