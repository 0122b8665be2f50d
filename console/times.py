"""Instants and days as people read them, in local time."""

from datetime import date, datetime, timedelta

from console.paper import EMPTY
from domain.base import local


def shown(instant: datetime | None) -> str:
    """Day and minute."""
    return local(instant).strftime("%d/%m/%Y %H:%M") if instant else EMPTY


def deadline_shown(instant: datetime | None) -> str:
    """As ``shown``, but the end of a day is 24:00 of it and not 00:00 of the next: the day that is meant is named."""
    if instant is None:
        return EMPTY
    here = local(instant)
    if (here.hour, here.minute, here.second) == (0, 0, 0):
        return (here - timedelta(days=1)).strftime("%d/%m/%Y 24:00")
    return shown(instant)


def moment_shown(instant: datetime) -> str:
    """Day and second."""
    return local(instant).strftime("%d/%m/%Y %H:%M:%S")


def day_shown(day: date) -> str:
    """Day, month, year."""
    return day.strftime("%d/%m/%Y")
