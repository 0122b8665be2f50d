"""Time as a scenario dates it: honoured on the simulations' queue alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.testing import ActivityEnvironment

from activities.signal_times import Seen
from activities.simulated_time import SimulatedTime
from domain.wire import SIMULATION_QUEUE, TASK_QUEUE, HandleRequest, HandleResult, Message

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
BACK = timedelta(days=-1_000, seconds=7)
MESSAGE = Message(id="1", door="update", name="submit", received_at=NOW, run_id="run")
REQUEST = HandleRequest(stream="directive/office/2023/01-X", now=NOW + timedelta(minutes=1), messages=[MESSAGE])


def on(queue: str) -> ActivityEnvironment:
    environment = ActivityEnvironment()
    environment.info = replace(environment.info, task_queue=queue)
    return environment


def test_a_request_and_its_messages_are_dated_by_the_scenario() -> None:
    asked = on(SIMULATION_QUEUE).run(SimulatedTime(BACK).asked, REQUEST)
    assert asked.now == REQUEST.now + BACK
    assert [one.received_at for one in asked.messages] == [NOW + BACK]
    assert REQUEST.messages[0].received_at == NOW


def test_a_real_queue_is_never_told_another_time() -> None:
    with pytest.raises(RuntimeError, match=f"'{TASK_QUEUE}' is real"):
        on(TASK_QUEUE).run(SimulatedTime(BACK).asked, REQUEST)


def test_the_workflow_hears_of_its_alarm_by_its_own_clock() -> None:
    time = SimulatedTime(BACK)
    assert time.answered(HandleResult(next_alarm=NOW + BACK)).next_alarm == NOW
    assert time.answered(HandleResult()).next_alarm is None


def test_what_the_server_saw_is_dated_by_the_scenario() -> None:
    seen = SimulatedTime(BACK).seen({"1": Seen(NOW, "somebody")})
    assert seen == {"1": Seen(NOW + BACK, "somebody")}


def test_events_tell_whole_seconds() -> None:
    assert SimulatedTime(BACK).seconds == -86_399_993
    with pytest.raises(ValueError, match="whole seconds"):
        SimulatedTime(timedelta(seconds=1.5))
