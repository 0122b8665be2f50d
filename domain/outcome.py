"""What a command came to."""

from collections.abc import Sequence
from typing import Final, Literal, Self
from uuid import UUID

from pydantic import Field

from domain.base import Fact
from domain.refusal import Code

MOST_NAMED: Final = 100
"""Events that an outcome names: the answer about ten thousand units has to pass through Temporal like any other."""


class EventRef(Fact):
    """An event that a command brought about."""

    version: int
    event_id: UUID
    type: str


class Outcome(Fact):
    """The answer to one command. ``version``: the directive's version after it. ``details`` belong to ``code``.

    ``events``: the first that it brought about, at most ``MOST_NAMED``; ``unnamed``: how many more follow these. All of
    one command follow one another, and their ids follow from the command's.
    """

    command_id: str
    outcome: Literal["done", "refused"]
    version: int
    events: list[EventRef] = Field(default_factory=list)
    unnamed: int = 0
    code: Code | None = None
    details: dict[str, str] = Field(default_factory=dict)

    @classmethod
    def done(cls, command_id: str, version: int, refs: Sequence[EventRef]) -> Self:
        """That a command was carried out, and by which events."""
        return cls(
            command_id=command_id,
            outcome="done",
            version=version,
            events=[*refs[:MOST_NAMED]],
            unnamed=max(len(refs) - MOST_NAMED, 0),
        )
