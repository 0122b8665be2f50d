"""Mails as files, where no SMTP server is set: what would have been sent can be opened with any mail program."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from activities.notices.channel import ChannelDownError, Mail
from domain.commands.record_delivery import Channel


class Folder:
    """A folder of .eml files, named by notice: sent again, a notice replaces itself. Only its owner may look in."""

    channel: Final[Channel] = "file"

    def __init__(self, path: Path) -> None:
        self._path = path

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Folder"]:
        """Made when the first mail comes."""
        yield self

    async def send(self, mail: Mail) -> None:
        """Write it whole or not at all. Raises ``ChannelDownError``."""
        try:
            await asyncio.to_thread(self._write, mail)
        except OSError as error:
            raise ChannelDownError(f"{self._path}: {error.strerror or error}") from error

    def _write(self, mail: Mail) -> None:
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self._path / f".{mail.id}.{os.getpid()}"
        with unfinished.open("wb") as file:
            file.write(mail.content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self._path / f"{mail.id}.eml")
