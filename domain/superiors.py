"""What a directive under another's assignment has to know of that assignment when it is issued."""

from datetime import datetime
from typing import Final, Self

from domain.base import AssignmentId, Fact, Instant
from domain.directive import Under
from domain.document import StreamId
from domain.refusal import Code, Refused
from domain.state import DirectiveState, Superior

DEEPEST: Final = 3
"""Levels below a directive that is under nobody."""


class UnderAssignment(Fact):
    """How that assignment stood at the issue. ``version``: of its directive; ``level``: 1 directly below the top."""

    stream: StreamId
    assignment: AssignmentId
    deadline: Instant | None
    level: int
    version: int

    def as_superior(self) -> Superior:
        """The part of the state that it begins."""
        return Superior(**self.model_dump())


class SuperiorFacts(Fact):
    """``holder``: the unit that may issue below it. ``open``: owed, in a directive that is in force."""

    holder: str
    open: bool
    facts: UnderAssignment

    @classmethod
    def of(cls, state: DirectiveState | None, under: Under) -> Self | None:
        """What ``state`` says of the assignment; None where there is no such stream or assignment."""
        assignment = state.assignments.get(under.assignment) if state else None
        if state is None or assignment is None:
            return None
        return cls(
            holder=assignment.unit,
            open=assignment.owed and state.phase == "in_force",
            facts=UnderAssignment(
                stream=state.stream,
                assignment=assignment.id,
                deadline=assignment.deadline,
                level=1 + (state.superior.level if state.superior else 0),
                version=state.version,
            ),
        )

    def check(self, under: Under, issuer: str) -> None:
        """Whether that office may issue below it now. Raises ``Refused``."""
        if (self.facts.stream, self.facts.assignment) != (under.stream, under.assignment):
            # Of two issues in one message only one can become this directive; the facts are of the first.
            raise Refused(Code.UNKNOWN_SUPERIOR, stream=under.stream, assignment=under.assignment)
        if issuer != self.holder:
            raise Refused(Code.WRONG_UNIT, unit=issuer, issuer=self.holder)
        if not self.open:
            raise Refused(Code.SUPERIOR_NOT_OPEN, stream=self.facts.stream, assignment=self.facts.assignment)
        if self.facts.level > DEEPEST:
            raise Refused(Code.TOO_DEEP, level=str(self.facts.level), most=str(DEEPEST))

    def check_deadline(self, instant: datetime | None) -> None:
        """Nobody below is bound beyond the assignment's own deadline. Raises ``Refused``."""
        _check_within(self.facts.deadline, instant)


def check_window(state: DirectiveState, instant: datetime | None) -> None:
    """The same, once the directive is there: for every deadline that it sets later. Raises ``Refused``."""
    _check_within(state.superior.deadline if state.superior else None, instant)


def _check_within(window: datetime | None, instant: datetime | None) -> None:
    if window is not None and (instant is None or instant > window):
        raise Refused(Code.OUTSIDE_WINDOW, deadline=instant.isoformat() if instant else "-", window=window.isoformat())
