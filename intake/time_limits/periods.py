"""A month, quarter, half-year or year in which something is to be finished: "hoàn thành trong quý II năm 2023".

Letters name periods more often to tell when something was than to set a limit. One is a limit where it is called the
latest, or where the sentence says that something is to be finished; and never where it was over before the letter.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from domain.deadline import Period, PeriodEndDeadline, last_of_period
from intake.source import Source, Zone
from intake.time_limits.limit import LATEST, Limit, sure

_YEAR: Final = r"(?:19|20)[0-9]{2}(?![0-9])"
_OF_YEAR: Final = rf"(?:\s?/\s?|\s+nam\s+)(?P<year>{_YEAR})"
_PERIOD: Final = (
    rf"(?:(?:thang\s+(?P<month>0?[1-9]|1[0-2])|quy\s+(?P<quarter>[1-4]|i{{1,3}}|iv)"
    rf"|(?:6|06|sau)\s+thang\s+(?P<half>dau|cuoi)){_OF_YEAR}"
    rf"|nam\s+(?P<alone>{_YEAR})|(?P<this>thang|quy|nam)\s+nay\b)"
    r"(?!\s*(?:[-–]|den\b|va\s+(?:thang|quy|nam|6|sau)\b))"
)
_LIMIT: Final = re.compile(
    rf"\b(?:(?P<latest>{LATEST}\s+(?:(?:la|vao|trong|den|het)\s+)*)(?P<end>cuoi\s+)?"
    r"|(?P<label>thoi gian|thoi han)\s+(?P<aim>thuc hien|hoan thanh)\s*:\s*(?:(?:hoan thanh|xong|trong)\s+)*"
    r"|(?P<over>(?:truoc khi\s+(?:het|ket thuc)|(?:den\s+)?het)\s+)"
    rf"|trong\s+){_PERIOD}"
)
_NOT_OF_PAPER: Final = "".join(
    rf"(?<!{word} )" for word in ("chuong", "cong", "giao", "hanh", "lo", "qua", "quy", "tien", "to")
)
_FINISH: Final = re.compile(
    r"(?<!chua )(?<!da )(?<!duoc )(?<!khong )\b(?:hoan thanh|hoan tat|dut diem|xong"
    rf"|{_NOT_OF_PAPER}trinh)\b[^.;\n]{{0,120}}$"
)
_TELLS: Final = re.compile(r"\b(?:tinh|so lieu|luy ke|ke)\s+$|\btu\s+(?:ngay|thang|quy|nam\s+[0-9])[^.;\n]{0,40}$")
_REACH: Final = 160
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WORDS: Final[dict[str, Period]] = {"thang": "month", "quy": "quarter", "nam": "year"}


def periods(source: Source, zone: Zone, issued_on: date | None) -> Iterator[Limit]:
    """Periods by whose end something is to be done. "Trong" is likely such a limit, not certain."""
    for match in _LIMIT.finditer(source.flowing, *zone):
        rule = _rule(match)
        if not _over(rule, issued_on) and _limits(source.flowing, zone, match):
            certain = bool(match["latest"] and not match["end"]) or match["aim"] == "hoan thanh" or bool(match["over"])
            perhaps = not (match["latest"] or match["label"] or match["over"])
            yield Limit(Zone(*match.span()), rule, sure(certain=certain), perhaps=perhaps)


def _limits(text: str, zone: Zone, match: re.Match[str]) -> bool:
    if match["latest"] or match["label"]:
        return True
    before = text[max(zone.start, match.start() - _REACH) : match.start()]
    return bool(_FINISH.search(before)) and not _TELLS.search(before)


def _over(rule: PeriodEndDeadline, issued_on: date | None) -> bool:
    return bool(issued_on and rule.within and last_of_period(rule.period, rule.within) < issued_on)


def _rule(match: re.Match[str]) -> PeriodEndDeadline:
    if match["this"]:
        return PeriodEndDeadline(kind="period_end", period=_WORDS[match["this"]])
    year = int(match["alone"] or match["year"])
    if match["month"]:
        return PeriodEndDeadline(kind="period_end", period="month", within=date(year, int(match["month"]), 1))
    if match["quarter"]:
        number = _QUARTERS.get(match["quarter"]) or int(match["quarter"])
        return PeriodEndDeadline(kind="period_end", period="quarter", within=date(year, 3 * number - 2, 1))
    if match["half"]:
        first = date(year, 1 if match["half"] == "dau" else 7, 1)
        return PeriodEndDeadline(kind="period_end", period="half_year", within=first)
    return PeriodEndDeadline(kind="period_end", period="year", within=date(year, 1, 1))
