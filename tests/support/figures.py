"""The four cells, reckoned from events alone. Shares nothing with the code that folds them into a state."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from domain.commands.accept import ReportAccepted
from domain.commands.approve import ReportApproved
from domain.commands.deadline_set import DeadlineSet
from domain.commands.issue import DirectiveIssued
from domain.commands.report import ReportSubmitted
from domain.commands.return_report import ReportReturned
from domain.event import Event

CELLS: Final = ("done_on_time", "done_late", "open_in_time", "open_overdue")


def cells(events: Iterable[Event], at: datetime) -> dict[str, str]:
    """Assignment to cell at that instant. Nothing can be released yet, so every assignment is in force."""
    past = [event for event in events if event.at <= at]
    return {assignment: _cell(past, assignment, at) for assignment in _assignments(past)}


def counts(cells_: Iterable[str]) -> dict[str, int]:
    """How many stand in each cell, with the sums that must hold."""
    found = list(cells_)
    result = {cell: found.count(cell) for cell in CELLS}
    result["done"] = result["done_on_time"] + result["done_late"]
    result["open"] = result["open_in_time"] + result["open_overdue"]
    result["total"] = result["done"] + result["open"]
    return result


def _assignments(events: Iterable[Event]) -> list[str]:
    return [held.id for event in events if isinstance(event.data, DirectiveIssued) for held in event.data.assignments]


def _cell(events: Iterable[Event], assignment: str, at: datetime) -> str:
    own = [event for event in events if getattr(event.data, "assignment", None) == assignment]
    left: dict[int, datetime] = {}
    settled: dict[int, type] = {}
    for event in own:
        match event.data:
            case ReportSubmitted(to="issuer", report=number) | ReportApproved(report=number):
                left[number] = event.at
            case ReportAccepted(report=number) | ReportReturned(report=number):
                settled[number] = type(event.data)
    for number, how in settled.items():
        if how is ReportAccepted:
            due = _due(own, left[number])
            return "done_on_time" if due is None or left[number] <= due else "done_late"
    held = min((when for number, when in left.items() if number not in settled), default=at)
    due = _due(own, at)
    return "open_overdue" if due is not None and held > due else "open_in_time"


def _due(events: Iterable[Event], at: datetime) -> datetime | None:
    set_ = [event.data.instant for event in events if isinstance(event.data, DeadlineSet) and event.at <= at]
    return set_[-1] if set_ else None
