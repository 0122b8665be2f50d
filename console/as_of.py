"""The instant that figures are asked for, as people type it."""

import re
from datetime import UTC, date, datetime
from typing import Final

from console.fields import BadValueError
from domain.base import LOCAL
from domain.calendar import end_of

_FORM: Final = "YYYY-MM-DD[ HH:MM]"
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MINUTE: Final = re.compile(_DAY.pattern + r"[T ]\d\d:\d\d.*")


def read_as_of(option: str, typed: str) -> datetime:
    """The instant that was typed: a day means its 24:00; an hour without an offset is local.

    Raises ``BadValueError``, which names ``option``.
    """
    typed = typed.strip()
    try:
        if _DAY.fullmatch(typed):
            return end_of(date.fromisoformat(typed)).astimezone(UTC)
        if _MINUTE.fullmatch(typed):
            instant = datetime.fromisoformat(typed)
            return (instant if instant.tzinfo else instant.replace(tzinfo=LOCAL)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadValueError(option, _FORM) from error
    raise BadValueError(option, _FORM)
