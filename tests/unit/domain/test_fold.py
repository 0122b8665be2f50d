"""State is exactly the fold of the events, and the events are exactly what was stored."""

import json

import pytest

from domain.event import Event
from domain.events import EVENTS, UnknownEventError, read_event
from domain.fold import BrokenStreamError, evolve, fold
from domain.state import DirectiveState
from domain.timed.deadline import Reminded
from tests.support.builders import (
    LEADER,
    STANDARD,
    accept,
    acknowledge,
    approve,
    by,
    close,
    command,
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
    someone,
)
from tests.support.desk import Desk
from tests.support.tables import lives


def eventful() -> Desk:
    """A life with the kinds of events that most have."""
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


def below() -> Desk:
    """Under an assignment of another directive, whose deadline moves and which is then released."""
    above = Desk(directive(obligation("unit-a", deadline=by("2026-11-25"))))
    desk = Desk(
        directive(
            obligation("unit-b", deadline=by("2026-11-20")),
            document={"issuer": "unit-a", "code_number": "5"},
            informed=["unit-a"],
            under={"stream": above.stream, "assignment": "1.1"},
        ),
        above=above.state,
    )
    system = someone("system", person="system")
    change = {"kind": "deadline", "superior_version": 90, "deadline": "2026-11-10T17:00:00Z"}
    desk.do(command("superior_changed", system, **change))
    desk.do(command("superior_changed", system, kind="released", superior_version=91))
    child = {"assignment": "1.1", "child": "directive/unit-b/2026/05-VP", "standing": "done", "child_version": 1}
    desk.do(command("record_child", system, **child))
    return desk


def taken_over() -> Desk:
    """From a list of papers that were running already."""
    line = {"assignment": "1.1", "line": 2, "acknowledged_on": "2026-09-02"}
    imported = {"file": "papers.csv", "sha256": "a" * 64, "lines": [line]}
    task = obligation("unit-a", deadline=by("2026-10-01"))
    return Desk(directive(task, document={"issued_date": "2026-09-01"}, imported=imported))


def recalled_in_silence() -> Desk:
    desk = Desk(directive(obligation("unit-a", deadline=by("2026-11-25"))))
    desk.do(command("recall", LEADER, reason="nhầm"))
    desk.wait_until(local_time("2026-11-20 09:00"))
    return desk


def urged() -> Desk:
    """By the policy as it is assumed: to acknowledge, to work, to answer; of old work, and of what has no deadline."""
    monthly = {"kind": "recurring", "every": "month", "day": 25}
    tasks = [obligation("unit-a", deadline=monthly), obligation("unit-b", item="2")]
    desk = Desk(directive(*tasks, policy=STANDARD))
    desk.do(delivered("unit-a"))
    desk.wait_until(local_time("2026-12-05 09:00"))
    explained = command("explain", head_of("unit-a"), assignment="1.1", cause="resources", text="thiếu người")
    desk.do(acknowledge(), explained, report(by=head_of("unit-a"), assignment="1.1"))
    desk.wait_until(local_time("2026-12-31 09:00"))
    return desk


def of_the_first_release() -> Desk:
    """Reminded once, as its journal has it."""
    content = directive(obligation("unit-a", deadline=by("2026-11-25")), policy={"remind_working_days_before": 3})
    desk = Desk(content)
    deadline, at = local_time("2026-11-26 00:00"), local_time("2026-11-20 08:00")
    desk.take(Reminded(assignment="1.1", deadline=deadline, due_at=at), at)
    desk.wait_until(local_time("2026-11-27 09:00"))
    return desk


LIVES = [
    eventful(), below(), taken_over(), recalled_in_silence(), urged(), of_the_first_release(), *lives(),
]  # fmt: skip


@pytest.fixture(scope="module")
def desk() -> Desk:
    return LIVES[0]


def test_between_them_the_lives_have_every_kind_of_event() -> None:
    assert {event.data.type for one in LIVES for event in one.events} == EVENTS.keys()


@pytest.mark.parametrize("desk", LIVES)
def test_the_state_is_the_fold_of_all_events(desk: Desk) -> None:
    assert fold(desk.events) == desk.state


@pytest.mark.parametrize("desk", LIVES)
def test_a_fold_may_stop_and_go_on_anywhere(desk: Desk) -> None:
    for cut in range(1, len(desk.events)):
        first = fold(desk.events[:cut])
        assert first is not None
        kept = DirectiveState.model_validate_json(first.model_dump_json())
        assert kept == first
        assert fold(desk.events[cut:], kept) == desk.state


@pytest.mark.parametrize("desk", LIVES)
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


def test_what_the_first_release_reminded_of_is_not_urged_again_before_the_deadline() -> None:
    types = [event.data.type for event in of_the_first_release().events]
    assert types == ["DirectiveIssued", "DeadlineSet", "Reminded", "DeadlinePassed", "RungReached"]


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


@pytest.mark.parametrize("change", [{"type": "Forgotten"}, {"schema": 3}, {"schema": 0}])
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
