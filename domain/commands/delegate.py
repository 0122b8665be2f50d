"""delegate (ủy quyền, phân công thay): somebody acts for another, in writing, for a time. Decree 30/2020 art. 13."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from domain.actor import Role
from domain.base import Day, Person, UnitId, Word
from domain.command import Command
from domain.delegation import CommandType, Delegation, check_sense, closes_a_circle
from domain.event import Event, EventData
from domain.refusal import Code, Refused
from domain.state import PHASES, DirectiveState


class DelegationRegistered(EventData):
    """From its first day to its last the delegate's commands count as the principal's."""

    type: Literal["DelegationRegistered"] = "DelegationRegistered"
    principal: Person
    for_role: Literal[Role.LEADER, Role.UNIT_HEAD]
    for_unit: UnitId
    delegate: Person
    start: Day
    end: Day
    cause: Literal["delegation", "absence"]
    document: Word
    commands: list[CommandType]

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Beside those that are there."""
        state.delegations.append(_delegation(self))

    def changes_rights(self) -> bool:
        """Of both persons."""
        return True


class Delegate(Command):
    """From the principal, of their own powers; or from the operator, who applies a document.

    ``cause``: "absence" where the principal is away. ``commands``: the types it is limited to; none: all of the role.
    """

    type: Literal["delegate"]
    principal: Person
    for_role: Literal[Role.LEADER, Role.UNIT_HEAD]
    for_unit: UnitId
    delegate: Person
    start: Day
    end: Day
    cause: Literal["delegation", "absence"] = "delegation"
    document: Word
    commands: list[CommandType] = Field(default_factory=list, max_length=60)

    roles: ClassVar = (Role.UNIT_HEAD, Role.LEADER, Role.OPERATOR)
    phases: ClassVar = PHASES

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        check_sense(self.principal, self.delegate, self.start, self.end)
        return self

    def check(self, state: DirectiveState, at: datetime) -> None:
        """What was delegated is not passed on, whatever it was limited to. Raises ``Refused``."""
        if self.on_behalf_of is not None:
            raise Refused(Code.DELEGATION_PASSED_ON, person=self.actor.person, principal=self.on_behalf_of)
        super().check(state, at)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        check_principal(self, self.principal, self.for_role, self.for_unit)
        if self.for_unit not in state.units:
            raise Refused(Code.UNKNOWN_UNIT, unit=self.for_unit)
        delegation = _delegation(self)
        if delegation in state.delegations:
            raise Refused(Code.NOTHING_CHANGED)
        if closes_a_circle(state.delegations, delegation):
            raise Refused(Code.DELEGATION_CIRCLE, principal=self.principal, delegate=self.delegate)
        return [
            DelegationRegistered(
                principal=self.principal,
                for_role=self.for_role,
                for_unit=self.for_unit,
                delegate=self.delegate,
                start=self.start,
                end=self.end,
                cause=self.cause,
                document=self.document,
                commands=self.commands,
            )
        ]


def _delegation(said: "Delegate | DelegationRegistered") -> Delegation:
    return Delegation(
        principal=said.principal,
        role=said.for_role,
        unit=said.for_unit,
        delegate=said.delegate,
        start=said.start,
        end=said.end,
        cause=said.cause,
        document=said.document,
        commands=said.commands,
    )


def check_principal(command: Command, principal: str, role: Role, unit: str) -> None:
    """Nobody gives or takes away powers but their own; the operator applies a document. Raises ``Refused``."""
    actor = command.actor
    if actor.role is not Role.OPERATOR and (actor.person, actor.role, actor.unit) != (principal, role, unit):
        raise Refused(Code.NOT_PRINCIPAL, person=actor.person, principal=principal)
