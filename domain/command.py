"""Commands: what somebody wants done, and the rules that every one of them meets."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from domain.actor import ISSUER_SIDE, UNIT_SIDE, Actor, Role
from domain.base import AssignmentId, CommandId, Fact, Instant, Item, Person, Text, UnitId, local
from domain.delegation import Delegation, covered
from domain.erasure import is_placeholder
from domain.event import EventData
from domain.refusal import Code, Refused
from domain.state import Assignment, DirectiveState, Phase, Receipt


class Command(Fact):
    """The envelope. ``on_behalf_of``: the actor is the delegate of that person.

    ``roles`` is this command's row of the authority table (DESIGN §5), the usual one first; ``phases``: when it may be
    given.
    """

    type: str
    command_id: CommandId
    actor: Actor
    on_behalf_of: Person | None = None
    sent_at: Instant | None = None
    expected_revision: int | None = Field(default=None, ge=1)
    proof: Text | None = None

    roles: ClassVar[tuple[Role, ...]]
    phases: ClassVar[frozenset[Phase]] = frozenset({"in_force"})

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """What this command brings about at that time. Raises ``Refused``."""
        raise NotImplementedError

    def not_before(self, state: DirectiveState) -> datetime:
        """The earliest time this command can bear: a sender's slow clock must not put an answer before its question."""
        return state.issued_at

    @property
    def persons(self) -> list[str]:
        """Who gives it: the actor, and for whom."""
        return [self.actor.person, *([self.on_behalf_of] if self.on_behalf_of else [])]

    def check(self, state: DirectiveState, at: datetime) -> None:
        """What holds for every command. Raises ``Refused``."""
        self.check_authority(state.document.issuer, state.delegations, at)
        if self.expected_revision not in (None, state.revision):
            raise Refused(Code.STALE_REVISION, expected=str(self.expected_revision), revision=str(state.revision))
        if state.phase not in self.phases:
            raise _out_of_phase(state.phase)

    def check_authority(self, issuer: str, delegations: Iterable[Delegation], at: datetime) -> None:
        """Role, side, and the right to act for another. Raises ``Refused``."""
        role, unit = self.actor.role, self.actor.unit
        if any(is_placeholder(person) for person in self.persons):
            raise Refused(Code.ERASED_PERSON)
        if role not in self.roles:
            raise Refused(Code.FORBIDDEN, role=role, command=self.type)
        if role in ISSUER_SIDE and unit != issuer:
            raise Refused(Code.WRONG_UNIT, unit=unit or "-", issuer=issuer)
        principal = self.on_behalf_of
        if principal is not None and not covered(delegations, self.actor, principal, self.type, local(at).date()):
            raise Refused(Code.NO_DELEGATION, person=self.actor.person, principal=principal)
        if self.proof is not None:
            raise Refused(Code.UNPROVED, person=self.actor.person)


class ReceiptCommand(Command):
    """A command of a unit about its own receipt."""

    def receipt(self, state: DirectiveState) -> Receipt:
        """The unit's receipt. Raises ``Refused``."""
        return receipt_of(state, self.actor.unit)

    def not_before(self, state: DirectiveState) -> datetime:
        """Not before the last thing known of the receipt."""
        receipt = state.receipts.get(self.actor.unit or "")
        return receipt.touched_at if receipt else state.issued_at


class ReceiptDecision(Command):
    """A command of the issuer about the receipt of the unit that it names."""

    unit: UnitId

    def receipt(self, state: DirectiveState) -> Receipt:
        """The named unit's receipt. Raises ``Refused``."""
        return receipt_of(state, self.unit)

    def not_before(self, state: DirectiveState) -> datetime:
        """Not before the last thing known of the receipt."""
        receipt = state.receipts.get(self.unit)
        return receipt.touched_at if receipt else state.issued_at


class AssignmentCommand(Command):
    """A command about one assignment: named by its id, or by item and unit where these leave one; all must fit."""

    assignment: AssignmentId | None = None
    item: Item | None = None
    unit: UnitId | None = None

    def target(self, state: DirectiveState) -> Assignment:
        """The assignment meant; a unit's people reach only their own unit's. Raises ``Refused``."""
        own = self.actor.unit if self.actor.role in UNIT_SIDE else None
        unit = self.unit if self.assignment is not None else self.unit or own
        found = assignment_of(state, self.assignment, self.item, unit)
        if self.actor.role in UNIT_SIDE and found.unit != self.actor.unit:
            raise Refused(Code.WRONG_UNIT, unit=self.actor.unit or "-", issuer=found.unit)
        return found

    def not_before(self, state: DirectiveState) -> datetime:
        """Not before the last thing known of the assignment, nor of its unit's receipt."""
        try:
            assignment = self.target(state)
        except Refused:
            return state.issued_at
        return max(assignment.touched_at, state.receipts[assignment.unit].touched_at)


