"""One named day: "trước ngày 25 tháng 5 năm 2023" excludes it, "chậm nhất ngày 25/5/2023" includes it."""

import re
from collections.abc import Iterator
from datetime import time

from domain.deadline import DateDeadline
from intake import dates
from intake.source import Source, Zone
from intake.time_limits.limit import Limit, sure

_LIMIT = re.compile(
    r"(?:(?P<latest>cham nhat)\s+(?:la\s+)?)?(?P<before>truoc\s+)?(?:(?:vao|den het|den|het)\s+)?"
    r"(?:(?P<hour>[0-9]{1,2})\s?(?:gio|h|g)\s?(?P<minute>[0-9]{2})?(?:\s?phut)?,?\s+)?"
    rf"(?P<day>{dates.DAY_PLAIN})"
)


def named(source: Source, zone: Zone) -> Iterator[Limit]:
    """Named days that bound something; an hour stands for itself. "Chậm nhất trước ngày" is likely "trước ngày"."""
    for match in _LIMIT.finditer(source.flowing, *zone):
        if match["latest"] or match["before"]:
            rule = _rule(match)
            if rule:
                yield Limit(Zone(*match.span()), rule, sure(certain=not (match["latest"] and match["before"])))


def _rule(match: re.Match[str]) -> DateDeadline | None:
    day = dates.parse(match["day"])
    if day is None:
        return None
    if match["hour"] is None:
        return DateDeadline(kind="date", day=day, bound="before" if match["before"] else "by")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour >= 24 or minute >= 60:  # noqa: PLR2004 - hours of a day, minutes of an hour
        return None
    return DateDeadline(kind="date", day=day, bound="by", hour=time(hour, minute))
