"""explain (giải trình): the unit says why it was late."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Narrative
from domain.command import AssignmentCommand
from domain.event import AssignmentEvent, Event, EventData, Told
from domain.refusal import Code, Refused
from domain.state import RELEASED, Assignment, DirectiveState, Explanation

Why = Literal["late_input", "resources", "coordination", "legal", "unforeseen", "own_fault", "other"]


class ExplanationGiven(AssignmentEvent):
    """``cause``: one of a few kinds, so that causes can be counted. What is late stays late."""

    type: Literal["ExplanationGiven"] = "ExplanationGiven"
    number: int
    cause: Why
    text: Narrative

    kinds: ClassVar = ("explained",)

    def change(self, assignment: Assignment, event: Event) -> None:
        """The demand is answered; or the unit did not wait for one."""
        if self.number > len(assignment.explanations):
            assignment.explanations.append(Explanation(number=self.number, due=event.at))
        explanation = assignment.explanations[self.number - 1]
        explanation.given_at = event.at
        explanation.cause = self.cause

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The issuer, with the explanation."""
        yield Told("explained", state.document.issuer, self.holder(state), (self.assignment,), self.text)


class Explain(AssignmentCommand):
    """From the head of the unit that was asked, or is late and has not said why.

    An answer after its day, or after the directive was closed, counts.
    """

    type: Literal["explain"]
    cause: Why
    text: Narrative

    roles: ClassVar = (Role.UNIT_HEAD,)
    phases: ClassVar = frozenset({"in_force", "closed"})

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        assignment = self.target(state)
        number = _number(assignment, at)
        return [ExplanationGiven(assignment=assignment.id, number=number, cause=self.cause, text=self.text)]


def _number(assignment: Assignment, at: datetime) -> int:
    pending = assignment.pending_explanation
    if pending is not None:
        return pending.number
    if assignment.explanations or assignment.status in RELEASED or not assignment.late(at):
        raise Refused(Code.NO_EXPLANATION_DEMANDED, assignment=assignment.id)
    return 1
