"""What a command came to."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from domain.base import Fact
from domain.refusal import Code


class EventRef(Fact):
    """An event that a command brought about."""

    version: int
    event_id: UUID
    type: str


class Outcome(Fact):
    """The answer to one command. ``version``: the directive's version after it. ``details`` belong to ``code``."""

    command_id: str
    outcome: Literal["done", "refused"]
    version: int
    events: list[EventRef] = Field(default_factory=list)
    code: Code | None = None
    details: dict[str, str] = Field(default_factory=dict)
