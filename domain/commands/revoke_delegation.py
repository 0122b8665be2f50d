"""revoke delegation (thu hồi ủy quyền): from today on nobody acts for the principal any more."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Day, Narrative, Person, UnitId, local
from domain.command import Command
from domain.commands.delegate import check_principal
from domain.event import Event, EventData
from domain.refusal import Code, Refused
from domain.state import PHASES, DirectiveState


class DelegationRevoked(EventData):
    """``last_day``: the last on which the delegate could act; what was done until then counts."""

    type: Literal["DelegationRevoked"] = "DelegationRevoked"
    principal: Person
    for_role: Literal[Role.LEADER, Role.UNIT_HEAD]
    for_unit: UnitId
    delegate: Person
    last_day: Day
    reason: Narrative | None = None

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Those that had begun end, those to come never begin."""
        key = (self.principal, self.for_role, self.for_unit, self.delegate)
        kept = []
        for one in state.delegations:
            if (one.principal, one.role, one.unit, one.delegate) != key or one.end <= self.last_day:
                kept.append(one)
            elif one.start <= self.last_day:
                kept.append(one.model_copy(update={"end": self.last_day}))
        state.delegations = kept

    def changes_rights(self) -> bool:
        """Of the delegate."""
        return True


class RevokeDelegation(Command):
    """From the principal or the operator."""

    type: Literal["revoke_delegation"]
    principal: Person
    for_role: Literal[Role.LEADER, Role.UNIT_HEAD]
    for_unit: UnitId
    delegate: Person
    reason: Narrative | None = None

    roles: ClassVar = (Role.UNIT_HEAD, Role.LEADER, Role.OPERATOR)
    phases: ClassVar = PHASES

    def check(self, state: DirectiveState, at: datetime) -> None:
        """A delegate does not dispose of delegations. Raises ``Refused``."""
        if self.on_behalf_of is not None:
            raise Refused(Code.DELEGATION_PASSED_ON, person=self.actor.person, principal=self.on_behalf_of)
        super().check(state, at)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        check_principal(self, self.principal, self.for_role, self.for_unit)
        last_day = local(at).date() - timedelta(days=1)
        key = (self.principal, self.for_role, self.for_unit, self.delegate)
        running = [one for one in state.delegations if (one.principal, one.role, one.unit, one.delegate) == key]
        if not any(one.end > last_day for one in running):
            raise Refused(Code.NO_DELEGATION, person=self.delegate, principal=self.principal)
        return [
            DelegationRevoked(
                principal=self.principal,
                for_role=self.for_role,
                for_unit=self.for_unit,
                delegate=self.delegate,
                last_day=last_day,
                reason=self.reason,
            )
        ]
