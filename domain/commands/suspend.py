"""suspend (tạm dừng): the clock stands still until the issuer says otherwise."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Narrative
from domain.command import SelectionCommand
from domain.commands.working import check_no_report, check_not_suspended, check_owed
from domain.event import AssignmentEvent, Event, EventData, Told
from domain.state import Assignment, DirectiveState

Ground = Literal["waiting_for_others", "legal_question", "force_majeure", "other"]


class Suspended(AssignmentEvent):
    """From now on its time is not the unit's. What was late before stays late."""

    type: Literal["Suspended"] = "Suspended"
    cause: Ground
    reason: Narrative

    kinds: ClassVar = ("suspended",)

    def change(self, assignment: Assignment, event: Event) -> None:
        """No status: it stands beside."""
        assignment.suspended_at = event.at

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The unit, with the reason."""
        yield Told("suspended", self.holder(state), None, (self.assignment,), self.reason)


class Suspend(SelectionCommand):
    """From a leader of the issuer, for a cause that is not the unit's."""

    type: Literal["suspend"]
    cause: Ground
    reason: Narrative

    roles: ClassVar = (Role.LEADER,)

    def fit(self, state: DirectiveState, assignment: Assignment, at: datetime) -> None:  # noqa: ARG002 - same for all
        """Owed, running, and with the unit. Raises ``Refused``."""
        check_owed(assignment)
        check_not_suspended(assignment)
        check_no_report(assignment)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        chosen = self.chosen(state, at)
        return [Suspended(assignment=one.id, cause=self.cause, reason=self.reason) for one in chosen]
