"""grant_extension (gia hạn): the issuer moves a deadline as asked, or to another day."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Instant, Narrative
from domain.calendar import Calendar
from domain.command import AssignmentCommand
from domain.commands.deadline_set import moved
from domain.commands.working import check_no_report, pending_extension
from domain.deadline import DateDeadline, Deadline, reckon_day
from domain.event import AssignmentEvent, Event, EventData, Told
from domain.refusal import Code, Refused
from domain.state import Assignment, DirectiveState, Extension
from domain.superiors import check_window


class ExtensionGranted(AssignmentEvent):
    """``instant``: the deadline from now on, reckoned by ``rule``; the one that was asked for stays known."""

    type: Literal["ExtensionGranted"] = "ExtensionGranted"
    number: int
    instant: Instant
    rule: Deadline
    note: Narrative | None = None

    kinds: ClassVar = ("extension_granted",)

    def change(self, assignment: Assignment, event: Event) -> None:  # noqa: ARG002 - same for all
        """The deadline itself is moved by the event that follows."""
        assignment.extensions[self.number - 1].decided = "granted"

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The unit."""
        yield Told("extension_granted", self.holder(state), None, (self.assignment,), self.note)


class GrantExtension(AssignmentCommand):
    """From a leader of the issuer. ``until``: another day than the unit asked for."""

    type: Literal["grant_extension"]
    until: DateDeadline | None = None
    note: Narrative | None = None

    roles: ClassVar = (Role.LEADER,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        asked = pending_extension(assignment)
        check_no_report(assignment)
        rule, instant = self._granted(state.calendar.of(assignment.unit), asked)
        if assignment.deadline is None or instant <= assignment.deadline:
            known = assignment.deadline.isoformat() if assignment.deadline else "-"
            raise Refused(Code.NOT_LATER, assignment=assignment.id, deadline=known)
        check_window(state, instant)
        return [
            ExtensionGranted(assignment=assignment.id, number=asked.number, instant=instant, rule=rule, note=self.note),
            moved(state, assignment.id, instant, rule, "extended"),
        ]

    def _granted(self, calendar: Calendar, asked: Extension) -> tuple[Deadline, datetime]:
        if self.until is None:
            return asked.rule, asked.instant
        return self.until, reckon_day(self.until, calendar)
