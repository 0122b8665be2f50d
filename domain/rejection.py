"""CommandRejected: whatever came and was not carried out leaves a trace; nothing is lost in silence."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from domain.base import Erasable, Fact, Sha256, Text, local
from domain.event import Event, EventData
from domain.refusal import Code
from domain.state import DirectiveState

EXCERPT = 200
"""Letters of the message that are kept."""


class Trace(Fact):
    """What is kept of the message. ``sender``: the claimed person, else the identity that the server saw."""

    door: Literal["start", "signal", "update", "cancel"]
    name: Annotated[Text, StringConstraints(max_length=100)]
    sender: Annotated[Text, StringConstraints(max_length=200)]
    sha256: Sha256
    size: int = Field(ge=0)
    excerpt: Annotated[Text, StringConstraints(max_length=EXCERPT), Erasable()]


class CommandRejected(EventData):
    """``details`` fill the sentence that belongs to ``code``."""

    type: Literal["CommandRejected"] = "CommandRejected"
    code: Code
    details: dict[str, str]
    command: str | None
    trace: Trace

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Counted by day, so that a flood of nonsense cannot fill the journal."""
        today = local(event.at).date()
        state.rejections = state.rejections + 1 if state.rejections_on == today else 1
        state.rejections_on = today
