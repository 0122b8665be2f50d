"""Commands that come in one message: in order with one outcome each, or all or none."""

from datetime import timedelta

from domain.arrival import Parcel
from domain.refusal import Code
from tests.support.builders import (
    acknowledge,
    by,
    directive,
    head_of,
    ladder,
    local_time,
    obligation,
    progress,
    report,
    return_report,
)
from tests.support.desk import Desk, arrival


def test_a_list_is_decided_in_order_and_one_refusal_stops_none_of_the_others() -> None:
    desk = Desk()
    outcomes = desk.give(progress(), acknowledge(), progress(percent=20), acknowledge())
    assert [one.code for one in outcomes] == [Code.NOT_ACKNOWLEDGED, None, None, Code.ALREADY_ACKNOWLEDGED]
    assert [one.version for one in outcomes] == [2, 3, 4, 5]
    assert [event.data.type for event in desk.events[1:]] == [
        "CommandRejected", "Acknowledged", "ProgressReported", "CommandRejected",
    ]  # fmt: skip


def test_every_outcome_names_the_events_it_brought_about() -> None:
    desk = Desk()
    outcomes = desk.give(acknowledge(), progress())
    for outcome, event in zip(outcomes, desk.events[1:], strict=True):
        [ref] = outcome.events
        assert (ref.version, ref.event_id, ref.type) == (event.version, event.event_id, event.data.type)
        assert event.command_id == outcome.command_id


def test_an_atomic_list_of_allowed_commands_is_carried_out_whole() -> None:
    desk = Desk()
    outcomes = desk.give(acknowledge(), progress(), report(by=head_of("unit-a")), atomic=True)
    assert [one.outcome for one in outcomes] == ["done"] * 3
    assert desk.state.assignments["1.1"].status == "with_issuer"
    assert desk.state.version == 4


def test_an_atomic_list_with_one_refusal_is_not_carried_out_at_all() -> None:
    desk = Desk()
    outcomes = desk.give(acknowledge(), progress(), acknowledge("unit-z"), progress(percent=60), atomic=True)
    assert [one.code for one in outcomes] == [
        Code.ATOMIC_ABORTED, Code.ATOMIC_ABORTED, Code.UNKNOWN_UNIT, Code.ATOMIC_ABORTED,
    ]  # fmt: skip
    assert desk.state.receipts["unit-a"].acknowledged_at is None
    assert desk.state.assignments["1.1"].percent is None
    assert {event.data.type for event in desk.events[1:]} == {"CommandRejected"}


def test_an_aborted_list_leaves_the_state_as_it_was_but_for_the_record_of_the_refusals() -> None:
    desk = Desk()
    before = desk.state.model_copy(deep=True)
    desk.give(acknowledge(), acknowledge(), atomic=True)
    only = {"version", "rejections", "rejections_on"}
    assert desk.state.model_dump(exclude=only) == before.model_dump(exclude=only)
    assert desk.state.version == before.version + 2


def test_later_commands_of_an_atomic_list_stand_on_the_earlier_ones() -> None:
    desk = Desk()
    assert [one.outcome for one in desk.give(acknowledge(), progress(), atomic=True)] == ["done", "done"]


def test_an_aborted_list_repeated_gets_the_same_answers_and_no_event() -> None:
    desk = Desk()
    commands = [acknowledge(), acknowledge()]
    first = desk.give(*commands, atomic=True)
    version = desk.state.version
    assert desk.give(*commands, atomic=True) == first
    assert desk.state.version == version


def test_an_atomic_list_carried_out_and_repeated_gets_the_same_answers_and_no_event() -> None:
    desk = Desk()
    commands = [acknowledge(), progress()]
    first = desk.give(*commands, atomic=True)
    assert desk.give(*commands, atomic=True) == first
    assert desk.state.version == 3


def test_a_command_answered_before_keeps_its_answer_in_a_list_that_is_aborted() -> None:
    desk = Desk()
    done = acknowledge()
    first = desk.one(done)
    outcomes = desk.give(done, acknowledge("unit-z"), progress(), atomic=True)
    assert outcomes[0] == first
    assert [one.code for one in outcomes[1:]] == [Code.UNKNOWN_UNIT, Code.ATOMIC_ABORTED]


def test_a_reused_id_in_an_atomic_list_aborts_it() -> None:
    desk = Desk()
    desk.do(acknowledge("unit-a", command_id="the-same"))
    outcomes = desk.give(acknowledge("unit-b"), progress(command_id="the-same"), atomic=True)
    assert [one.code for one in outcomes] == [Code.ATOMIC_ABORTED, Code.COMMAND_ID_REUSED]
    assert desk.state.receipts["unit-b"].acknowledged_at is None


def test_what_an_atomic_list_sets_going_rings_within_the_same_batch() -> None:
    desk = Desk(directive(obligation("unit-a", "unit-b", deadline=by("2026-11-25"))))
    desk.do(acknowledge(), report(by=head_of("unit-a")))
    desk.wait_until(local_time("2026-11-26 10:00"))
    first, back = arrival(acknowledge("unit-b"), desk.now), arrival(return_report(), desk.now)
    events = desk.run([Parcel(arrivals=[first]), Parcel(arrivals=[back], atomic=True)]).events
    assert [event.data.type for event in events] == ["Acknowledged", "ReportReturned", "DeadlinePassed"]


def test_what_was_due_still_happens_where_a_list_is_aborted() -> None:
    desk = Desk(directive(obligation("unit-a", deadline=by("2026-11-25")), policy={"ladder": ladder(-3)}))
    outcome = desk.give(acknowledge(), progress(item="9"), atomic=True, at=local_time("2026-11-26 10:00"))
    assert [one.code for one in outcome] == [Code.ATOMIC_ABORTED, Code.UNKNOWN_ITEM]
    assert [event.data.type for event in desk.events[2:]] == [
        "RungReached", "DeadlinePassed", "CommandRejected", "CommandRejected",
    ]  # fmt: skip
    assert desk.wait_until(desk.now + timedelta(days=30)) == []
