"""Instants and days as people read them: local time, day first."""

from datetime import date, datetime, time, timedelta

from catalogue import Language, text
from domain.base import local


def day_shown(day: date) -> str:
    """Day, month, year."""
    return f"{day:%d/%m/%Y}"


def day_in_full(day: date, language: Language) -> str:
    """As it stands in a letter. Decree 30/2020: days below 10 and the months 1 and 2 have a 0 before them."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)  # noqa: PLR2004 - January and February
    return text("letter.day", language, day=f"{day.day:02}", month=month, year=day.year)


def minute_shown(instant: datetime) -> str:
    """Day and minute."""
    return f"{local(instant):%d/%m/%Y %H:%M}"


def meant(deadline: datetime) -> tuple[date, time | None]:
    """The day and the hour that a deadline names: 00:00 is the end of the day before, and names no hour."""
    here = local(deadline)
    if here.time() == time(0):
        return here.date() - timedelta(days=1), None
    return here.date(), here.time()


def deadline_shown(instant: datetime) -> str:
    """As ``minute_shown``, but the end of a day is 24:00 of it."""
    day, hour = meant(instant)
    return f"{day_shown(day)} {hour:%H:%M}" if hour else f"{day_shown(day)} 24:00"
