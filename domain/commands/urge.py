"""urge (đôn đốc): the issuer reminds by hand whoever owes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Narrative
from domain.command import SelectionCommand
from domain.commands.working import check_not_suspended, check_owed
from domain.event import AssignmentEvent, Event, EventData, Told
from domain.refusal import Code, Refused
from domain.state import Assignment, DirectiveState


class Urged(AssignmentEvent):
    """``number`` counts how often the assignment was urged."""

    type: Literal["Urged"] = "Urged"
    number: int
    text: Narrative

    kinds: ClassVar = ("urged",)

    def change(self, assignment: Assignment, event: Event) -> None:  # noqa: ARG002 - same for all
        """It is counted, and moves nothing."""
        assignment.urged = self.number

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The unit, in the sender's words."""
        yield Told("urged", self.holder(state), None, (self.assignment,), self.text)


class Urge(SelectionCommand):
    """From a tracker or a clerk of the issuer."""

    type: Literal["urge"]
    text: Narrative

    roles: ClassVar = (Role.TRACKER, Role.CLERK)

    def fit(self, state: DirectiveState, assignment: Assignment, at: datetime) -> None:  # noqa: ARG002 - same for all
        """Its time is the unit's; with the head of the unit it still is. Raises ``Refused``."""
        check_owed(assignment)
        if assignment.status == "with_issuer":
            raise Refused(Code.REPORT_PENDING, assignment=assignment.id)
        check_not_suspended(assignment)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        chosen = self.chosen(state, at)
        return [Urged(assignment=one.id, number=one.urged + 1, text=self.text) for one in chosen]
