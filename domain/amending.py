"""What an amendment comes to: which assignments are new, which are dropped, whom it concerns, whose clock is set."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from domain.base import CLEAN, Fact, Item, UnitId
from domain.deadline import DateDeadline, Deadline
from domain.directive import EVERY_COMMUNE, Obligation
from domain.held import Held
from domain.refusal import Code, Refused
from domain.state import Assignment, DirectiveState

Part = Literal["lead", "support"]

Units = Annotated[list[UnitId], Field(max_length=EVERY_COMMUNE)]


class Change(Fact):
    """What changes of one obligation; what is not given stays."""

    item: Item
    text: Annotated[str, StringConstraints(min_length=1, max_length=20_000), CLEAN] | None = None
    deadline: DateDeadline | None = None
    add_lead: Units = Field(default_factory=list)
    drop_lead: Units = Field(default_factory=list)
    add_support: Units = Field(default_factory=list)
    drop_support: Units = Field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """``clocks``: assignments whose deadline is set by which rule. ``named``: units that must be known."""

    assignments: list[Held] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    clocks: list[tuple[str, Deadline]] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    concerned: dict[str, None] = field(default_factory=dict)
    reworded: bool = False

    @property
    def affected(self) -> list[str]:
        """Units in the order in which the amendment meets them."""
        return list(self.concerned)

    def give(self, id_: str, item: str, unit: str, role: Part, rule: Deadline) -> None:
        """A new assignment."""
        self.assignments.append(Held(id=id_, item=item, unit=unit, role=role))
        self.clocks.append((id_, rule))
        self.named.append(unit)
        self.concerned[unit] = None

    def take(self, assignment: Assignment) -> None:
        """An assignment that is dropped."""
        self.dropped.append(assignment.id)
        self.concerned[assignment.unit] = None


def plan(state: DirectiveState, add: Sequence[Obligation], change: Iterable[Change], drop: Iterable[str]) -> Plan:
    """Look once at every assignment. Raises ``Refused``."""
    planned, by_item = Plan(), _by_item(state)
    for one in add:
        _added(planned, state, one)
    for changing in change:
        _known(state, changing.item)
        _changed(planned, state, changing, by_item[changing.item])
    for item in drop:
        _known(state, item)
        planned.reworded = True
        for assignment in by_item[item]:
            if assignment.owed:
                planned.take(assignment)
    return planned


def _by_item(state: DirectiveState) -> dict[str, list[Assignment]]:
    found: dict[str, list[Assignment]] = {item: [] for item in state.obligations}
    for assignment in state.assignments.values():
        found[assignment.item].append(assignment)
    return found


def _known(state: DirectiveState, item: str) -> None:
    obligation = state.obligations.get(item)
    if obligation is None or obligation.dropped:
        raise Refused(Code.UNKNOWN_ITEM, item=item)


def _added(planned: Plan, state: DirectiveState, one: Obligation) -> None:
    if one.item in state.obligations:
        raise Refused(Code.INVALID_FIELD, field=f"add.{one.item}", problem="item_twice")
    planned.reworded = True
    for number, unit, role in _numbered(one.lead, one.support, after=0):
        planned.give(f"{one.item}.{number}", one.item, unit, role, one.deadline)


def _numbered(leads: Iterable[str], supports: Iterable[str], *, after: int) -> Iterator[tuple[int, str, Part]]:
    holders: list[tuple[str, Part]] = [*((unit, "lead") for unit in leads), *((unit, "support") for unit in supports)]
    for number, (unit, role) in enumerate(holders, start=after + 1):
        yield number, unit, role


def _changed(planned: Plan, state: DirectiveState, one: Change, held: list[Assignment]) -> None:
    obligation = state.obligations[one.item]
    if obligation.mode == "each" and one.add_support:
        raise Refused(Code.INVALID_FIELD, field=f"change.{one.item}", problem="each_support")
    gone = [*_dropped(held, one.item, one.drop_lead, "lead"), *_dropped(held, one.item, one.drop_support, "support")]
    _check_once(one, held, gone)
    text = one.text is not None and one.text != obligation.text
    deadline = one.deadline is not None and one.deadline != obligation.deadline
    planned.reworded = planned.reworded or text or deadline
    left = {assignment.id for assignment in gone}
    for assignment in gone:
        planned.take(assignment)
    for assignment in held:
        if assignment.owed and assignment.id not in left and (text or deadline):
            planned.concerned[assignment.unit] = None
            if deadline and one.deadline is not None:
                planned.clocks.append((assignment.id, one.deadline))
    last = max((int(assignment.id.rpartition(".")[2]) for assignment in held), default=0)
    for number, unit, role in _numbered(one.add_lead, one.add_support, after=last):
        planned.give(f"{one.item}.{number}", one.item, unit, role, one.deadline or obligation.deadline)
    _check_lead(obligation.mode, one, held, left)


def _dropped(held: Iterable[Assignment], item: str, units: Iterable[str], role: Part) -> list[Assignment]:
    # Of a recurring obligation a unit may owe several occurrences.
    owed: dict[str, list[Assignment]] = {}
    for one in held:
        if one.role == role and one.owed:
            owed.setdefault(one.unit, []).append(one)
    for unit in units:
        if unit not in owed:
            raise Refused(Code.UNKNOWN_ASSIGNMENT, assignment=f"{item}/{unit}")
    return [one for unit in dict.fromkeys(units) for one in owed[unit]]


def _check_once(one: Change, held: Iterable[Assignment], gone: Iterable[Assignment]) -> None:
    """Nobody holds an obligation twice by an amendment."""
    left = {assignment.id for assignment in gone}
    holding = {assignment.unit for assignment in held if assignment.owed and assignment.id not in left}
    new = [*one.add_lead, *one.add_support]
    if len(set(new)) != len(new) or holding & set(new):
        raise Refused(Code.INVALID_FIELD, field=f"change.{one.item}", problem="unit_twice")


def _check_lead(mode: str, one: Change, held: Iterable[Assignment], left: set[str]) -> None:
    """A joint obligation keeps exactly one lead; it may change."""
    if mode != "joint" or not (one.add_lead or one.drop_lead):
        return
    leads = [assignment for assignment in held if assignment.role == "lead" and assignment.id not in left]
    if len({assignment.unit for assignment in leads if assignment.owed}) + len(one.add_lead) != 1:
        raise Refused(Code.INVALID_FIELD, field=f"change.{one.item}", problem="joint_lead")
