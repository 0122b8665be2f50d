"""reopen (mở lại): an acceptance is taken back. The first result stays listed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import ClassVar, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from domain.actor import Role
from domain.base import Narrative, local
from domain.command import SelectionCommand
from domain.commands.deadline_set import moved
from domain.commands.working import check_bound
from domain.deadline import DateDeadline, reckon_day
from domain.event import AssignmentEvent, Event, EventData, Move, PhaseMove, Told
from domain.refusal import Code, Refused
from domain.state import Assignment, DirectiveState, Status
from domain.superiors import check_window

_ACCEPTED: frozenset[Status] = frozenset({"accepted"})


class DirectiveReopened(EventData):
    """A closed directive is in force again."""

    type: Literal["DirectiveReopened"] = "DirectiveReopened"
    reason: Narrative

    phase_moves: ClassVar = (PhaseMove(frozenset({"closed"}), "in_force"),)

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Something is owed again."""
        state.phase = "in_force"
        state.ended_at = None


class AssignmentReopened(AssignmentEvent):
    """``slip``: it was accepted by mistake on this very day; report ``report`` waits again as if nothing had been said.

    Otherwise the work is the unit's again, and that report stays known as the one that was accepted first.
    """

    type: Literal["AssignmentReopened"] = "AssignmentReopened"
    report: int
    slip: bool
    reason: Narrative

    moves: ClassVar = (Move(_ACCEPTED, "open"), Move(_ACCEPTED, "with_issuer"))
    kinds: ClassVar = ("reopened",)

    def change(self, assignment: Assignment, event: Event) -> None:  # noqa: ARG002 - same for all
        """A slip counts for nothing."""
        if not self.slip:
            assignment.status = "open"
            assignment.reopened += 1
            return
        report = assignment.reports[self.report - 1]
        report.accepted_at = report.accepted_by = None
        assignment.status = "with_issuer"

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The unit, with the reason."""
        yield Told("reopened", self.holder(state), None, (self.assignment,), self.reason)


class Reopen(SelectionCommand):
    """From a leader of the issuer. ``until``: the new deadline, without which nothing is reopened but a slip.

    ``slip``: only by whoever accepted, and on the same day.
    """

    type: Literal["reopen"]
    until: DateDeadline | None = None
    reason: Narrative
    slip: bool = False

    roles: ClassVar = (Role.LEADER,)
    phases: ClassVar = frozenset({"in_force", "closed"})

    @model_validator(mode="after")
    def _has_deadline_or_is_slip(self) -> Self:
        if (self.until is None) != self.slip:
            raise PydanticCustomError("reopen_deadline", "a new deadline is needed; a slip has none")
        return self

    def fit(self, state: DirectiveState, assignment: Assignment, at: datetime) -> None:
        """Accepted, of a unit that is still bound; of a slip, by the same person today. Raises ``Refused``."""
        if assignment.status != "accepted":
            raise Refused(Code.NOT_ACCEPTED, assignment=assignment.id)
        # A unit may have given the directive back after its work was accepted.
        check_bound(state.receipts[assignment.unit])
        report = assignment.reports[-1]
        accepted_on = local(report.accepted_at).date() if report.accepted_at else None
        if self.slip and (self.actor.person, local(at).date()) != (report.accepted_by, accepted_on):
            raise Refused(Code.SLIP_TOO_LATE, assignment=assignment.id, person=self.actor.person)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        chosen = self.chosen(state, at)
        phase = [DirectiveReopened(reason=self.reason)] if state.phase == "closed" else []
        return [*phase, *(event for one in chosen for event in self._reopened(state, one, at))]

    def _deadline(self, state: DirectiveState, until: DateDeadline, unit: str, at: datetime) -> datetime:
        instant = reckon_day(until, state.calendar.of(unit))
        if instant <= at:
            raise Refused(Code.DEADLINE_PAST, deadline=instant.isoformat())
        check_window(state, instant)
        return instant

    def _reopened(self, state: DirectiveState, assignment: Assignment, at: datetime) -> Iterator[EventData]:
        number = assignment.reports[-1].number
        yield AssignmentReopened(assignment=assignment.id, report=number, slip=self.slip, reason=self.reason)
        if self.until is not None:
            instant = self._deadline(state, self.until, assignment.unit, at)
            yield moved(state, assignment.id, instant, self.until, "reopened")
