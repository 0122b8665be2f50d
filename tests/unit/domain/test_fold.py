"""State is exactly the fold of the events, and the events are exactly what was stored."""

import json

import pytest

from domain.event import Event
from domain.events import EVENTS, UnknownEventError, read_event
from domain.fold import BrokenStreamError, evolve, fold
from domain.state import DirectiveState
from tests.support.builders import (
    accept,
    acknowledge,
    approve,
    by,
    close,
    delivered,
    delivery,
    directive,
    head_of,
    local_time,
    obligation,
    progress,
    record_delivery,
    refuse,
    report,
    return_report,
    send_back,
)
from tests.support.desk import Desk


def eventful() -> Desk:
    """A life with every kind of event in it."""
    desk = Desk(directive(obligation("unit-a", "unit-b", deadline=by("2026-11-25", "16:30")), informed=["unit-c"]))
    desk.do(delivered("unit-a", "unit-c"), record_delivery(delivery("unit-b", problem="550")), refuse("unit-b"))
    desk.wait_until(local_time("2026-11-05 09:00"))
    desk.do(
        acknowledge("unit-a"), acknowledge("unit-b", sent_at="2026-11-05T09:00:00+07:00"), progress(text="đang làm")
    )
    desk.one(acknowledge("unit-a"))
    desk.do(report(), send_back(), report(), approve(), return_report())
    desk.wait_until(local_time("2026-11-26 09:00"))
    desk.do(report(by=head_of("unit-a")), accept(), report("unit-b", by=head_of("unit-b")), accept("unit-b"))
    desk.do(close(note="xong"))
    return desk


@pytest.fixture(scope="module")
def desk() -> Desk:
    return eventful()


def test_the_eventful_life_has_every_kind_of_event(desk: Desk) -> None:
    assert {event.data.type for event in desk.events} == EVENTS.keys()


def test_the_state_is_the_fold_of_all_events(desk: Desk) -> None:
    assert fold(desk.events) == desk.state


def test_a_fold_may_stop_and_go_on_anywhere(desk: Desk) -> None:
    for cut in range(1, len(desk.events)):
        first = fold(desk.events[:cut])
        assert first is not None
        kept = DirectiveState.model_validate_json(first.model_dump_json())
        assert kept == first
        assert fold(desk.events[cut:], kept) == desk.state


def test_what_is_tried_on_a_copy_leaves_the_state_alone(desk: Desk) -> None:
    state = None
    for event in desk.events:
        if state is not None:
            before = state.model_dump_json()
            copy = state.copied()
            assert copy == state
            evolve(copy, event)
            assert state.model_dump_json() == before
        state = evolve(state, event)


def test_the_holdings_of_the_units_are_their_assignments() -> None:
    state = Desk(directive(obligation("unit-a", "unit-b"), obligation("unit-b", item="2", support=["unit-a"]))).state
    assert state.holdings == {"unit-a": ["1.1", "2.2"], "unit-b": ["1.2", "2.1"]}


def test_nothing_folds_to_nothing() -> None:
    assert fold([]) is None


def test_folding_changes_no_event(desk: Desk) -> None:
    before = [event.model_dump_json() for event in desk.events]
    fold(desk.events)
    assert [event.model_dump_json() for event in desk.events] == before


@pytest.mark.parametrize("spoil", ["missing", "twice", "swapped", "headless"])
def test_a_stream_with_a_gap_a_repetition_or_another_order_is_not_folded(desk: Desk, spoil: str) -> None:
    one, two, *rest = desk.events
    spoilt = {
        "missing": [one, *rest],
        "twice": [one, two, two, *rest],
        "swapped": [one, rest[0], two],
        "headless": [two.model_copy(update={"version": 1})],
    }
    with pytest.raises(BrokenStreamError, match="directive/office/2026/17-UBND-NC"):
        fold(spoilt[spoil])


def test_a_stream_is_issued_once(desk: Desk) -> None:
    again = desk.events[0].model_copy(update={"version": desk.state.version + 1})
    with pytest.raises(AssertionError, match="issued again"):
        evolve(fold(desk.events), again)


def test_every_kind_of_event_is_read_back_as_it_was_written(desk: Desk) -> None:
    for event in desk.events:
        stored = json.loads(json.dumps(event.envelope()))
        assert read_event(stored) == event


def test_the_envelope_has_the_fields_of_the_contract_and_no_floats(desk: Desk) -> None:
    for event in desk.events:
        envelope = event.envelope()
        assert envelope.keys() == {
            "stream", "version", "event_id", "type", "schema", "at", "sent_at", "clock", "actor", "on_behalf_of",
            "command_id", "proof", "data",
        }  # fmt: skip
        assert "type" not in envelope["data"]
        assert envelope["at"].endswith("Z")
        assert envelope["proof"] == "claimed"
        json.loads(json.dumps(envelope), parse_float=_no_float)


def _no_float(text: str) -> float:
    raise AssertionError(f"a float: {text}")


@pytest.mark.parametrize("change", [{"type": "Forgotten"}, {"schema": 2}])
def test_an_unknown_event_fails_loudly_and_names_its_place(desk: Desk, change: dict[str, object]) -> None:
    with pytest.raises(UnknownEventError, match=r"17-UBND-NC version 2"):
        read_event({**desk.events[1].envelope(), **change})


def test_an_event_with_a_field_too_many_or_too_few_is_not_read(desk: Desk) -> None:
    event: Event = desk.events[1]
    for data in ({**event.envelope()["data"], "colour": "red"}, {}):
        with pytest.raises(ValueError, match=event.data.type):
            read_event({**event.envelope(), "data": data})


def test_alarms_are_events_that_no_command_brought_about(desk: Desk) -> None:
    for event in desk.events:
        if event.data.alarm() is None:
            assert event.command_id is not None
        else:
            assert (event.command_id, event.sent_at, event.clock) == (None, None, "service")
