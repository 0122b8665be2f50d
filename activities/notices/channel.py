"""What the dispatcher needs of a way to deliver mails, and the three ways in which delivering can fail."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

from activities.reading import clean
from domain.commands.record_delivery import Channel

LONGEST_PROBLEM: Final = 200


@dataclass(frozen=True, slots=True)
class Mail:
    """A composed message. ``content``: as it goes over the wire, CRLF; ``utf8``: its headers need SMTPUTF8."""

    id: UUID
    sender: str
    recipient: str
    content: bytes
    utf8: bool = False


class NotDeliveredError(Exception):
    """A mail could not be delivered; ``problem`` is fit to be stored and shown."""

    def __init__(self, problem: str) -> None:
        # A server's answer may go over several lines, or hold bytes that were no text: half of a surrogate pair cannot
        # be stored.
        line = " ".join(problem.split()).encode(errors="replace").decode()
        self.problem = clean(line, LONGEST_PROBLEM)
        super().__init__(self.problem)


class RefusedForGoodError(NotDeliveredError):
    """This mail will never be accepted."""


class NotNowError(NotDeliveredError):
    """This mail may be accepted later."""


class ChannelDownError(NotDeliveredError):
    """The way itself is broken; whatever else waits would meet the same."""


class Post(Protocol):
    """An open way. What is sent through it has arrived when ``send`` returns."""

    async def send(self, mail: Mail) -> None:
        """Deliver one mail. Raises ``NotDeliveredError``."""


class Outlet(Protocol):
    """A way to deliver; ``channel``: what directives are told that it is."""

    @property
    def channel(self) -> Channel:
        """The channel's name."""

    def open(self) -> AbstractAsyncContextManager[Post]:
        """Open it for a batch. Raises ``ChannelDownError``."""
