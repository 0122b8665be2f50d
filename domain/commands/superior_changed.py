"""superior_changed: the directive above tells the one below what became of the assignment that it is under."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from domain.actor import Role
from domain.base import Foreseen, Instant
from domain.command import Command
from domain.commands.deadline_set import moved
from domain.commands.recall import bound_receipts, recalled
from domain.deadline import begins_later, rule_of
from domain.event import Event, EventData, Told
from domain.reckoning import reckoned_again
from domain.refusal import Code, Refused
from domain.state import PHASES, DirectiveState, Superior


class SuperiorDeadlineChanged(EventData):
    """``deadline``: of the assignment above, from now on the window for all below. ``superior_version``: of it then."""

    type: Literal["SuperiorDeadlineChanged"] = "SuperiorDeadlineChanged"
    deadline: Instant | None
    superior_version: int

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """What lies beyond it is moved by events of its own."""
        superior = _superior(state)
        superior.deadline = self.deadline
        superior.version = self.superior_version


class SuperiorReleased(EventData):
    """Nothing is owed above any more, or another unit owes it. What is owed here stays until the issuer decides."""

    type: Literal["SuperiorReleased"] = "SuperiorReleased"
    superior_version: int

    kinds: ClassVar = ("superior_released",)

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Remembered; nothing is released by itself."""
        superior = _superior(state)
        superior.released_at = event.at
        superior.version = self.superior_version

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """The issuer, who has to decide."""
        yield Told("superior_released", state.document.issuer)


class SuperiorChanged(Command):
    """From the system. ``deadline``: with the kind of that name; none where the assignment above has none."""

    type: Literal["superior_changed"]
    kind: Literal["deadline", "released", "recalled"]
    superior_version: int = Field(ge=1)
    deadline: Foreseen | None = None

    roles: ClassVar = (Role.SYSTEM,)
    phases: ClassVar = PHASES

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """What is older than what is known changes nothing. Raises ``Refused``."""
        superior = _superior(state)
        if superior.version >= self.superior_version:
            return []
        match self.kind:
            case "deadline":
                return list(self._moved(state, superior))
            case "released":
                return [] if superior.released_at else [SuperiorReleased(superior_version=self.superior_version)]
            case "recalled":
                return self._recalled(state, at)

    def _moved(self, state: DirectiveState, superior: Superior) -> Iterator[EventData]:
        window = self.deadline
        if window == superior.deadline:
            return
        yield SuperiorDeadlineChanged(deadline=window, superior_version=self.superior_version)
        then = state.model_copy(update={"superior": superior.model_copy(update={"deadline": window})})
        for one in state.assignments.values():
            if not one.owed:
                continue
            if one.settings:
                # Its own rule stays known: where the window widens again, so does what it had cut short.
                last, instant = one.settings[-1], reckoned_again(then, one)
                if instant is not None and instant != last.instant:
                    yield moved(state, one.id, instant, last.rule, "superior", last.from_day)
            elif window is not None and not begins_later(state.obligations[one.item].deadline):
                yield moved(state, one.id, window, rule_of(window), "superior")

    def _recalled(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        # What is closed owes nothing that could be taken back; what is being recalled is frozen already.
        if state.phase != "in_force" or not bound_receipts(state):
            return []
        return recalled(state, at, superior_version=self.superior_version)


def _superior(state: DirectiveState) -> Superior:
    if state.superior is None:
        raise Refused(Code.UNKNOWN_SUPERIOR, stream="-", assignment="-")
    return state.superior
