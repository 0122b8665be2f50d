"""Events: what happened, as it stands in the journal."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Final, Literal, NamedTuple
from uuid import UUID, uuid5

from pydantic import Field

from domain.actor import Actor
from domain.base import AssignmentId, CommandId, Fact, Instant, Person
from domain.state import Assignment, DirectiveState, Phase, Status

NAMESPACE = UUID("5d2f8f3e-7a55-5c0e-9f0c-1f5f3d1f6a10")
"""Root of the deterministic ids. Changing it would make every event a different one."""

SIMULATED: Final = frozenset({"shift"})
"""Fields of the envelope that only events of a simulation have."""

Clock = Literal["sender", "server", "service"]
"""Whose clock gave ``at``: the sender's ``sent_at``; the server's time of a signal that waited; the service's own."""


class Alarm(NamedTuple):
    """``key`` names it for ever within its stream. It begins with "#": no command can bear that name before it."""

    key: str
    due_at: datetime


class Concern(NamedTuple):
    """Whose receipts and which assignments an event changes. ``everything``: more than is worth listing."""

    units: tuple[str, ...] = ()
    assignments: tuple[str, ...] = ()
    everything: bool = False


EVERYTHING = Concern(everything=True)


class Told(NamedTuple):
    """Somebody to be told something.

    ``kind``: its texts in the catalogue; ``about``: the unit it is about, where another is told; ``detail``: words of a
    person to pass on.
    """

    kind: str
    unit: str
    about: str | None = None
    assignments: tuple[str, ...] = ()
    detail: str | None = None


class Move(NamedTuple):
    """A step of an assignment from one of several statuses to another: an edge of the state diagram."""

    before: frozenset[Status]
    after: Status


class PhaseMove(NamedTuple):
    """The same of the directive as a whole."""

    before: frozenset[Phase]
    after: Phase


class EventData(Fact):
    """What a kind of event says. ``schema_version`` rises when its shape changes; upcasters read the older ones.

    ``moves``: what it does to the status of assignments; ``phase_moves``: to the phase. ``kinds``: the notices that it
    may call for. ``moves_figures``: False where, whatever it concerns, nothing stands otherwise afterwards, so that of
    thousands of assignments none has to be looked at.
    """

    type: str
    schema_version: ClassVar[int] = 1
    moves: ClassVar[tuple[Move, ...]] = ()
    phase_moves: ClassVar[tuple[PhaseMove, ...]] = ()
    kinds: ClassVar[tuple[str, ...]] = ()
    moves_figures: ClassVar[bool] = True

    def apply(self, state: DirectiveState, event: "Event") -> None:
        """Change ``state``, which is the caller's to change, as this event demands."""
        raise NotImplementedError

    def alarm(self) -> Alarm | None:
        """For events that time alone brings about: what makes them happen only once, and when it was due."""
        return None

    def concerns(self) -> Concern:
        """What ``apply`` changes beside the directive as a whole."""
        unit, assignment = getattr(self, "unit", None), getattr(self, "assignment", None)
        return Concern((unit,) if unit else (), (assignment,) if assignment else ())

    def tells(self, state: DirectiveState, event: "Event") -> Iterable[Told]:  # noqa: ARG002 - same for all
        """Who is to be told what, the event being applied."""
        return ()

    def changes_rights(self) -> bool:
        """Whether persons may do more or less after it, by delegation, directory, policy or reorganisation.

        Somebody of the issuer looks at each of these and confirms it: they come from those who run the service, or give
        away powers that the law gave to one person.
        """
        return False

    def destroys(self) -> Iterable[UUID]:
        """The texts that are no more, once this has happened."""
        return ()


class AssignmentEvent(EventData):
    """About one assignment. Where all its ``moves`` end in one status, that becomes the assignment's."""

    assignment: AssignmentId

    def apply(self, state: DirectiveState, event: "Event") -> None:
        """What is common to all; the rest is ``change``."""
        assignment = state.assignments[self.assignment]
        assignment.touched_at = event.at
        targets = {move.after for move in self.moves}
        if len(targets) == 1:
            assignment.status = targets.pop()
        self.change(assignment, event)

    def change(self, assignment: Assignment, event: "Event") -> None:
        """What this kind of event does beside."""

    def holder(self, state: DirectiveState) -> str:
        """The unit that holds the assignment now."""
        return state.assignments[self.assignment].unit


class Event(Fact):
    """The envelope. ``at`` is the time that counts, ``clock`` whose time it is, ``sent_at`` what the sender claimed.

    ``on_behalf_of``: the actor is the delegate of that person. ``proof``: "claimed" where the actor's word is all there
    is. ``shift``: of a simulation, the seconds by which its times lie from those of the run; what is real has none.
    """

    stream: str
    version: int
    event_id: UUID
    at: Instant
    sent_at: Instant | None = None
    clock: Clock
    actor: Actor
    on_behalf_of: Person | None = None
    command_id: CommandId | None = None
    proof: Literal["claimed"] = "claimed"
    shift: int | None = None
    data: EventData = Field(repr=False)

    @property
    def persons(self) -> list[str]:
        """Who gave it: the actor, and for whom."""
        return [self.actor.person, *([self.on_behalf_of] if self.on_behalf_of else [])]

    def envelope(self) -> dict[str, Any]:
        """The event as JSON values: the contract's shape. What is real says nothing of a shift."""
        own = self.model_dump(mode="json", exclude={"data"} | (SIMULATED if self.shift is None else set()))
        content = self.data.model_dump(mode="json", exclude={"type"})
        return {**own, "type": self.data.type, "schema": self.data.schema_version, "data": content}


def event_id(stream: str, cause: str, index: int) -> UUID:
    """The same cause yields the same id, whoever decides and however often. ``cause``: command id or alarm key."""
    return uuid5(uuid5(NAMESPACE, stream), f"{cause}/{index}")
