"""The city's four months by the rules alone: the letter's figures, and what would have changed them."""

from collections import Counter

import pytest

from domain.figures import Cell
from simulation.plan import Lead
from simulation.pure import Played, play
from tests.support.quarter import LETTER, extended, planned, without_tet

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def played() -> Played:
    return play(planned())


@pytest.fixture(scope="module")
def cells(played: Played) -> dict[Lead, Cell | None]:
    return played.cells(planned().ends)


def test_the_service_says_what_the_letter_says(cells: dict[Lead, Cell | None]) -> None:
    assert Counter(cells.values()) == LETTER
    assert len(cells) == 916


def test_no_command_is_refused(played: Played) -> None:
    assert played.refused == []


def test_without_tet_the_figures_differ(cells: dict[Lead, Cell | None]) -> None:
    plan = without_tet()
    others = play(plan).cells(plan.ends)
    assert others.keys() == cells.keys()
    assert Counter(others.values()) != LETTER
    # Five working days fewer until a deadline: some are late that were not, none is in time that was late.
    assert Counter(others.values())["done_on_time"] < LETTER["done_on_time"]


def test_with_one_extension_more_one_assignment_is_in_time_that_was_late(cells: dict[Lead, Cell | None]) -> None:
    late = next(lead for lead, behaviour in planned().behaviours.items() if behaviour == "late")
    plan = extended(late, 30)
    played = play(plan)
    others = played.cells(plan.ends)
    assert played.refused == []
    assert {lead: (cells[lead], cell) for lead, cell in others.items() if cell != cells[lead]} == {
        late: ("done_late", "done_on_time")
    }
    assert Counter(others.values()) == {**LETTER, "done_late": 134, "done_on_time": 548}
