"""Problems are kept as one printable line, and mail goes out no faster than it may."""

import pytest

from activities.notices.channel import LONGEST_PROBLEM, RefusedForGoodError
from activities.notices.pace import Pace


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("550 no", "550 no"),
        ("550 5.1.1\n550 no such user", "550 5.1.1 550 no such user"),
        ("550 \udcff\udcfe", "550 ??"),
        ("550 \x00\x1b[31m", "550 \N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}[31m"),
    ],
)
def test_what_a_server_says_can_be_stored_and_shown(said: str, kept: str) -> None:
    assert RefusedForGoodError(said).problem == kept


def test_what_a_server_says_is_cut() -> None:
    assert len(RefusedForGoodError("x" * 1000).problem) == LONGEST_PROBLEM


def test_turns_come_evenly_apart_and_one_not_taken_is_not_lost() -> None:
    pace = Pace(0.5)
    assert pace.wait == 0
    pace.take()
    assert pace.wait == pytest.approx(2, abs=0.5)
    assert pace.wait == pytest.approx(2, abs=0.5)
    pace.take()
    assert pace.wait == pytest.approx(4, abs=0.5)
