"""Time limits within an obligation. Read: one named day. Everything else that limits time is told as not understood."""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Literal, NamedTuple

from domain.deadline import DateDeadline, Deadline
from intake import dates
from intake.notes import Notes
from intake.reading import Read
from intake.source import Source, Zone

_LIMIT = re.compile(
    r"(?:(?P<latest>cham nhat)\s+(?:la\s+)?)?(?P<before>truoc\s+)?(?:(?:vao|den het|den|het)\s+)?"
    r"(?:(?P<hour>[0-9]{1,2})\s?(?:gio|h|g)\s?(?P<minute>[0-9]{2})?(?:\s?phut)?,?\s+)?"
    rf"(?P<day>{dates.DAY_PLAIN})"
)
_PERIOD = r"(?:thang|quy|nam|tuan)\s+(?:[0-9]+|[ivx]+\b|nay\b|toi\b)(?:\s+nam\s+[0-9]{4}|\s?/\s?[0-9]{4})?"
_DAY_OF_MONTH = (
    r"[0-9]{1,2}\b(?:\s?/\s?[0-9]{1,2}\b)?(?:\s+(?:thang\s+[0-9]{1,2}|(?:hang|moi)\s+(?:tuan|thang|quy|nam)))?"
)
_OTHER = re.compile(
    r"(?:cham nhat|muon nhat|khong qua)\s+(?:(?:la|truoc|trong|sau|vao|den|ngay|thang|quy)\s+)*[0-9]+(?:\s\w+){0,6}"
    rf"|(?:truoc|het|cuoi|trong|vao)\s+{_PERIOD}"
    rf"|(?:truoc(?:\s+ngay)?|(?:vao|den het|het|den)\s+ngay)\s+(?:{dates.DAY_PLAIN}|{_DAY_OF_MONTH})"
    r"|(?:thoi han|thoi gian|vong|trong|sau)\s+[0-9]+(?:\s?-\s?[0-9]+)?\s+(?:ngay|gio|tuan|thang)\b(?:\s+lam viec)?"
    r"|[0-9]+\s+ngay\s+lam viec"
    r"|(?<!ngan )(?<!nha )\b(?:hang|moi)\s+(?:ngay|tuan|thang|quy|nam)\b"
)
_RANGE = re.compile(r"tu\s+ngay[^.;\n]{0,40}$")
_REACH = 60


class _Limit(NamedTuple):
    zone: Zone
    rule: DateDeadline
    certainty: Literal["certain", "likely"]


def deadline(source: Source, item: str, zone: Zone, issued_on: date | None, notes: Notes) -> Read[Deadline] | None:
    """The day by which an obligation is due; none where the text names none, or more than one.

    "trước ngày 25" excludes the 25th, "chậm nhất ngày 25" includes it; an hour stands for itself.
    """
    limits = list(_limits(source, zone))
    for other in _others(source, zone, [limit.zone for limit in limits]):
        notes.unclear("deadline", other, item)
    spans = [source.span(limit.zone) for limit in limits]
    rules = {limit.rule.model_dump_json(): limit for limit in limits}
    if len(rules) > 1:
        notes.warn("several_deadlines", *spans, item=item, count=len(rules))
        for limit in limits:
            notes.unclear("deadline", limit.zone, item)
    if len(rules) != 1:
        return None
    if issued_on and limits[0].rule.day < issued_on:
        notes.warn("deadline_before_issue", *spans, item=item, day=limits[0].rule.day.isoformat())
    return Read[Deadline](value=limits[0].rule, spans=spans, certainty=limits[0].certainty)


def tell_all(source: Source, zone: Zone, notes: Notes) -> None:
    """Name every time limit in what is said to all: it belongs to no one obligation, so none takes it over."""
    limits = [limit.zone for limit in _limits(source, zone)]
    for each in sorted([*limits, *_others(source, zone, limits)]):
        notes.unclear("deadline", each)


def _limits(source: Source, zone: Zone) -> Iterator[_Limit]:
    for match in _LIMIT.finditer(source.plain, *zone):
        if match["latest"] or match["before"]:
            rule = _rule(match)
            if rule:
                both = match["latest"] and match["before"]
                yield _Limit(Zone(*match.span()), rule, "likely" if both else "certain")


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


def _others(source: Source, zone: Zone, read: list[Zone]) -> Iterator[Zone]:
    text = _struck_out(source.plain, zone, read)
    for match in _OTHER.finditer(text):
        if not _ends_range(text, match):
            yield Zone(zone.start + match.start(), zone.start + match.end())


def _struck_out(text: str, zone: Zone, read: list[Zone]) -> str:
    """The zone's text, at its full length, without what was already read."""
    parts: list[str] = []
    at = zone.start
    for limit in read:
        parts += [text[at : limit.start], "\0" * (limit.end - limit.start)]
        at = limit.end
    return "".join([*parts, text[at : zone.end]])


def _ends_range(text: str, match: re.Match[str]) -> bool:
    """Whether it is the end of "từ ngày … đến ngày …", which tells when something was."""
    before = text[max(0, match.start() - _REACH) : match.start()]
    return match.group().startswith("den") and bool(_RANGE.search(before))
