"""What came through a door: a command that could be read, or something that could not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from domain.command import Command
from domain.event import Clock
from domain.outcome import Outcome
from domain.refusal import Code
from domain.rejection import Trace

TRACELESS: Final = "erase"
"""The type of command of which nothing is kept: words to be destroyed must not come back by the answer about them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One command. ``command`` is None where ``code`` says why it could not be read.

    ``digest``: SHA-256 of the canonical content, by which a repetition is known. ``at`` and ``clock``: the time that
    counts, and whose it is. ``type``: the command's type as claimed.
    """

    command_id: str
    digest: str
    at: datetime
    clock: Clock
    sent_at: datetime | None
    trace: Trace
    type: str | None
    command: Command | None = None
    code: Code | None = None
    details: dict[str, str] = field(default_factory=dict)

    @property
    def kept_digest(self) -> str:
        """The digest, where it may be kept."""
        return "" if self.type == TRACELESS else self.digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """Commands that came in one message. ``atomic``: carried out all or none."""

    arrivals: Sequence[Arrival]
    atomic: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A command that was answered before: the digest of its content, and the answer.

    ``digest`` is empty where words of the content were erased: whoever guesses them must find nothing to try on.
    """

    digest: str
    outcome: Outcome

    def of_other_content(self, digest: str) -> bool:
        """Whether it is known that the content was another one."""
        return self.digest not in ("", digest)
