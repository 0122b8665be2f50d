"""The percentages of FIGURES: what is of what, one decimal, half up, none of nothing."""

from fractions import Fraction

import pytest

from domain.percentages import NAMES, percentage, percentages

LETTER = {"done_on_time": 547, "done_late": 135, "open_in_time": 177, "open_overdue": 57}


def test_the_letters_figures_make_the_letters_percentages() -> None:
    assert percentages(LETTER) == {
        "done_on_time_of_done": (547, 682, "80.2"),
        "done_late_of_done": (135, 682, "19.8"),
        "open_overdue_of_open": (57, 234, "24.4"),
        "late_or_overdue_of_total": (192, 916, "21.0"),
        "done_of_total": (682, 916, "74.5"),
    }


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [
        (1, 2000, "0.1"),
        (1, 2001, "0.0"),
        (3, 2000, "0.2"),
        (1, 800, "0.1"),
        (9, 80, "11.3"),
        (201, 400, "50.3"),
        (2, 3, "66.7"),
        (1999, 2000, "100.0"),
        (1998, 2000, "99.9"),
        (0, 7, "0.0"),
        (7, 7, "100.0"),
        (10**30, 3 * 10**30, "33.3"),
    ],
)
def test_half_a_tenth_goes_up_and_less_goes_down(numerator: int, denominator: int, percent: str) -> None:
    assert percentage(numerator, denominator) == (numerator, denominator, percent)


def test_no_percentage_is_further_from_the_truth_than_half_a_tenth() -> None:
    for denominator in range(1, 120):
        for numerator in range(denominator + 1):
            told = percentage(numerator, denominator).percent
            assert told is not None
            assert -1 < 20 * (Fraction(told) - Fraction(100 * numerator, denominator)) <= 1


def test_of_nothing_there_is_none() -> None:
    nothing = dict.fromkeys(LETTER, 0)
    assert percentages(nothing) == dict.fromkeys(NAMES, (0, 0, None))
    found = {name: one.percent for name, one in percentages({**nothing, "open_in_time": 3}).items()}
    assert found == {
        "done_on_time_of_done": None,
        "done_late_of_done": None,
        "open_overdue_of_open": "0.0",
        "late_or_overdue_of_total": "0.0",
        "done_of_total": "0.0",
    }
