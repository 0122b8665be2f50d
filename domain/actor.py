"""Who acts: a person in a role for a unit."""

from enum import StrEnum
from typing import Final

from domain.base import Fact, Person, UnitId


class Role(StrEnum):
    """The parts that people and machines play (docs/authority.md)."""

    CLERK = "clerk"
    LEADER = "leader"
    TRACKER = "tracker"
    RECORDS_OFFICER = "records_officer"
    UNIT_HEAD = "unit_head"
    OFFICER = "officer"
    INSPECTOR = "inspector"
    OPERATOR = "operator"
    SYSTEM = "system"


ISSUER_SIDE: Final = frozenset({Role.CLERK, Role.LEADER, Role.TRACKER, Role.RECORDS_OFFICER})
UNIT_SIDE: Final = frozenset({Role.UNIT_HEAD, Role.OFFICER})


class Actor(Fact):
    """A person acting in a role; ``unit`` is the issuer for the issuer's people, the owing unit for its own."""

    person: Person
    role: Role
    unit: UnitId | None = None


SYSTEM = Actor(person="system", role=Role.SYSTEM)
"""What time alone brings about, and what one directive tells another."""
