"""record_child: a unit's own directive tells the one above how it stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from domain.actor import Role
from domain.base import AssignmentId, Instant
from domain.command import Command
from domain.document import StreamId
from domain.event import AssignmentEvent, Event, EventData
from domain.refusal import Code, Refused
from domain.state import PHASES, Assignment, Child, DirectiveState

ChildStanding = Literal["in_time", "overdue", "done"]


class ChildRecorded(AssignmentEvent):
    """``child_version``: of the child when it stood so. ``window``: the deadline above that it knew of."""

    type: Literal["ChildRecorded"] = "ChildRecorded"
    child: StreamId
    standing: ChildStanding
    child_version: int
    window: Instant | None

    def apply(self, state: DirectiveState, event: Event) -> None:
        """The assignment is found again among thousands."""
        super().apply(state, event)
        if self.assignment not in state.parents:
            state.parents.append(self.assignment)

    def change(self, assignment: Assignment, event: Event) -> None:  # noqa: ARG002 - same for all
        """The last word of each child counts."""
        assignment.children[self.child] = Child(stream=self.child, version=self.child_version, standing=self.standing)


class RecordChild(Command):
    """From the system, once for each change of the child's standing."""

    type: Literal["record_child"]
    assignment: AssignmentId
    child: StreamId
    standing: ChildStanding
    child_version: int = Field(ge=1)
    window: Instant | None = None

    roles: ClassVar = (Role.SYSTEM,)
    phases: ClassVar = PHASES

    def not_before(self, state: DirectiveState) -> datetime:
        """Not before the last thing known of the assignment."""
        assignment = state.assignments.get(self.assignment)
        return assignment.touched_at if assignment else state.issued_at

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """What is older than what is known changes nothing. Raises ``Refused``."""
        assignment = state.assignments.get(self.assignment)
        if assignment is None:
            raise Refused(Code.UNKNOWN_ASSIGNMENT, assignment=self.assignment)
        known = assignment.children.get(self.child)
        if known is not None and known.version >= self.child_version:
            return []
        return [
            ChildRecorded(
                assignment=assignment.id,
                child=self.child,
                standing=self.standing,
                child_version=self.child_version,
                window=self.window,
            )
        ]
