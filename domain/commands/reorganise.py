"""reorganise (sắp xếp tổ chức): units are merged, split, renamed or end, and their open work moves to successors.

What is done stays with whoever did it, so that figures before and after add up.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from domain.actor import Role
from domain.base import AssignmentId, Day, Fact, UnitId
from domain.command import Command
from domain.directive import EVERY_COMMUNE, Unit
from domain.document import Reference
from domain.event import EVERYTHING, Concern, Event, EventData, Told
from domain.refusal import Code, Refused
from domain.state import PHASES, Assignment, DirectiveState


class UnitMove(Fact):
    """``to``: who takes over what ``unit`` holds."""

    unit: UnitId
    to: UnitId


class AssignmentMove(Fact):
    """``to``: who takes over this one, where a unit is split."""

    assignment: AssignmentId
    to: UnitId


class HandedOver(Fact):
    """An assignment that moves."""

    assignment: AssignmentId
    before: UnitId
    after: UnitId


class UnitsReorganised(EventData):
    """``units``: entries from now on, new and renamed ones; ``moved``: units whose receipt a successor inherits."""

    type: Literal["UnitsReorganised"] = "UnitsReorganised"
    document: Reference
    effective: Day
    kind: Literal["merge", "split", "rename", "end"]
    units: list[Unit]
    moved: list[UnitMove]
    handovers: list[HandedOver]

    kinds: ClassVar = ("reorganised",)

    def apply(self, state: DirectiveState, event: Event) -> None:
        """A successor without a receipt of its own has received what its predecessor had."""
        state.enter(self.units, event.at, self.effective)
        for one in self.moved:
            state.inherit(one.to, one.unit, event.at)
        for passed in self.handovers:
            state.inherit(passed.after, passed.before, event.at)
            state.hand_over(passed.assignment, passed.after, event.at, "reorganisation")
            state.relieve(passed.before, event.at)
        for one in self.moved:
            # In a chain of moves, or where units exchange work, a predecessor is a successor, too.
            if not any(held.owed for held in state.held(one.unit)):
                receipt = state.receipts[one.unit]
                receipt.released_at = receipt.touched_at = event.at

    def concerns(self) -> Concern:
        """The units' names stand in many rows."""
        return EVERYTHING

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The successors."""
        taken: dict[str, list[str]] = {}
        for one in self.handovers:
            taken.setdefault(one.after, []).append(one.assignment)
        return [Told("reorganised", unit, None, tuple(ids)) for unit, ids in taken.items()]

    def changes_rights(self) -> bool:
        """Whoever heads a successor acts for its work from now on."""
        return True


class Reorganise(Command):
    """From the operator, by a document. ``moves``: a successor for each unit; ``splits``: another for single ones."""

    type: Literal["reorganise"]
    document: Reference
    effective: Day
    kind: Literal["merge", "split", "rename", "end"]
    units: list[Unit] = Field(default_factory=list, max_length=EVERY_COMMUNE)
    moves: list[UnitMove] = Field(default_factory=list, max_length=EVERY_COMMUNE)
    splits: list[AssignmentMove] = Field(default_factory=list, max_length=EVERY_COMMUNE)

    roles: ClassVar = (Role.OPERATOR,)
    # While units are asked about a recall, who has to answer stays as it is.
    phases: ClassVar = PHASES - {"recalling"}

    def not_before(self, state: DirectiveState) -> datetime:
        """It meets everything as it stands."""
        return state.touched_at

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        for one in self.moves:
            if one.unit == one.to:
                raise Refused(Code.SAME_UNIT, unit=one.unit)
        entries = {unit.id: unit for unit in self.units}
        handovers = self._handovers(state)
        moved = [one for one in self.moves if one.unit in state.receipts]
        successors = [*(one.after for one in handovers), *(one.to for one in moved)]
        for unit in successors:
            if unit not in state.units and unit not in entries:
                raise Refused(Code.UNKNOWN_UNIT, unit=unit)
        renamed = [unit for id_, unit in entries.items() if id_ in state.units and state.units[id_] != unit]
        new = [entries[unit] for unit in dict.fromkeys(successors) if unit not in state.units]
        if not (handovers or moved or renamed):
            raise Refused(Code.NOTHING_CHANGED)
        return [
            UnitsReorganised(
                document=self.document,
                effective=self.effective,
                kind=self.kind,
                units=[*renamed, *new],
                moved=moved,
                handovers=handovers,
            )
        ]

    def _handovers(self, state: DirectiveState) -> list[HandedOver]:
        found: dict[str, str] = {}
        for move in self.moves:
            found |= {one.id: move.to for one in state.held(move.unit) if one.owed}
        for split in self.splits:
            if _owed(state, split.assignment) is None:
                raise Refused(Code.UNKNOWN_ASSIGNMENT, assignment=split.assignment)
            found[split.assignment] = split.to
        before = {id_: state.assignments[id_].unit for id_ in found}
        return [
            HandedOver(assignment=id_, before=before[id_], after=to) for id_, to in found.items() if to != before[id_]
        ]


def _owed(state: DirectiveState, id_: str) -> Assignment | None:
    assignment = state.assignments.get(id_)
    return assignment if assignment is not None and assignment.owed else None
