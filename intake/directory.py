"""The directory: a dated tree of units, the groups that letters address, and the names by which both are called."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from domain.base import CLEAN, Fact, Sha256, UnitId, Word
from domain.canonical import canonical, digest
from domain.delegation import Delegation, first_circle
from domain.directive import Email
from intake import files
from intake.errors import InputError
from intake.words import key

Kind = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class Entry(Fact):
    """One unit. ``valid_from``, ``valid_to``: first and last day of its existence, both included; open where absent."""

    id: UnitId
    name: Word
    short_name: Annotated[str, StringConstraints(max_length=100), CLEAN] = ""
    kind: Kind
    parent: UnitId | None = None
    email: Email = ""
    aliases: list[Word] = Field(default_factory=list)
    valid_from: date | None = None
    valid_to: date | None = None

    def exists_on(self, day: date) -> bool:
        """Whether the unit exists on that day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def names(self) -> list[str]:
        """Everything it is called."""
        return [name for name in (self.name, self.short_name, *self.aliases) if name]


class Group(Fact):
    """Units addressed together: all of the given kinds, and the given ones, as far as they exist on the day."""

    id: UnitId
    name: Word
    aliases: list[Word] = Field(default_factory=list)
    kinds: list[Kind] = Field(default_factory=list)
    units: list[UnitId] = Field(default_factory=list)

    def names(self) -> list[str]:
        """Everything it is called."""
        return [self.name, *self.aliases]


class Directory(Fact):
    """One edition of the directory. ``version``: its keeper's name for it. ``delegations``: who acts for whom."""

    version: Word
    units: list[Entry] = Field(min_length=1)
    groups: list[Group] = Field(default_factory=list)
    delegations: list[Delegation] = Field(default_factory=list)

    def sha256(self) -> Sha256:
        """Digest of the content, whatever the file's format and comments.

        Without delegations it is what it was before there were any: a letter issued again must be the same one.
        """
        return digest(canonical(self.model_dump(mode="json", exclude=None if self.delegations else {"delegations"})))

    def members(self, group: Group, day: date) -> list[Entry]:
        """The units of a group on a day, in the order of the directory."""
        return [
            unit for unit in self.units if unit.exists_on(day) and (unit.kind in group.kinds or unit.id in group.units)
        ]


def load(path: Path) -> Directory:
    """The directory in a YAML or JSON file.

    Raises:
        InputError: with file, entry and field: an id given twice, an unknown or circular parent, a name that stands for
            two bodies at one time, a group of nothing, a delegation of an unknown unit's powers or in a circle.
    """
    directory = files.load(path, Directory)
    for field, reason in faults(directory):
        raise InputError(str(path), field, reason)
    return directory


def faults(directory: Directory) -> Iterator[tuple[str, str]]:
    """Everything that is wrong with it as a whole: the entry, as ``units[3].parent``, and the reason."""
    yield from _ids(directory)
    yield from _parents(directory)
    yield from _periods(directory)
    yield from _groups(directory)
    yield from _names(directory)
    yield from _delegations(directory)


def _ids(directory: Directory) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for place, entry in _entries(directory):
        if entry.id in seen:
            yield f"{place}.id", f"{entry.id!r} is already the id of {seen[entry.id]}"
        seen.setdefault(entry.id, place)


def _parents(directory: Directory) -> Iterator[tuple[str, str]]:
    parents = {unit.id: unit.parent for unit in directory.units}
    for number, unit in enumerate(directory.units):
        if unit.parent is not None and unit.parent not in parents:
            yield f"units[{number}].parent", f"no unit has the id {unit.parent!r}"
            return
    for number, unit in enumerate(directory.units):
        path: dict[str, None] = {unit.id: None}
        above = unit.parent
        while above is not None:
            if above in path:
                yield f"units[{number}].parent", f"goes round in a circle: {', '.join([*path, above])}"
                return
            path[above] = None
            above = parents[above]


def _periods(directory: Directory) -> Iterator[tuple[str, str]]:
    for number, unit in enumerate(directory.units):
        if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
            yield f"units[{number}].valid_to", f"{unit.valid_to} is before valid_from, {unit.valid_from}"


def _groups(directory: Directory) -> Iterator[tuple[str, str]]:
    ids = {unit.id for unit in directory.units}
    kinds = {unit.kind for unit in directory.units}
    for number, group in enumerate(directory.groups):
        for position, unit in enumerate(group.units):
            if unit not in ids:
                yield f"groups[{number}].units[{position}]", f"no unit has the id {unit!r}"
        for position, kind in enumerate(group.kinds):
            if kind not in kinds:
                yield f"groups[{number}].kinds[{position}]", f"no unit is of the kind {kind!r}"
        if not group.units and not group.kinds:
            yield f"groups[{number}]", "names neither kinds nor units"


def _delegations(directory: Directory) -> Iterator[tuple[str, str]]:
    ids = {unit.id for unit in directory.units}
    for number, one in enumerate(directory.delegations):
        if one.unit not in ids:
            yield f"delegations[{number}].unit", f"no unit has the id {one.unit!r}"
    circle = first_circle(directory.delegations)
    if circle is not None:
        number = directory.delegations.index(circle)
        yield f"delegations[{number}]", f"{circle.principal!r} would stand in for themselves"


def _names(directory: Directory) -> Iterator[tuple[str, str]]:
    owners: dict[str, list[Entry | Group]] = {}
    for place, entry in _entries(directory):
        for name in entry.names():
            others = owners.setdefault(key(name), [])
            for other in others:
                if other.id != entry.id and _overlap(other, entry):
                    yield place, f"{name!r} also stands for {other.id!r} at the same time"
            others.append(entry)


def _entries(directory: Directory) -> Iterator[tuple[str, Entry | Group]]:
    for number, unit in enumerate(directory.units):
        yield f"units[{number}]", unit
    for number, group in enumerate(directory.groups):
        yield f"groups[{number}]", group


def _overlap(one: Entry | Group, other: Entry | Group) -> bool:
    if isinstance(one, Group) or isinstance(other, Group):
        return True
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    return first <= min(one.valid_to or date.max, other.valid_to or date.max)
