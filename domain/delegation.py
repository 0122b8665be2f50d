"""Who may act for whom, and how long.

Decree 30/2020 art. 13: a delegation is in writing, limited in time and scope, and is never passed on.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from domain.actor import Actor, Role
from domain.base import CLEAN, Day, Fact, Person, UnitId, Word

CommandType = Annotated[str, StringConstraints(min_length=1, max_length=40), CLEAN]


class Delegation(Fact):
    """``delegate`` acts for ``principal`` in that role for that unit, from the day ``start`` to the end of ``end``.

    ``cause``: "delegation" while the principal goes on working, "absence" while nobody else is there. ``document``: the
    written ground. ``commands``: the types of commands it is limited to; all that the role may give where it is empty.
    """

    principal: Person
    role: Literal[Role.LEADER, Role.UNIT_HEAD]
    unit: UnitId
    delegate: Person
    start: Day
    end: Day
    cause: Literal["delegation", "absence"] = "delegation"
    document: Word
    commands: list[CommandType] = Field(default_factory=list, max_length=60)

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        check_sense(self.principal, self.delegate, self.start, self.end)
        return self

    def covers(self, actor: Actor, principal: str, command: str, day: date) -> bool:
        """Whether it lets ``actor`` give that command for ``principal`` on that day."""
        return (
            (self.delegate, self.principal, self.role, self.unit) == (actor.person, principal, actor.role, actor.unit)
            and self.start <= day <= self.end
            and (not self.commands or command in self.commands)
        )

    def overlaps(self, other: "Delegation") -> bool:
        """Whether there is a day on which both hold."""
        return self.start <= other.end and other.start <= self.end


def check_sense(principal: str, delegate: str, start: date, end: date) -> None:
    """Two persons, and a time that begins before it ends. Raises ``PydanticCustomError``."""
    if end < start:
        raise PydanticCustomError("end_before_start", "ends before it starts")
    if delegate == principal:
        raise PydanticCustomError("delegate_self", "principal and delegate are one person")


def covered(delegations: Iterable[Delegation], actor: Actor, principal: str, command: str, day: date) -> bool:
    """Whether one of them does."""
    return any(one.covers(actor, principal, command, day) for one in delegations)


def first_circle(delegations: Sequence[Delegation]) -> Delegation | None:
    """The first that closes a circle with those before it."""
    pairs = enumerate(delegations)
    return next((one for number, one in pairs if closes_a_circle(delegations[:number], one)), None)


def closes_a_circle(delegations: Sequence[Delegation], new: Delegation) -> bool:
    """Whether with ``new`` somebody would, through whatever chain, stand in for themselves: then nobody is there."""
    reached, frontier = set[str](), [new.delegate]
    while frontier:
        person = frontier.pop()
        if person == new.principal:
            return True
        if person not in reached:
            reached.add(person)
            frontier += [
                one.delegate
                for one in delegations
                if (one.principal, one.role, one.unit) == (person, new.role, new.unit) and one.overlaps(new)
            ]
    return False
