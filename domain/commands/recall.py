"""recall (thu hồi): the issuer takes the directive back. Decree 30/2020 art. 18.4, Appendix VI part III.8.

Everything is frozen at once. Each unit agrees or refuses; who is silent past the policy's days has agreed. What is
known of the directive stays.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import AssignmentId, Instant, Narrative, UnitId, local
from domain.calendar import end_of
from domain.command import Command
from domain.document import Reference
from domain.event import EVERYTHING, Alarm, Concern, Event, EventData, Move, PhaseMove, Told
from domain.recalls import give_way, owed_of
from domain.refusal import Code, Refused
from domain.state import OWED, DirectiveState, Receipt


class DirectiveRecalled(EventData):
    """``answer_by``: until when units may answer. ``superior_version``: of the directive above, whose recall it is."""

    type: Literal["DirectiveRecalled"] = "DirectiveRecalled"
    answer_by: Instant
    reason: Narrative | None = None
    document: Reference | None = None
    superior_version: int | None = None

    phase_moves: ClassVar = (PhaseMove(frozenset({"in_force", "closed"}), "recalling"),)
    kinds: ClassVar = ("recalled",)

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Frozen until all have answered."""
        state.phase = "recalling"
        state.ended_at = None
        state.recall_answer_by = self.answer_by
        state.recall_refused = 0
        bound = bound_receipts(state)
        state.recall_asked = len(bound)
        for receipt in bound:
            receipt.recall = "asked"
            receipt.touched_at = event.at
        if self.superior_version is not None and state.superior is not None:
            state.superior.version = self.superior_version

    def concerns(self) -> Concern:
        """All of it."""
        return EVERYTHING

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """Every unit that has it, also those that only know of it."""
        return [
            Told("recalled", one.unit, None, tuple(owed_of(state, one.unit)), self.reason)
            for one in state.receipts.values()
            if one.released_at is None
        ]


class RecallUnanswered(EventData):
    """A unit was silent: that counts as its having agreed."""

    type: Literal["RecallUnanswered"] = "RecallUnanswered"
    unit: UnitId
    deadline: Instant
    assignments: list[AssignmentId]

    moves: ClassVar = (Move(OWED, "recalled"),)
    phase_moves: ClassVar = (
        PhaseMove(frozenset({"recalling"}), "recalled"),
        PhaseMove(frozenset({"recalling"}), "in_force"),
    )

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Its open work is recalled."""
        give_way(state, self.unit, self.assignments, "silent", event.at)

    def alarm(self) -> Alarm:
        """One for each unit and recall."""
        return Alarm(f"#recall/{self.unit}/{self.deadline.isoformat()}", self.deadline)

    def concerns(self) -> Concern:
        """The unit and what it owed."""
        return Concern((self.unit,), tuple(self.assignments))


class Recall(Command):
    """From a leader of the issuer; also of a directive that is closed. ``document``: by which it is recalled."""

    type: Literal["recall"]
    reason: Narrative
    document: Reference | None = None

    roles: ClassVar = (Role.LEADER,)
    phases: ClassVar = frozenset({"in_force", "closed"})

    def not_before(self, state: DirectiveState) -> datetime:
        """It meets everything as it stands."""
        return state.touched_at

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        return recalled(state, at, reason=self.reason, document=self.document)


def recalled(
    state: DirectiveState,
    at: datetime,
    *,
    reason: str | None = None,
    document: Reference | None = None,
    superior_version: int | None = None,
) -> Sequence[EventData]:
    """The event. Raises ``Refused`` where nobody holds the directive any more."""
    if not bound_receipts(state):
        raise Refused(Code.NOTHING_CHANGED)
    return [
        DirectiveRecalled(
            answer_by=_answer_by(state, at), reason=reason, document=document, superior_version=superior_version
        )
    ]


def bound_receipts(state: DirectiveState) -> list[Receipt]:
    """Those of the units that have to answer a recall."""
    return [one for one in state.receipts.values() if one.purpose == "act" and one.released_at is None]


def _answer_by(state: DirectiveState, at: datetime) -> datetime:
    day = state.calendar.plus(local(at).date(), state.policy.recall_working_days)
    return end_of(state.calendar.on_or_after(day))
