"""The percentages of FIGURES, reckoned with whole numbers: no float decides on a tenth."""

from collections.abc import Mapping
from typing import Final, NamedTuple

_DONE: Final = ("done_on_time", "done_late")
_OPEN: Final = ("open_in_time", "open_overdue")
_TOTAL: Final = (*_DONE, *_OPEN)
_SHARES: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "done_on_time_of_done": (("done_on_time",), _DONE),
    "done_late_of_done": (("done_late",), _DONE),
    "open_overdue_of_open": (("open_overdue",), _OPEN),
    "late_or_overdue_of_total": (("done_late", "open_overdue"), _TOTAL),
    "done_of_total": (_DONE, _TOTAL),
}
"""Which cells make up the numerator, and which the denominator."""
NAMES: Final = tuple(_SHARES)
"""Of all percentages, in the order of FIGURES."""


class Percentage(NamedTuple):
    """``percent``: with one decimal, half up, as "80.2"; None of nothing."""

    numerator: int
    denominator: int
    percent: str | None


def percentage(numerator: int, denominator: int) -> Percentage:
    """What part of the denominator the numerator is; neither is negative."""
    if denominator == 0:
        return Percentage(numerator, denominator, None)
    tenths = (2000 * numerator + denominator) // (2 * denominator)
    return Percentage(numerator, denominator, f"{tenths // 10}.{tenths % 10}")


def percentages(cells: Mapping[str, int]) -> dict[str, Percentage]:
    """All of them, by name, from how many stand in each of the four cells."""

    def summed(names: tuple[str, ...]) -> int:
        return sum(cells[name] for name in names)

    return {name: percentage(summed(part), summed(whole)) for name, (part, whole) in _SHARES.items()}
