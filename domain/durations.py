"""How long things take, in working days, without a float: minutes over the minutes of a full day (FIGURES)."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final, NamedTuple

MEDIAN: Final = 50
P90: Final = 90


class Duration(NamedTuple):
    """Working minutes, and how many a full day had."""

    minutes: int
    day_minutes: int

    @property
    def days(self) -> Fraction:
        """Working days."""
        return Fraction(self.minutes, self.day_minutes)


def nearest_rank(durations: Iterable[Duration], percent: int) -> Fraction | None:
    """The smallest that so many percent do not exceed: always one of them; None of nothing."""
    ordered = sorted(one.days for one in durations)
    if not ordered:
        return None
    return ordered[-(-percent * len(ordered) // 100) - 1]


def shown(days: Fraction) -> str:
    """With one decimal, half up, as "2.5"."""
    tenths = (20 * days.numerator + days.denominator) // (2 * days.denominator)
    return f"{tenths // 10}.{tenths % 10}"
