"""Loads what a directive is reckoned by: policy and calendar files."""

from pathlib import Path

from domain.calendar import Calendar
from domain.policy import Policy
from intake import files
from intake.errors import InputError


def load_policy(path: Path) -> Policy:
    """The policy in a YAML or JSON file; fields left out have the defaults of the domain.

    Raises:
        InputError: with file, field and reason.
    """
    return files.load(path, Policy)


def load_calendar(path: Path) -> Calendar:
    """The calendar in a YAML or JSON file.

    Raises:
        InputError: with file, field and reason.
    """
    calendar = files.load(path, Calendar)
    for position, day in enumerate(calendar.worked):
        if day in calendar.off:
            raise InputError(str(path), f"worked[{position}]", f"{day} is also listed as off")
    return calendar
