"""The one directory with everything the embedded stack keeps, and how other commands find the stack through it.

lock              held by the process that runs the stack, its pid inside
endpoints.json    where the stack listens, there only while it runs
postgresql/       see postgres.py
temporal/         see temporal.py
"""

import os
import shutil
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict

from embedded import locks
from embedded.errors import (
    AlreadyRunningError,
    DataDirectoryUnusableError,
    ForeignDataDirectoryError,
    NotRunningError,
)

# `find_endpoints` of another command may hold the lock for an instant: that is no reason to refuse a start.
LOCK_WITHIN = 0.5  # seconds


class Endpoints(BaseModel):
    """Where a running stack listens, all on 127.0.0.1.

    Attributes:
        pid: the process that runs the stack.
        database_url: of the superuser; as the others, with user and password. Readable by the directory's owner only.
        migrator_url: for whoever changes the tables.
        writer_url: for the worker.
        reader_url: for whoever looks things up.
        temporal_address: `host:port` for clients.
        temporal_namespace: made by the stack.
        temporal_ui_url: for a browser.
        temporal_http_port: Temporal's HTTP interface.
        temporal_metrics_port: `/metrics` of the Temporal server.
        others: what the caller of the stack serves itself, by name: ports or addresses.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    pid: int
    database_url: str
    migrator_url: str
    writer_url: str
    reader_url: str
    temporal_address: str
    temporal_namespace: str
    temporal_ui_url: str
    temporal_http_port: int
    temporal_metrics_port: int
    others: dict[str, int | str]


class DataDirectory:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: int | None = None

    async def lock(self) -> Self:
        """Make the directory if need be, and keep every other stack off it until `release` or the end of the process.

        Raises:
            DataDirectoryUnusableError: it cannot be made or entered.
            ForeignDataDirectoryError: it belongs to another user, so two users would mix their files in it.
            AlreadyRunningError: another stack runs on it.
        """
        try:
            owner = make_private(self.path)
        except OSError as error:
            raise DataDirectoryUnusableError(data=self.path, reason=error.strerror) from error
        if owner != os.geteuid():
            raise ForeignDataDirectoryError(data=self.path, owner=owner, user=os.geteuid())
        try:
            self._lock = await locks.acquire(self.path / "lock", LOCK_WITHIN)
        except TimeoutError:
            raise AlreadyRunningError(data=self.path, pid=locks.read_holder(self.path / "lock")) from None
        except OSError as error:
            raise DataDirectoryUnusableError(data=self.path, reason=error.strerror) from error
        locks.write_holder(self._lock, os.getpid())
        self.withdraw()  # the endpoints of a stack that was killed
        return self

    def publish(self, endpoints: Endpoints) -> None:
        """Let other commands find the stack."""
        write_private(self.path / "endpoints.json", endpoints.model_dump_json(indent=2) + "\n")

    def withdraw(self) -> None:
        """Let no command find the stack any more; nothing happens to the stack of another process."""
        if self._lock is not None:
            (self.path / "endpoints.json").unlink(missing_ok=True)

    def release(self) -> None:
        """Let another stack have the directory."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def find_endpoints(data: Path) -> Endpoints:
    """Where the stack of a data directory listens.

    Raises:
        NotRunningError: no stack runs there, or it is not ready yet, or it is ending.
        DataDirectoryUnusableError: the directory cannot be read.
    """
    try:
        if not locks.is_held(data / "lock"):
            # What endpoints.json says then is of a stack that was killed.
            raise NotRunningError(data=data)
        return Endpoints.model_validate_json((data / "endpoints.json").read_text())
    except FileNotFoundError:
        raise NotRunningError(data=data) from None
    except OSError as error:
        raise DataDirectoryUnusableError(data=data, reason=error.strerror) from error


def make_private(path: Path) -> int:
    """Make a directory that only its owner can enter, unless it is there; the owner's user id.

    Never its parents: nothing is made outside the data directory.
    """
    path.mkdir(mode=0o700, exist_ok=True)
    return path.stat().st_uid


def empty(path: Path) -> Path:
    """Make a directory that only its owner can enter, in place of what a killed start may have left there."""
    if path.exists():
        shutil.rmtree(path)
    path.mkdir(mode=0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Write a file readable by its owner only, wholly or not at all, however the process ends."""
    new = path.with_name(path.name + ".new")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "w") as file:  # noqa: PTH123, a descriptor carries the mode from the start
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
