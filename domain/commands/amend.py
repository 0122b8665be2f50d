"""amend (sửa đổi, bổ sung): obligations and units are added, changed or dropped. Decree 30/2020 art. 18.3.

Only those whom it concerns get a new revision, which they acknowledge again. What was accepted does not change.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from domain.actor import Role
from domain.amending import Change, Plan, Units, plan
from domain.base import AssignmentId, Item, Narrative, UnitId
from domain.command import Command
from domain.commands.deadline_set import DeadlineSet, moved
from domain.commands.units_added import added
from domain.deadline import Deadline, NoDeadline, begins_later, reckon
from domain.directive import EVERY_COMMUNE, Obligation, Unit
from domain.document import Reference
from domain.event import EVERYTHING, Concern, Event, EventData, Move, Told
from domain.held import Held
from domain.obligations import begun, joined
from domain.refusal import Code, Refused
from domain.state import OWED, DirectiveState
from domain.superiors import check_window


class DirectiveAmended(EventData):
    """``assignments``: the new ones; ``dropped``: those released; ``affected``: the units that have to know."""

    type: Literal["DirectiveAmended"] = "DirectiveAmended"
    revision: int
    document: Reference
    add: list[Obligation]
    change: list[Change]
    drop: list[Item]
    assignments: list[Held]
    dropped: list[AssignmentId]
    affected: list[UnitId]
    informed: list[UnitId]
    note: Narrative | None = None

    moves: ClassVar = (Move(OWED, "superseded"),)
    kinds: ClassVar = ("amended", "dropped", "issued")

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Receipts of the affected are renewed; nobody else's is touched."""
        state.revision = self.revision
        state.revised_on.append(self.document.issued_date)
        self._rewrite(state)
        for held in self.assignments:
            occurrence = joined(state.obligations[held.item], self.document.issued_date)
            state.hold(held.taken_up(self.document.issued_date, event.at, occurrence))
        for id_ in self.dropped:
            state.assignments[id_].release("superseded", event.at)
        for unit in self.affected:
            if any(one.owed for one in state.held(unit)):
                state.renew(unit, event.at)
            else:
                state.relieve(unit, event.at)
        for unit in self.informed:
            state.inform(unit, event.at)

    def concerns(self) -> Concern:
        """All of it."""
        return EVERYTHING

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """Those whom it concerns, and nobody else."""
        for unit in self.affected:
            owed = tuple(one.id for one in state.held(unit) if one.owed)
            yield Told("amended" if owed else "dropped", unit, None, owed, self.note)
        for unit in self.informed:
            yield Told("issued", unit)

    def _rewrite(self, state: DirectiveState) -> None:
        for one in self.add:
            state.obligations[one.item] = begun(one, self.document.issued_date)
        for change in self.change:
            obligation = state.obligations[change.item]
            obligation.text = change.text or obligation.text
            obligation.deadline = change.deadline or obligation.deadline
        for item in self.drop:
            state.obligations[item].dropped = True


class Amend(Command):
    """From a clerk, who registers the signed document, or a leader. ``units``: entries of those not known yet."""

    type: Literal["amend"]
    document: Reference
    add: list[Obligation] = Field(default_factory=list, max_length=500)
    change: list[Change] = Field(default_factory=list, max_length=500)
    drop: list[Item] = Field(default_factory=list, max_length=500)
    inform: Units = Field(default_factory=list)
    units: list[Unit] = Field(default_factory=list, max_length=2 * EVERY_COMMUNE)
    note: Narrative | None = None

    roles: ClassVar = (Role.CLERK, Role.LEADER)

    def not_before(self, state: DirectiveState) -> datetime:
        """It meets everything as it stands."""
        return state.touched_at

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        self._check_each_item_once()
        planned = plan(state, self.add, self.change, self.drop)
        # Whoever has to act is told that.
        having = state.receipts.keys() | planned.concerned.keys()
        informed = [unit for unit in dict.fromkeys(self.inform) if unit not in having]
        if not (planned.affected or informed or planned.reworded):
            raise Refused(Code.NOTHING_CHANGED)
        deadlines = list(self._deadlines(state, planned, at))
        amended = DirectiveAmended(
            revision=state.revision + 1,
            document=self.document,
            add=self.add,
            change=self.change,
            drop=self.drop,
            assignments=planned.assignments,
            dropped=planned.dropped,
            affected=planned.affected,
            informed=informed,
            note=self.note,
        )
        return [*added(state, [*planned.named, *informed], self.units), amended, *deadlines]

    def _check_each_item_once(self) -> None:
        seen: set[str] = set()
        for item in (*(one.item for one in self.add), *(one.item for one in self.change), *self.drop):
            if item in seen:
                raise Refused(Code.INVALID_FIELD, field=f"item {item}", problem="item_twice")
            seen.add(item)

    def _deadlines(self, state: DirectiveState, planned: Plan, at: datetime) -> Iterator[DeadlineSet]:
        units = {one.id: one.unit for one in planned.assignments}
        for assignment, rule in planned.clocks:
            unit = units[assignment] if assignment in units else state.assignments[assignment].unit
            instant = self._instant(state, assignment.rpartition(".")[0], unit, rule, at)
            if instant is not None:
                yield moved(state, assignment, instant, rule, "amended", self.document.issued_date)

    def _instant(self, state: DirectiveState, item: str, unit: str, rule: Deadline, at: datetime) -> datetime | None:
        if begins_later(rule):
            return None
        instant = reckon(rule, state.calendar.of(unit), self.document.issued_date)
        if instant is None and not isinstance(rule, NoDeadline):
            raise Refused(Code.UNRECKONABLE, item=item, rule=rule.kind)
        if instant is not None and instant <= at:
            raise Refused(Code.DEADLINE_PAST, deadline=instant.isoformat())
        check_window(state, instant)
        return instant
