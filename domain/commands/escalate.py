"""escalate (báo cáo cấp trên): the tracker tells those above of what does not get on."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Narrative
from domain.command import SelectionCommand
from domain.commands.working import check_owed
from domain.event import AssignmentEvent, Event, EventData, Told
from domain.state import Assignment, DirectiveState


class Escalated(AssignmentEvent):
    """``number`` counts how often the assignment was escalated."""

    type: Literal["Escalated"] = "Escalated"
    number: int
    text: Narrative

    kinds: ClassVar = ("escalated",)

    def change(self, assignment: Assignment, event: Event) -> None:  # noqa: ARG002 - same for all
        """It is counted, and moves nothing."""
        assignment.escalated = self.number

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The issuer's leaders, about the unit."""
        yield Told("escalated", state.document.issuer, self.holder(state), (self.assignment,), self.text)


class Escalate(SelectionCommand):
    """From a tracker of the issuer; about a report that nobody answers, too."""

    type: Literal["escalate"]
    text: Narrative

    roles: ClassVar = (Role.TRACKER,)

    def fit(self, state: DirectiveState, assignment: Assignment, at: datetime) -> None:  # noqa: ARG002 - same for all
        """Owed. Raises ``Refused``."""
        check_owed(assignment)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        chosen = self.chosen(state, at)
        return [Escalated(assignment=one.id, number=one.escalated + 1, text=self.text) for one in chosen]
