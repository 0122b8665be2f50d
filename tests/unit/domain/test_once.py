"""Every command once: repeated it gets its first answer; its id with other content is refused, once and for ever."""

import pytest

from domain.refusal import Code
from tests.support.builders import acknowledge, directive, obligation, progress
from tests.support.desk import Desk


def test_a_command_repeated_gets_its_first_answer_and_no_second_event() -> None:
    desk = Desk()
    one = acknowledge()
    first = desk.one(one)
    desk.do(acknowledge("unit-b"))
    before = desk.state.version
    assert desk.one(one) == first
    assert (first.outcome, first.version, desk.state.version) == ("done", 2, before)


def test_a_refused_command_repeated_stays_refused_even_where_it_would_now_be_allowed() -> None:
    desk = Desk()
    early = progress()
    first = desk.one(early)
    desk.do(acknowledge())
    assert desk.one(early) == first
    assert first.code is Code.NOT_ACKNOWLEDGED


def test_a_command_that_stands_twice_in_one_list_is_carried_out_once() -> None:
    desk = Desk()
    one = acknowledge()
    first, second = desk.give(one, one)
    assert first == second
    assert desk.state.version == 2


def test_a_command_id_used_again_for_other_content_is_refused_and_leaves_a_trace() -> None:
    desk = Desk()
    desk.do(acknowledge("unit-a", command_id="the-same"))
    outcome = desk.one(acknowledge("unit-b", command_id="the-same"))
    assert outcome.code is Code.COMMAND_ID_REUSED
    assert outcome.details == {"command_id": "the-same"}
    assert desk.events[-1].data.type == "CommandRejected"
    assert desk.state.receipts["unit-b"].acknowledged_at is None


def test_that_refusal_too_is_given_once_and_repeated_afterwards() -> None:
    desk = Desk()
    desk.do(acknowledge("unit-a", command_id="the-same"))
    other = acknowledge("unit-b", command_id="the-same")
    first = desk.one(other)
    version = desk.state.version
    assert desk.one(other) == first
    assert desk.state.version == version


def test_a_third_content_under_the_same_id_is_refused_with_a_trace_of_its_own() -> None:
    desk = Desk(directive(obligation("unit-a", "unit-b", "unit-c")))
    desk.do(acknowledge("unit-a", command_id="the-same"))
    for unit in ("unit-b", "unit-c"):
        assert desk.one(acknowledge(unit, command_id="the-same")).code is Code.COMMAND_ID_REUSED
    assert [event.data.type for event in desk.events[-2:]] == ["CommandRejected"] * 2
    assert len({event.event_id for event in desk.events}) == len(desk.events)


def test_a_refused_commands_id_is_used_up_too() -> None:
    desk = Desk()
    desk.one(progress(command_id="the-same"))
    assert desk.one(acknowledge(command_id="the-same")).code is Code.COMMAND_ID_REUSED


@pytest.mark.parametrize("count", [1, 3])
def test_the_same_content_under_other_ids_is_another_command(count: int) -> None:
    desk = Desk()
    desk.do(acknowledge())
    outcomes = [desk.one(progress()) for _ in range(count)]
    assert [one.outcome for one in outcomes] == ["done"] * count
    assert desk.state.version == 2 + count


def test_the_same_command_always_yields_the_same_event_ids() -> None:
    def ids() -> list[object]:
        desk = Desk()
        desk.do(acknowledge(command_id="the-same"))
        return [desk.events[-1].event_id]

    assert ids() == ids()
