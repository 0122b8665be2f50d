"""assign_officer (phân công chuyên viên): the head says who inside the unit does the work."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Person
from domain.command import AssignmentCommand
from domain.commands.working import check_acknowledged, check_owed
from domain.event import AssignmentEvent, Event, EventData
from domain.state import Assignment, DirectiveState


class OfficerAssigned(AssignmentEvent):
    """``officer``: who does it from now on, in place of whoever did."""

    type: Literal["OfficerAssigned"] = "OfficerAssigned"
    officer: Person

    def change(self, assignment: Assignment, event: Event) -> None:  # noqa: ARG002 - same for all
        """The unit's own affair: who may give which command does not change."""
        assignment.officer = self.officer


class AssignOfficer(AssignmentCommand):
    """From the head of a unit that has acknowledged, while the work is owed."""

    type: Literal["assign_officer"]
    officer: Person

    roles: ClassVar = (Role.UNIT_HEAD,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        assignment = self.target(state)
        check_acknowledged(state, assignment)
        check_owed(assignment)
        return [OfficerAssigned(assignment=assignment.id, officer=self.officer)]
