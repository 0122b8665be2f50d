"""Events: what happened, as it stands in the journal."""

from datetime import datetime
from typing import Any, ClassVar, Literal, NamedTuple
from uuid import UUID, uuid5

from pydantic import Field

from domain.actor import Actor
from domain.base import CommandId, Fact, Instant, Person
from domain.state import DirectiveState

NAMESPACE = UUID("5d2f8f3e-7a55-5c0e-9f0c-1f5f3d1f6a10")
"""Root of the deterministic ids. Changing it would make every event a different one."""

Clock = Literal["sender", "server", "service"]
"""Whose clock gave ``at``: the sender's ``sent_at``; the server's time of a signal that waited; the service's own."""


class EventData(Fact):
    """What a kind of event says. ``schema_version`` rises when its shape changes; upcasters read the older ones."""

    type: str
    schema_version: ClassVar[int] = 1

    def apply(self, state: DirectiveState, event: "Event") -> None:
        """Change ``state``, which is the caller's to change, as this event demands."""
        raise NotImplementedError

    def alarm(self) -> "Alarm | None":
        """For events that time alone brings about: what makes them happen only once, and when it was due."""
        return None


class Alarm(NamedTuple):
    """``key`` names it for ever within its stream. It begins with "#": no command can bear that name before it."""

    key: str
    due_at: datetime


class Event(Fact):
    """The envelope. ``at`` is the time that counts, ``clock`` whose time it is, ``sent_at`` what the sender claimed.

    ``proof``: "claimed" where the actor's word is all there is.
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
    data: EventData = Field(repr=False)

    def envelope(self) -> dict[str, Any]:
        """The event as JSON values: the contract's shape."""
        own = self.model_dump(mode="json", exclude={"data"})
        content = self.data.model_dump(mode="json", exclude={"type"})
        return {**own, "type": self.data.type, "schema": self.data.schema_version, "data": content}


def event_id(stream: str, cause: str, index: int) -> UUID:
    """The same cause yields the same id, whoever decides and however often. ``cause``: command id or alarm key."""
    return uuid5(uuid5(NAMESPACE, stream), f"{cause}/{index}")
