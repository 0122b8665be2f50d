"""Instants as people read them: local time, day first."""

from datetime import datetime, time, timedelta

from domain.base import local


def minute_shown(instant: datetime) -> str:
    """Day and minute."""
    return local(instant).strftime("%d/%m/%Y %H:%M")


def deadline_shown(instant: datetime) -> str:
    """The same, but the end of a day is 24:00 of it and not 00:00 of the next: the day that is meant is named."""
    here = local(instant)
    if here.time() == time(0):
        return (here - timedelta(days=1)).strftime("%d/%m/%Y 24:00")
    return minute_shown(instant)
