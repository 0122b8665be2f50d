"""apply_directory (áp dụng danh mục đơn vị): names, addresses and delegations of a newer edition."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import local
from domain.command import Command
from domain.delegation import Delegation, first_circle
from domain.directive import Directory, Unit
from domain.document import Reference
from domain.event import EVERYTHING, Concern, Event, EventData
from domain.refusal import Code, Refused
from domain.state import DirectiveState


class DirectoryApplied(EventData):
    """``units``: the entries that are new or changed; ``delegations``: those that were not known. Nobody is left out.

    ``version``, ``sha256``: of the edition.
    """

    type: Literal["DirectoryApplied"] = "DirectoryApplied"
    version: str
    sha256: str
    units: list[Unit]
    delegations: list[Delegation]
    document: Reference

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Whoever holds what stays as it is: that is changed by ``reorganise``."""
        state.enter(self.units, event.at, local(event.at).date())
        state.delegations.extend(self.delegations)

    def concerns(self) -> Concern:
        """The names of all."""
        return EVERYTHING

    def changes_rights(self) -> bool:
        """Delegations come with it, and the addresses to which notices go."""
        return True


class ApplyDirectory(Command):
    """From the operator. ``directory``: an extract; units that it does not name stay as they are known."""

    type: Literal["apply_directory"]
    directory: Directory
    document: Reference

    roles: ClassVar = (Role.OPERATOR,)
    phases: ClassVar = frozenset({"in_force", "recalling"})

    def not_before(self, state: DirectiveState) -> datetime:
        """It meets everything as it stands."""
        return state.touched_at

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        known = state.units
        units = [unit for unit in self.directory.units if unit.id in known and known[unit.id] != unit]
        delegations = [one for one in self.directory.delegations if one not in state.delegations]
        circle = first_circle([*state.delegations, *delegations])
        if circle is not None:
            raise Refused(Code.DELEGATION_CIRCLE, principal=circle.principal, delegate=circle.delegate)
        if not (units or delegations):
            return []
        return [
            DirectoryApplied(
                version=self.directory.version,
                sha256=self.directory.sha256,
                units=units,
                delegations=delegations,
                document=self.document,
            )
        ]
