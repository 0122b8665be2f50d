"""A real SMTP server that keeps what it takes in, answers as it is told, and can hold an answer back."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from ssl import SSLContext
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

TAKEN = "250 taken"


@dataclass(frozen=True, slots=True)
class Received:
    """A mail as it came: the envelope's recipient, the raw bytes, and the message in them."""

    recipient: str
    content: bytes
    message: EmailMessage

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def name(self) -> str:
        """The recipient's name, read by RFC 2047; the standard library's reader puts blanks between its words."""
        return str(make_header(decode_header(parseaddr(_unfolded(self.content, "To"))[0])))

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        assert body is not None
        return str(body.get_content()).replace("\r\n", "\n")


@dataclass
class MailServer:
    """``answers``: by recipient, the next replies to its mails; 250 when there are none left.

    ``hold``: where set, a mail is kept waiting for its reply once it has come in, until ``released`` is set.
    """

    port: int = 0
    hold: bool = False
    received: list[Received] = field(default_factory=list)
    answers: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    released: asyncio.Event = field(default_factory=asyncio.Event)
    connections: int = 0

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        content = envelope.original_content
        assert content is not None
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        [recipient] = envelope.rcpt_tos
        self.received.append(Received(recipient, content, message))
        if self.hold:
            await self.released.wait()
        waiting = self.answers[recipient]
        return waiting.popleft() if waiting else TAKEN

    async def count(self) -> int:
        """How many mails came in, whatever was answered."""
        return len(self.received)

    @asynccontextmanager
    async def running(
        self, port: int = 0, tls: SSLContext | None = None, **options: Any
    ) -> AsyncIterator["MailServer"]:
        """Listen on loopback, with TLS from the first byte where ``tls`` is given; ``options`` are aiosmtpd's."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: self._session(options), "127.0.0.1", port, ssl=tls)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            self.released.set()
            server.close()
            await server.wait_closed()

    def _session(self, options: dict[str, Any]) -> SMTP:
        self.connections += 1
        return SMTP(self, enable_SMTPUTF8=True, **options)


def _unfolded(content: bytes, header: str) -> str:
    return str(message_from_bytes(content)[header]).replace("\r\n", "").replace("\n", "")
