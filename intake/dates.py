"""Dates as official texts write them."""

import re
from datetime import date

DAY_PLAIN = (
    r"(?:ngay\s+[0-9]{1,2}\s+thang\s+[0-9]{1,2}\s+nam\s+[0-9]{4}"
    r"|(?:ngay\s+)?[0-9]{1,2}\s?[/.-]\s?[0-9]{1,2}\s?[/.-]\s?[0-9]{4})(?![0-9])"
)
"""A full date, in words or in figures; meets text without marks. Holds no group."""


def parse(text: str) -> date | None:
    """The date that a match of ``DAY_PLAIN`` names; none if the calendar has no such day."""
    day, month, year = (int(part) for part in re.findall(r"[0-9]+", text))
    try:
        return date(year, month, day)
    except ValueError:
        return None
