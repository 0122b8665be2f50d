"""Locks on files that the kernel frees with the last process that holds them, however it ends.

The lock belongs to the open file, not to the process: whoever inherits the descriptor holds the lock too.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from embedded.errors import LeftoverError

LEFTOVER_WITHIN = 10.0  # seconds that children of a killed launcher get to end
PAUSE = 0.02  # seconds


async def acquire(path: Path, within: float) -> int:
    """Take the exclusive lock of a file, made if need be.

    Args:
        path: the file; whoever holds the lock may write its process id into it.
        within: seconds to wait for another holder to end.

    Returns:
        The descriptor that holds the lock, not inherited by children unless asked for.

    Raises:
        TimeoutError: another process holds it all the time.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        async with asyncio.timeout(within):
            while True:
                if _taken(descriptor, fcntl.LOCK_EX):
                    return descriptor
                await asyncio.sleep(PAUSE)
    except BaseException:
        os.close(descriptor)
        raise


@asynccontextmanager
async def exclusive(directory: Path) -> AsyncIterator[int]:
    """Lock an existing directory for the children that are started on it.

    They inherit the lock: whoever gets it knows that nothing of an earlier start is left, however that one ended.

    Raises:
        LeftoverError: something of an earlier start does not end.
    """
    path = directory / "lock"
    try:
        descriptor = await acquire(path, LEFTOVER_WITHIN)
    except TimeoutError:
        raise LeftoverError(directory=directory, pid=read_holder(path)) from None
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether a process holds the exclusive lock of the file."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return not _taken(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def write_holder(descriptor: int, pid: int) -> None:
    """Note in a locked file who holds it."""
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{pid}\n".encode(), 0)


def read_holder(path: Path) -> str:
    """The process id noted in a lock file, `?` while none is."""
    return path.read_text().strip() or "?"


def _taken(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
