"""Working minutes, reckoned from a calendar as an export holds it. Shares nothing with the code that reckons them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Final

Json = dict[str, Any]
LOCAL: Final = timezone(timedelta(hours=7))
HOURS: Final[Json] = {
    "morning": {"start": "07:30:00", "end": "11:30:00"},
    "afternoon": {"start": "13:30:00", "end": "17:30:00"},
}
PARTS: Final = {"off": (), "full": ("morning", "afternoon"), "morning": ("morning",), "afternoon": ("afternoon",)}


def local_day(instant: datetime) -> date:
    return instant.astimezone(LOCAL).date()


def worked(calendar: Json, unit: str, since: datetime, until: datetime) -> int:
    """Whole minutes worked by the unit from one instant to the other."""
    spent = timedelta()
    for offset in range((local_day(until) - local_day(since)).days + 1):
        for begins, ends in _spans(calendar, unit, local_day(since) + timedelta(days=offset)):
            spent += max(timedelta(), min(ends, until) - max(begins, since))
    return int(spent.total_seconds() // 60)


def full_day(calendar: Json, day: date) -> int:
    """Minutes of a full day by the hours of that day."""
    hours = _hours(calendar, day)
    spans = (_span(day, hours[part]) for part in ("morning", "afternoon"))
    return int(sum((ends - begins).total_seconds() for begins, ends in spans) // 60)


def _spans(calendar: Json, unit: str, day: date) -> Iterator[tuple[datetime, datetime]]:
    hours = _hours(calendar, day)
    return (_span(day, hours[part]) for part in PARTS[_works(calendar, unit, day)])


def _works(calendar: Json, unit: str, day: date) -> str:
    announced = [one for one in calendar["days"] if one["day"] == day.isoformat()]
    own = [one for one in announced if unit in one["units"]]
    general = [one for one in announced if not one["units"]]
    if own or general:
        return str((own or general)[-1]["works"])
    if day.isoformat() in calendar["worked"]:
        return "full"
    return "off" if day.isoformat() in calendar["off"] or day.weekday() >= 5 else "full"


def _hours(calendar: Json, day: date) -> Json:
    def covers(one: Json) -> bool:
        return (one["first"] or "") <= day.isoformat() <= (one["last"] or "9")

    return next((one for one in reversed(calendar["hours"]) if covers(one)), HOURS)


def _span(day: date, span: Json) -> tuple[datetime, datetime]:
    begins, ends = (datetime.combine(day, time.fromisoformat(span[name]), LOCAL) for name in ("start", "end"))
    return begins, ends
