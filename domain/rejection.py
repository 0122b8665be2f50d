"""CommandRejected: whatever came and was not carried out leaves a trace; nothing is lost in silence."""

import json
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from domain.base import CLEAN, Erasable, Fact, Named, Sha256, local
from domain.event import Event, EventData
from domain.refusal import NAMING, Code
from domain.state import DirectiveState

EXCERPT = 200
"""Letters of the message that are kept."""


class Trace(Fact):
    """What is kept of the message. ``sender``: the claimed person, else the identity that the server saw."""

    door: Literal["start", "signal", "update", "cancel"]
    name: Annotated[str, StringConstraints(max_length=100), CLEAN]
    sender: Annotated[str, StringConstraints(max_length=200), CLEAN, Named()]
    sha256: Sha256
    size: int = Field(ge=0)
    excerpt: Annotated[str, StringConstraints(max_length=EXCERPT), CLEAN, Erasable()]


class CommandRejected(EventData):
    """``details`` fill the sentence that belongs to ``code``."""

    type: Literal["CommandRejected"] = "CommandRejected"
    code: Code
    details: Annotated[dict[str, str], Named(*NAMING)]
    command: str | None
    trace: Trace

    def may_name(self, person: str) -> bool:
        """Whether what is kept of the message may hold that name: it came from them, or is about them."""
        words = (person, json.dumps(person)[1:-1])
        told = person in (self.trace.sender, *self.details.values())
        return told or any(one in self.trace.excerpt for one in words)

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Counted by day, so that a flood of nonsense cannot fill the journal."""
        day = max(local(event.at).date(), state.rejections_on or date.min)
        state.rejections = state.rejections + 1 if state.rejections_on == day else 1
        state.rejections_on = day


def may_record_rejection(state: DirectiveState, at: datetime) -> bool:
    """Whether the policy's share of the day is not used up.

    The times of commands run back by minutes. A day that has begun stays begun, or a flood across midnight would
    start its count anew with every message.
    """
    if state.rejections_on is None or state.rejections_on < local(at).date():
        return True
    return state.rejections < state.policy.rejections_per_day
