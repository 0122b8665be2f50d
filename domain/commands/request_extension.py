"""request_extension (đề nghị gia hạn): the unit asks for more time. The clock runs on until the issuer grants it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Instant, Narrative
from domain.command import AssignmentCommand
from domain.commands.working import check_working
from domain.deadline import DateDeadline, reckon_day
from domain.event import AssignmentEvent, Event, EventData, Told
from domain.policy import Policy
from domain.refusal import Code, Refused
from domain.state import Assignment, DirectiveState, Extension


class ExtensionRequested(AssignmentEvent):
    """``instant``: the deadline asked for, reckoned by ``rule``. ``number`` counts the requests of the assignment."""

    type: Literal["ExtensionRequested"] = "ExtensionRequested"
    number: int
    rule: DateDeadline
    instant: Instant
    reason: Narrative

    kinds: ClassVar = ("extension_requested",)

    def change(self, assignment: Assignment, event: Event) -> None:
        """It waits for a decision; the deadline stays."""
        assignment.extensions.append(
            Extension(number=self.number, requested_at=event.at, instant=self.instant, rule=self.rule)
        )

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The issuer, with the reason."""
        issuer = state.document.issuer
        yield Told("extension_requested", issuer, self.holder(state), (self.assignment,), self.reason)


class RequestExtension(AssignmentCommand):
    """From the head of the unit that works on it, early enough, not too often and not for too long (policy)."""

    type: Literal["request_extension"]
    until: DateDeadline
    reason: Narrative

    roles: ClassVar = (Role.UNIT_HEAD,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        assignment = self.target(state)
        check_working(state, assignment)
        deadline = _extendable(assignment, state.policy, at)
        instant = reckon_day(self.until, state.calendar.of(assignment.unit))
        _check_length(assignment, deadline, instant, state.policy, at)
        return [
            ExtensionRequested(
                assignment=assignment.id,
                number=len(assignment.extensions) + 1,
                rule=self.until,
                instant=instant,
                reason=self.reason,
            )
        ]


def _extendable(assignment: Assignment, policy: Policy, at: datetime) -> datetime:
    """The deadline that may be moved. Raises ``Refused``."""
    deadline = assignment.deadline
    if deadline is None:
        raise Refused(Code.NO_DEADLINE, assignment=assignment.id)
    if assignment.pending_extension is not None:
        raise Refused(Code.EXTENSION_PENDING, assignment=assignment.id)
    granted = sum(one.decided == "granted" for one in assignment.extensions)
    if granted >= policy.extensions_most:
        raise Refused(Code.EXTENSION_LIMIT, assignment=assignment.id, limit=str(policy.extensions_most))
    if at > deadline + timedelta(days=policy.extension_grace_days):
        raise Refused(Code.EXTENSION_TOO_LATE, assignment=assignment.id, deadline=deadline.isoformat())
    return deadline


def _check_length(assignment: Assignment, deadline: datetime, instant: datetime, policy: Policy, at: datetime) -> None:
    if instant <= deadline:
        raise Refused(Code.NOT_LATER, assignment=assignment.id, deadline=deadline.isoformat())
    if instant <= at:
        raise Refused(Code.DEADLINE_PAST, deadline=instant.isoformat())
    if instant > deadline + timedelta(days=policy.extension_longest_days):
        raise Refused(Code.EXTENSION_TOO_LONG, assignment=assignment.id, days=str(policy.extension_longest_days))
