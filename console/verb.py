"""A verb of the command line for each command of the domain that a person may give: derived, never listed."""

from dataclasses import dataclass
from typing import Final

from console.fields import Field, fields_of
from domain.actor import UNIT_SIDE, Role
from domain.command import Command
from domain.commands import COMMANDS
from domain.directive import Unit

REST: Final = "rest"
"""The parameter that names a file with the fields that no option can hold."""
BOOK: Final = "directory"
"""The parameter that names the directory of units."""
_NOT_HERE: Final = frozenset({"issue", "apply_calendar", "apply_policy", "apply_directory"})
"""Given from a text or a file, by a command line of its own."""


@dataclass(frozen=True, slots=True)
class Verb:
    """``name``: as it is typed. ``role``: in which the command is given unless ``--role`` says otherwise.

    ``of_unit``: the actor belongs to ``--unit``. ``of_either``: so it does in a role of the unit's side; in one of the
    issuer's to the issuer. Otherwise to the issuer, and ``--unit`` is a field of the command.
    """

    name: str
    model: type[Command]
    fields: tuple[Field, ...]

    @property
    def type(self) -> str:
        """Of the command."""
        return self.name.replace("-", "_")

    @property
    def role(self) -> Role:
        """The usual one."""
        return self.model.roles[0]

    @property
    def of_unit(self) -> bool:
        """Whether ``--unit`` is the actor's own, whatever the role."""
        return UNIT_SIDE.issuperset(self.model.roles)

    @property
    def of_either(self) -> bool:
        """Whether the actor may be of a unit or of the issuer, as the role says."""
        return not self.of_unit and not UNIT_SIDE.isdisjoint(self.model.roles) and not self.has("unit")

    @property
    def panel(self) -> str:
        """In which part of the list of commands it stands."""
        if self.role is Role.OPERATOR:
            return "machine"
        return "unit" if self.role in UNIT_SIDE else "issuer"

    @property
    def by_file(self) -> bool:
        """Whether it has fields that no option can hold."""
        return any(not one.parameters and one.kind != list[Unit] for one in self.fields)

    @property
    def names_new_units(self) -> bool:
        """Whether it may bring units into the directive."""
        return any(one.kind == list[Unit] for one in self.fields)

    def has(self, name: str) -> bool:
        """Whether the command has that field of its own."""
        return any(one.name == name for one in self.fields)


def verb_of(type_: str, model: type[Command]) -> Verb:
    """The verb that gives the command."""
    return Verb(type_.replace("_", "-"), model, tuple(fields_of(model)))


VERBS: Final[dict[str, Verb]] = {
    verb.name: verb
    for verb in (
        verb_of(type_, model)
        for type_, model in COMMANDS.items()
        if type_ not in _NOT_HERE and set(model.roles) != {Role.SYSTEM}
    )
}
