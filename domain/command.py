"""Commands: what somebody wants done, and the rules that every one of them meets."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from pydantic import Field

from domain.actor import Actor, Role
from domain.base import AssignmentId, CommandId, Fact, Instant, Item, Person, Text, UnitId
from domain.event import EventData
from domain.refusal import Code, Refused
from domain.state import Assignment, DirectiveState, Receipt

ISSUER_SIDE = frozenset({Role.CLERK, Role.LEADER, Role.TRACKER})
UNIT_SIDE = frozenset({Role.UNIT_HEAD, Role.OFFICER})


class Command(Fact):
    """The envelope. ``roles`` is this command's row of the authority table (DESIGN §5)."""

    type: str
    command_id: CommandId
    actor: Actor
    on_behalf_of: Person | None = None
    sent_at: Instant | None = None
    expected_revision: int | None = Field(default=None, ge=1)
    proof: Text | None = None

    roles: ClassVar[frozenset[Role]]

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """What this command brings about at that time. Raises ``Refused``."""
        raise NotImplementedError

    def not_before(self, state: DirectiveState) -> datetime:
        """The earliest time this command can bear: a sender's slow clock must not put an answer before its question."""
        return state.issued_at

    def check(self, state: DirectiveState) -> None:
        """What holds for every command. Raises ``Refused``."""
        self.check_authority(issuer=state.document.issuer)
        if self.expected_revision not in (None, state.revision):
            raise Refused(Code.STALE_REVISION, expected=str(self.expected_revision), revision=str(state.revision))
        if state.phase == "closed":
            raise Refused(Code.DIRECTIVE_CLOSED)

    def check_authority(self, *, issuer: str) -> None:
        """Role and side. Raises ``Refused``."""
        role, unit = self.actor.role, self.actor.unit
        if role not in self.roles:
            raise Refused(Code.FORBIDDEN, role=role, command=self.type)
        if role in ISSUER_SIDE and unit != issuer:
            raise Refused(Code.WRONG_UNIT, unit=unit or "-", issuer=issuer)
        if self.on_behalf_of is not None:
            raise Refused(Code.NO_DELEGATION, person=self.actor.person, principal=self.on_behalf_of)
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


class AssignmentCommand(Command):
    """A command about one assignment: named by its id, or by item and unit where these leave one; all must fit."""

    assignment: AssignmentId | None = None
    item: Item | None = None
    unit: UnitId | None = None

    def target(self, state: DirectiveState) -> Assignment:
        """The assignment meant; a unit's people reach only their own unit's. Raises ``Refused``."""
        own = self.actor.unit if self.actor.role in UNIT_SIDE else None
        found = self._named(state) if self.assignment is not None else self._searched(state, self.unit or own)
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

    def _named(self, state: DirectiveState) -> Assignment:
        found = state.assignments.get(self.assignment or "")
        if found is None or self.item not in (None, found.item) or self.unit not in (None, found.unit):
            named = [one for one in (self.assignment, self.item, self.unit) if one is not None]
            raise Refused(Code.UNKNOWN_ASSIGNMENT, assignment="/".join(named))
        return found

    def _searched(self, state: DirectiveState, unit: str | None) -> Assignment:
        if self.item is not None and self.item not in state.obligations:
            raise Refused(Code.UNKNOWN_ITEM, item=self.item)
        held = [state.assignments[id_] for id_ in state.holdings.get(receipt_of(state, unit).unit, ())]
        found = [one for one in held if self.item in (None, one.item)]
        if not found:
            raise Refused(Code.UNKNOWN_ASSIGNMENT, assignment=f"{self.item or '*'}/{unit}")
        if len(found) > 1:
            raise Refused(Code.AMBIGUOUS_ASSIGNMENT, candidates=", ".join(one.id for one in found))
        return found[0]


def receipt_of(state: DirectiveState, unit: str | None) -> Receipt:
    """The receipt of a unit. Raises ``Refused``."""
    receipt = state.receipts.get(unit or "")
    if receipt is None:
        raise Refused(Code.UNKNOWN_UNIT, unit=unit or "-")
    return receipt
