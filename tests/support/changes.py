"""Directives of an issuer of its own, and calendars that change them: dated by today, whenever that is."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from domain.base import local
from domain.calendar import Calendar

Json = dict[str, Any]
WEEKENDS: Final = Calendar()
TODAY: Final = local(datetime.now(UTC)).date()


def working(days: int) -> date:
    """So many working days from today on."""
    return WEEKENDS.plus(TODAY, days)


def off(day: date, *units: str) -> Json:
    """A day off, for these units or for everybody."""
    said: Json = {"day": day.isoformat(), "works": "off", "reason_vi": "bão", "reason_en": "storm", "source": "1/TB"}
    return {**said, "units": list(units)} if units else said


def calendar(version: str, *days: Json) -> Json:
    return {"id": "announced", "version": version, "days": list(days)}


def content(issuer: str, *units: str, **changes: Any) -> Json:
    """What ``tests.support.service.issue`` takes: a deadline eight working days after yesterday."""
    known = [{"id": one, "name": f"Sở {one}", "email": f"{one}@example.invalid"} for one in (issuer, *units)]
    issued = changes.pop("issued_date", TODAY - timedelta(days=1))
    return {
        "document": {"issuer": issuer, "issued_date": issued.isoformat()},
        "directory": {"version": "1", "sha256": "0" * 64, "units": known},
        "deadline": {"kind": "after", "count": 8, "days": "working", "start": "issue"},
        **changes,
    }
