"""Child processes that end with their parent, write to a log file, and are stopped in order."""

import asyncio
import os
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from signal import Signals
from typing import Self

from embedded import launch, locks
from embedded.errors import ChildFailedError, EmbeddedError, NotReadyError

READY_WITHIN = 45.0  # seconds; recovery after a crash is part of it
POLL = 0.05  # seconds between two looks
TAIL = 15  # lines
TAIL_BYTES = 8192

_KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH")


@dataclass(frozen=True)
class Program:
    """What to start, and how.

    Attributes:
        name: for messages.
        argv: absolute path and arguments.
        log: where its output goes; that of the run before is kept as `.log.before`.
        environment: nothing else is handed on but the search paths.
        signal_of_orphan: what it gets when the thread that started it ends without having stopped it.
        identity: as whom it runs, `SAME`, `NAMESPACE` or `NOBODY` of launch.py.
    """

    name: str
    argv: tuple[str | Path, ...]
    log: Path
    environment: Mapping[str, str]
    signal_of_orphan: Signals
    identity: str = launch.SAME


class Child:
    """A running program."""

    def __init__(self, program: Program, process: Process) -> None:
        self.name = program.name
        self.log = program.log
        self.stopping = False
        self._process = process

    @classmethod
    async def start(cls, program: Program, lock: int) -> Self:
        """Start a program in a session of its own, so that Ctrl-C in a terminal reaches the launcher alone.

        Args:
            program: what to start.
            lock: what `locks.exclusive` gave; the child holds it too, and so does all that it starts.
        """
        log = _new_log(program.log)
        kept = {key: os.environ[key] for key in _KEPT_VARIABLES if key in os.environ}
        try:
            process = await asyncio.create_subprocess_exec(
                *launch.command(program.signal_of_orphan, program.identity),
                *program.argv,
                stdin=DEVNULL,
                stdout=log,
                stderr=log,
                env={**kept, **program.environment},
                start_new_session=True,
                pass_fds=[lock],
            )
        finally:
            os.close(log)
        locks.write_holder(lock, process.pid)
        return cls(program, process)

    @property
    def pid(self) -> int:
        return self._process.pid

    async def ended(self) -> int:
        """Wait for the end; the status, negative if it was a signal."""
        return await self._process.wait()

    async def ready(self, probe: Callable[[], Awaitable[bool]]) -> None:
        """Wait until the probe says yes.

        Raises:
            ChildFailedError: the program ended first.
            NotReadyError: it took too long.
        """
        probing, ended = asyncio.create_task(_until(probe)), asyncio.create_task(self.ended())
        try:
            done, _ = await asyncio.wait([probing, ended], timeout=READY_WITHIN, return_when=asyncio.FIRST_COMPLETED)
        finally:
            probing.cancel()
            ended.cancel()
            await asyncio.wait([probing, ended])
        if ended in done:
            raise self.failure()
        if not done:
            raise NotReadyError(name=self.name, seconds=READY_WITHIN, log=self.log, lines=self._last_lines())
        await probing

    async def stop(self, signal: Signals, within: float) -> None:
        """Ask the program to end, and kill it when it has not done so in time (seconds)."""
        self.stopping = True
        with suppress(ProcessLookupError):
            self._process.send_signal(signal)
        try:
            async with asyncio.timeout(within):
                await self.ended()
        except TimeoutError:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self.ended()

    def failure(self) -> EmbeddedError:
        """What to say when the program has ended and nobody had asked it to."""
        status = self._process.returncode
        return ChildFailedError(name=self.name, status=status, log=self.log, lines=self._last_lines())

    def _last_lines(self) -> str:
        text = self.log.read_bytes()[-TAIL_BYTES:].decode(errors="replace")
        return "\n".join(text.splitlines()[-TAIL:])


async def _until(probe: Callable[[], Awaitable[bool]]) -> None:
    while True:
        if await probe():
            return
        await asyncio.sleep(POLL)


def _new_log(path: Path) -> int:
    with suppress(FileNotFoundError):
        path.replace(path.with_suffix(".log.before"))
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
