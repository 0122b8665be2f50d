"""Mails by SMTP (RFC 5321): one connection for a batch, and what each kind of answer means."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Final

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from activities.notices.channel import ChannelDownError, Mail, NotDeliveredError, NotNowError, RefusedForGoodError
from activities.notices.claim import SENDING
from domain.commands.record_delivery import Channel
from settings import Settings

CONNECTING: Final = 20.0
"""Seconds, greeting, TLS and login included."""
PARTING: Final = 2.0
CLOSING: Final = 421
"""RFC 5321 4.2.3: the server closes the connection."""


class SmtpServer:
    """The server of the settings. Security is what they say: no falling back to plain text."""

    channel: Final[Channel] = "email"

    def __init__(self, host: str, settings: Settings) -> None:
        self._host = host
        self._settings = settings

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator["Connection"]:
        """Connect, secure, log in. Raises ``ChannelDownError``."""
        client = self._client()
        try:
            async with asyncio.timeout(CONNECTING):
                await client.connect()
        except (SMTPException, OSError) as error:
            raise ChannelDownError(f"{self._host}:{self._settings.smtp_port}: {_said(error)}") from error
        try:
            yield Connection(client)
            with contextlib.suppress(SMTPException, OSError):  # all that was sent has been answered
                await client.quit(timeout=PARTING)
        finally:
            client.close()

    def _client(self) -> SMTP:
        settings = self._settings
        return SMTP(
            hostname=self._host,
            port=settings.smtp_port,
            username=settings.smtp_user,
            password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
            use_tls=settings.smtp_security == "tls",
            start_tls=settings.smtp_security == "starttls",
            timeout=CONNECTING,
        )


class Connection:
    """An open connection. A mail has arrived when the server has answered its last dot with 250."""

    def __init__(self, client: SMTP) -> None:
        self._client = client

    async def send(self, mail: Mail) -> None:
        """Send one mail. Raises ``NotDeliveredError``."""
        try:
            async with asyncio.timeout(SENDING.total_seconds()):
                await self._client.sendmail(
                    mail.sender,
                    [mail.recipient],
                    mail.content,
                    mail_options=["SMTPUTF8"] if mail.utf8 else [],
                    timeout=SENDING.total_seconds(),
                )
        except (SMTPException, OSError) as error:
            raise _meaning(error) from error


def _meaning(error: SMTPException | OSError) -> NotDeliveredError:
    match error:
        case SMTPRecipientsRefused(recipients=[refused, *_]):
            return _by_code(refused)
        case SMTPDataError():
            return _by_code(error)
        case SMTPNotSupported():
            return RefusedForGoodError(_said(error))
        case SMTPSenderRefused():
            # Our own address or login: true of every mail, and no fault of the one who should be told.
            return ChannelDownError(_said(error))
        case _:
            return ChannelDownError(_said(error))


def _by_code(answer: SMTPResponseException) -> NotDeliveredError:
    if answer.code == CLOSING:
        return ChannelDownError(_said(answer))
    return RefusedForGoodError(_said(answer)) if answer.code >= 500 else NotNowError(_said(answer))  # noqa: PLR2004 - RFC


def _said(error: SMTPException | OSError) -> str:
    if isinstance(error, SMTPResponseException):
        return f"{error.code} {error.message}"
    return str(error) or type(error).__name__
