"""What the documents of a scenario are reckoned by: the files that it names."""

from dataclasses import dataclass
from pathlib import Path

from domain.calendar import Calendar
from domain.policy import Policy
from intake import load_calendar, load_directory, load_policy
from intake.directory import Directory
from simulation.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Books:
    """Who there is, which days are worked, what the issuer rules."""

    directory: Directory
    calendar: Calendar
    policy: Policy


def load_books(scenario: Scenario, folder: Path) -> Books:
    """Of the files in the scenario's folder.

    Raises:
        InputError: with file, field and reason.
    """
    return Books(
        load_directory(folder / scenario.directory),
        load_calendar(folder / scenario.calendar),
        load_policy(folder / scenario.policy),
    )
