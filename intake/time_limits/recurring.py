"""A day of every month, quarter, half-year or year: "trước ngày 25 hằng tháng", "chậm nhất ngày 20 tháng cuối quý".

The day belongs to the last month of the period, as the rule has it. One of another month ("trước ngày 30/6 hằng năm",
"ngày 05 của tháng sau") is no such rule and is not read.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, Literal

from domain.deadline import Period, RecurringDeadline
from intake.source import Source, Zone
from intake.time_limits.limit import LATEST, Limit, sure

_EVERY: Final = r"(?:hang|moi|tung)"
_BOUND: Final = rf"(?:(?P<latest>{LATEST})\s+(?:(?:la|vao|den|het)\s+)*)?(?:(?P<before>truoc)\s+)?(?:vao\s+)?"
_DAY: Final = r"(?:ngay\s+)?(?P<day>[0-9]{1,2})(?![0-9])"
_OTHER_MONTH: Final = r"(?!\s+(?:sau|toi|ke|tiep|lien ke)\b)"
_MONTHLY: Final = re.compile(rf"\b{_BOUND}{_DAY}\s+(?:cua\s+)?{_EVERY}\s+thang\b{_OTHER_MONTH}")
_MONTHLY_APART: Final = re.compile(
    rf"\b(?:dinh ky\s+)?{_EVERY}\s+thang\s*[,(:]?\s*{_BOUND}ngay\s+(?P<day>[0-9]{{1,2}})(?![0-9])"
    r"(?!\s?[/.-]\s?[0-9]|\s+(?:cua\s+)?(?:thang|quy|nam|hang|moi|tung)\b)"
)
_QUARTERLY: Final = re.compile(
    rf"\b(?P<regularly>(?:dinh ky\s+)?{_EVERY}\s+quy\s*[,(:]?\s*)?{_BOUND}{_DAY}\s+(?:cua\s+)?"
    rf"thang\s+cuoi(?:\s+cung)?\s+(?:cua\s+)?(?P<every>{_EVERY}\s+)?quy\b(?!\s+(?:[0-9]|i{{1,3}}\b|iv\b|nay\b|truoc\b))"
    rf"{_OTHER_MONTH}"
)
_OF_MONTH: Final = r"(?:ngay\s+)?[0-9]{1,2}(?:\s?/\s?|\s+thang\s+)[0-9]{1,2}(?![0-9])"
_YEARLY: Final = re.compile(
    rf"\b{_BOUND}(?P<days>{_OF_MONTH}(?:(?:\s?[,;]\s?|\s+va\s+)(?:truoc\s+)?{_OF_MONTH}){{0,3}})\s+(?:cua\s+)?{_EVERY}\s+nam\b"
)
_LAST_MONTHS: Final[dict[tuple[int, ...], Period]] = {
    (12,): "year",
    (6, 12): "half_year",
    (3, 6, 9, 12): "quarter",
}


def recurring(source: Source, zone: Zone) -> Iterator[Limit]:
    """Days of every period. Likely only where no word says whether the day itself belongs to it."""
    for match in _MONTHLY.finditer(source.flowing, *zone):
        yield from _limit(match, "month", int(match["day"]), certain=True)
    for match in _MONTHLY_APART.finditer(source.flowing, *zone):
        # The day may be meant of the month after the one reported on.
        yield from _limit(match, "month", int(match["day"]), certain=False)
    for match in _QUARTERLY.finditer(source.flowing, *zone):
        regular = bool(match["regularly"] or match["every"])
        yield from _limit(match, "quarter", int(match["day"]), certain=regular)
    for match in _YEARLY.finditer(source.flowing, *zone):
        if found := _same_day(match["days"]):
            yield from _limit(match, *found, certain=True)


def _limit(match: re.Match[str], every: Period, day: int, *, certain: bool) -> Iterator[Limit]:
    if 1 <= day <= 31:  # noqa: PLR2004 - days of a month
        bound: Literal["by", "before"] = "before" if match["before"] else "by"
        rule = RecurringDeadline(kind="recurring", every=every, day=day, bound=bound)
        one_bound = bool(match["latest"]) != bool(match["before"])
        yield Limit(Zone(*match.span()), rule, sure(certain=certain and one_bound))


def _same_day(days: str) -> tuple[Period, int] | None:
    """The period and the day, where the days named are the same of the last months of all periods of a year."""
    numbers = [int(number) for number in re.findall(r"[0-9]+", days)]
    found = list(zip(numbers[::2], numbers[1::2], strict=True))
    every = _LAST_MONTHS.get(tuple(sorted(month for _, month in found)))
    if every is None or len({day for day, _ in found}) > 1 or not all(_exists(*one) for one in found):
        return None
    return every, found[0][0]


def _exists(day: int, month: int) -> bool:
    try:
        date(2001, month, day)
    except ValueError:
        return False
    return True
