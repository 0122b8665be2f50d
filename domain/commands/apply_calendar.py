"""apply_calendar (áp dụng lịch làm việc): days off or made up for that were announced later reach an open directive."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Sha256
from domain.calendar import Calendar
from domain.command import Command
from domain.commands.deadlines_moved import open_deadlines, open_receipts
from domain.document import Reference
from domain.event import EVERYTHING, Concern, Event, EventData
from domain.state import DirectiveState


class CalendarApplied(EventData):
    """From now on deadlines are reckoned by ``calendar``; those that it moves are named by events that follow.

    ``before_sha256``: of the calendar until now. ``document``: by which it was announced.
    """

    type: Literal["CalendarApplied"] = "CalendarApplied"
    calendar: Calendar
    sha256: Sha256
    before_sha256: Sha256
    document: Reference

    def apply(self, state: DirectiveState, event: Event) -> None:
        """What was reckoned stays until an event moves it."""
        state.apply_calendar(self.calendar, event.at)

    def concerns(self) -> Concern:
        """All of it: the rungs, too."""
        return EVERYTHING


class ApplyCalendar(Command):
    """From the operator, by a document. The calendar that a directive has already changes nothing."""

    type: Literal["apply_calendar"]
    calendar: Calendar
    document: Reference

    roles: ClassVar = (Role.OPERATOR,)
    phases: ClassVar = frozenset({"in_force", "recalling"})

    def not_before(self, state: DirectiveState) -> datetime:
        """It meets everything as it stands."""
        return state.touched_at

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        sha256, before = self.calendar.sha256(), state.calendar.sha256()
        if sha256 == before:
            return []
        applied = CalendarApplied(calendar=self.calendar, sha256=sha256, before_sha256=before, document=self.document)
        then = state.model_copy(update={"calendar": self.calendar})
        return [applied, *open_receipts(then, at, "calendar"), *open_deadlines(then, at, "calendar")]