class SelectionCommand(Command):
    """A command of the issuer about one assignment or many: by id, by item, by unit, by both; ``whole``: about all."""

    assignment: AssignmentId | None = None
    item: Item | None = None
    unit: UnitId | None = None
    whole: bool = False

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        named = any(one is not None for one in (self.assignment, self.item, self.unit))
        if named == self.whole:
            raise PydanticCustomError(
                "selection", "name an assignment, an item or a unit; or say whole, and none of them"
            )
        return self

    def fit(self, state: DirectiveState, assignment: Assignment, at: datetime) -> None:
        """Whether the command can be carried out on this one. Raises ``Refused``."""
        raise NotImplementedError

    def chosen(self, state: DirectiveState, at: datetime) -> list[Assignment]:
        """Those on which it can be carried out. Of several named, the others are passed over. Raises ``Refused``."""
        fitting: list[Assignment] = []
        first: Refused | None = None
        for one in self._named(state):
            try:
                self.fit(state, one, at)
            except Refused as refusal:
                first = first or refusal
            else:
                fitting.append(one)
        if first is not None and not fitting:
            raise first
        return fitting

    def not_before(self, state: DirectiveState) -> datetime:
        """Not before the last thing known of what is chosen."""
        try:
            return max(one.touched_at for one in self._named(state))
        except Refused:
            return state.issued_at

    def _named(self, state: DirectiveState) -> list[Assignment]:
        if self.item is not None and self.item not in state.obligations:
            raise Refused(Code.UNKNOWN_ITEM, item=self.item)
        if self.unit is not None:
            receipt_of(state, self.unit)
        if self.assignment is not None:
            found = [one for one in (state.assignments.get(self.assignment),) if one is not None]
        else:
            found = list(state.assignments.values()) if self.unit is None else state.held(self.unit)
        found = [one for one in found if self.item in (None, one.item) and self.unit in (None, one.unit)]
        if not found:
            named = [one for one in (self.assignment, self.item, self.unit) if one is not None]
            raise Refused(Code.UNKNOWN_ASSIGNMENT, assignment="/".join(named) or "*")
        return found


def assignment_of(state: DirectiveState, id_: str | None, item: str | None, unit: str | None) -> Assignment:
    """The one of that id, or the only one of that item that the unit holds; all that is named must fit.

    Raises ``Refused``.
    """
    if id_ is not None:
        return _of_id(state, id_, item, unit)
    if item is not None and item not in state.obligations:
        raise Refused(Code.UNKNOWN_ITEM, item=item)
    found = [one for one in state.held(receipt_of(state, unit).unit) if item in (None, one.item)]
    if not found:
        raise Refused(Code.UNKNOWN_ASSIGNMENT, assignment=f"{item or '*'}/{unit}")
    if len(found) > 1:
        raise Refused(Code.AMBIGUOUS_ASSIGNMENT, candidates=", ".join(one.id for one in found))
    return found[0]


def _of_id(state: DirectiveState, id_: str, item: str | None, unit: str | None) -> Assignment:
    found = state.assignments.get(id_)
    if found is None or item not in (None, found.item) or unit not in (None, found.unit):
        raise Refused(Code.UNKNOWN_ASSIGNMENT, assignment="/".join(one for one in (id_, item, unit) if one is not None))
    return found


def receipt_of(state: DirectiveState, unit: str | None) -> Receipt:
    """The receipt of a unit. Raises ``Refused``."""
    receipt = state.receipts.get(unit or "")
    if receipt is None:
        raise Refused(Code.UNKNOWN_UNIT, unit=unit or "-")
    return receipt


def _out_of_phase(phase: Phase) -> Refused:
    match phase:
        case "closed":
            return Refused(Code.DIRECTIVE_CLOSED)
        case "recalling":
            return Refused(Code.DIRECTIVE_FROZEN)
        case "recalled" | "superseded":
            return Refused(Code.DIRECTIVE_ENDED, phase=phase)
        case "in_force":
            return Refused(Code.DIRECTIVE_IN_FORCE)
