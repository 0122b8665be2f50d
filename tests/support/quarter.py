"""The city's four months: the scenario, a plan of it, and what its letter says."""

from functools import cache
from pathlib import Path
from typing import Final

from domain.calendar import Calendar
from simulation.books import Books, load_books
from simulation.plan import Lead, Plan
from simulation.planning import plan
from simulation.scenario import Named, Scenario, load_scenario

SCENARIO: Final = Path(__file__).parents[2] / "examples" / "four-months.yaml"
LETTER: Final = {"done_on_time": 547, "done_late": 135, "open_in_time": 177, "open_overdue": 57}
"""916 given; 682 done, 135 of them late; 234 open, 57 of them overdue."""
TET: Final = ("2023-01-20", "2023-01-23", "2023-01-24", "2023-01-25", "2023-01-26")


@cache
def scenario() -> Scenario:
    return load_scenario(SCENARIO)


@cache
def books() -> Books:
    return load_books(scenario(), SCENARIO.parent)


@cache
def planned() -> Plan:
    return plan(scenario(), books())


def without_tet() -> Plan:
    """Everybody does the same; the service knows of no Tết."""
    content = books().calendar.model_dump(mode="json")
    content["off"] = [day for day in content["off"] if day not in TET]
    content["days"] = [one for one in content["days"] if one["day"] not in TET]
    return planned().under(Calendar.model_validate(content, strict=False))


def extended(lead: Lead, working_days: int) -> Plan:
    """One assignment is given more time; all else is as it was."""
    more = Named(stream=lead.stream, assignment=lead.assignment, working_days=working_days)
    return plan(scenario().model_copy(update={"extensions": [more]}), books())
