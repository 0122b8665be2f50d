"""demand_explanation (yêu cầu giải trình): the issuer wants to know why something is late, by a day of its own."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Instant, Narrative, local
from domain.calendar import end_of
from domain.command import SelectionCommand
from domain.commands.working import check_in_force
from domain.deadline import DateDeadline, reckon_day
from domain.event import Alarm, AssignmentEvent, Event, EventData, Told
from domain.refusal import Code, Refused
from domain.state import Assignment, DirectiveState, Explanation


class ExplanationDemanded(AssignmentEvent):
    """``due``: when it has to be given. ``number`` counts the demands on the assignment.

    ``demanded_for``: where the policy demands it of whoever is late, when that was due; no question is put then.
    """

    type: Literal["ExplanationDemanded"] = "ExplanationDemanded"
    number: int
    due: Instant
    question: Narrative | None = None
    demanded_for: Instant | None = None

    kinds: ClassVar = ("explanation_demanded",)

    def change(self, assignment: Assignment, event: Event) -> None:  # noqa: ARG002 - same for all
        """It is owed beside the work, and whether or not the work is done."""
        assignment.explanations.append(Explanation(number=self.number, due=self.due))

    def alarm(self) -> Alarm | None:
        """By the policy: once for each assignment."""
        return None if self.demanded_for is None else Alarm(f"#why/{self.assignment}", self.demanded_for)

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The unit, with the question."""
        yield Told("explanation_demanded", self.holder(state), None, (self.assignment,), self.question)


class ExplanationDeadlinePassed(AssignmentEvent):
    """The unit has not explained itself in time."""

    type: Literal["ExplanationDeadlinePassed"] = "ExplanationDeadlinePassed"
    number: int
    deadline: Instant

    kinds: ClassVar = ("explanation_passed",)

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Once for each demand. It may still be given."""
        state.assignments[self.assignment].explanations[self.number - 1].passed = True

    def alarm(self) -> Alarm:
        """One for each demand."""
        return Alarm(f"#explanation/{self.assignment}/{self.number}/{self.deadline.isoformat()}", self.deadline)

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The issuer, about the unit."""
        yield Told("explanation_passed", state.document.issuer, self.holder(state), (self.assignment,))


class DemandExplanation(SelectionCommand):
    """From a leader of the issuer. ``by``: the last day for it; else the policy's number of working days."""

    type: Literal["demand_explanation"]
    by: DateDeadline | None = None
    question: Narrative

    roles: ClassVar = (Role.LEADER,)

    def fit(self, state: DirectiveState, assignment: Assignment, at: datetime) -> None:  # noqa: ARG002 - same for all
        """Late and in force, whether done or not; no demand open. Raises ``Refused``."""
        check_in_force(assignment)
        if not assignment.late(at):
            raise Refused(Code.NOT_OVERDUE, assignment=assignment.id)
        if assignment.pending_explanation is not None:
            raise Refused(Code.EXPLANATION_PENDING, assignment=assignment.id)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        chosen = self.chosen(state, at)
        due = self._due(state, at)
        if due <= at:
            raise Refused(Code.DEADLINE_PAST, deadline=due.isoformat())
        return [
            ExplanationDemanded(assignment=one.id, number=len(one.explanations) + 1, due=due, question=self.question)
            for one in chosen
        ]

    def _due(self, state: DirectiveState, at: datetime) -> datetime:
        if self.by is not None:
            return reckon_day(self.by, state.calendar)
        return explanation_due(state, at)


def explanation_due(state: DirectiveState, at: datetime) -> datetime:
    """The end of the policy's n-th working day after the demand."""
    day = state.calendar.plus(local(at).date(), state.policy.explanation_working_days)
    return end_of(state.calendar.on_or_after(day))
