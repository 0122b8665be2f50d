"""A command's table: what is given, what is commanded, what comes of it; and the same from every role."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.actor import Actor, Role
from domain.command import Command
from domain.directive import Directive
from domain.refusal import Code
from tests.support.builders import ISSUED, someone
from tests.support.desk import Desk

Make = Callable[[], Command]
Step = Make | datetime
"""A command that must be carried out, or an instant to wait for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One row. ``yields``: types of the events that come of it; or ``refused``: why nothing comes of it.

    ``again``: how the same command is answered under another id, where it was carried out: a code, or the events.
    """

    name: str
    command: Make
    given: Sequence[Step] = ()
    content: Callable[[], Directive] | None = None
    yields: tuple[str, ...] = ()
    refused: Code | None = None
    details: dict[str, str] = field(default_factory=dict)
    again: Code | tuple[str, ...] | None = None

    def __str__(self) -> str:
        """Named in the test's id."""
        return self.name.replace(" ", "_")

    def desk(self) -> Desk:
        """The directive as it stands before the command."""
        desk = Desk(self.content() if self.content else None, at=ISSUED)
        for step in self.given:
            if isinstance(step, datetime):
                desk.wait_until(step)
            else:
                desk.do(step())
        return desk

    def check(self) -> None:
        """Carry it out, and again under the same id, and again under another one."""
        desk, command = self.desk(), self.command()
        outcome = desk.one(command)
        assert outcome.code is self.refused, outcome
        assert self.details.items() <= outcome.details.items()
        if self.refused is None:
            assert tuple(ref.type for ref in outcome.events) == self.yields
        before = len(desk.events)
        assert desk.one(command) == outcome, "repeated under its id, a command gets its first answer"
        assert len(desk.events) == before
        if self.again is not None:
            repeated = desk.one(self.command())
            answer = repeated.code or tuple(ref.type for ref in repeated.events)
            assert answer == self.again


def roles_that_may(case: Case, by: Callable[[Actor], Command]) -> set[Role]:
    """Which roles get further than the authority table. ``by`` makes the case's command for an actor."""
    may = set()
    for role in Role:
        outcome = case.desk().one(by(someone(role)))
        if outcome.code is not Code.FORBIDDEN:
            may.add(role)
    return may
