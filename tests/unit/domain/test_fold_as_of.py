"""What was known at an instant: events of no later time, gaps in their versions included."""

import pytest

from domain.fold import BrokenStreamError, fold, fold_as_of
from tests.support.builders import ISSUED, acknowledge, by, directive, head_of, local_time, obligation, report
from tests.support.desk import Desk

LATE = local_time("2026-11-27 09:00")
BEFORE = local_time("2026-11-25 09:00")


@pytest.fixture
def desk() -> Desk:
    """Time's own events were recorded on the 27th; behind them comes a word of the 25th, which had waited."""
    one = Desk(directive(obligation("unit-a", "unit-b", deadline=by("2026-11-20"))))
    one.do(acknowledge(), at=ISSUED)
    one.wait_until(LATE)
    one.run_at(BEFORE, acknowledge("unit-b"))
    return one


def test_a_command_of_an_earlier_time_behind_an_event_of_a_later_one_leaves_a_gap_and_is_known(desk: Desk) -> None:
    versions = [event.version for event in desk.events if event.at <= BEFORE]
    assert versions != list(range(1, len(versions) + 1))
    state = fold_as_of(desk.events, BEFORE)
    assert state is not None
    assert state.receipts["unit-b"].acknowledged_at == BEFORE
    assert not state.assignments["1.1"].has_passed
    assert (state.version, state.touched_at) == (desk.events[-1].version, BEFORE)
    with pytest.raises(BrokenStreamError):
        fold(event for event in desk.events if event.at <= BEFORE)


def test_when_all_has_happened_it_is_the_fold(desk: Desk) -> None:
    assert fold_as_of(desk.events, LATE) == fold(desk.events) == desk.state


def test_before_its_issue_there_is_nothing(desk: Desk) -> None:
    instant = ISSUED - (LATE - BEFORE)
    assert fold_as_of(desk.events, instant) is None
    assert fold_as_of([], LATE) is None


def test_what_came_afterwards_is_not_known(desk: Desk) -> None:
    desk.do(report("unit-a", by=head_of("unit-a")), at=LATE)
    state = fold_as_of(desk.events, BEFORE)
    assert state is not None
    assert state.assignments["1.1"].reports == []
