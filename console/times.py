"""Instants and days as people read them, in local time."""

from datetime import datetime

from catalogue import times
from console.paper import EMPTY
from domain.base import local


def shown(instant: datetime | None) -> str:
    """Day and minute."""
    return times.minute_shown(instant) if instant else EMPTY


def deadline_shown(instant: datetime | None) -> str:
    """As ``shown``, with 24:00 for the end of a day."""
    return times.deadline_shown(instant) if instant else EMPTY


def moment_shown(instant: datetime) -> str:
    """Day and second."""
    return local(instant).strftime("%d/%m/%Y %H:%M:%S")
