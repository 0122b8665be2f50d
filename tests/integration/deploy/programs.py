"""Programs that tests run: to their end, or in the background."""

import asyncio
import shutil
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.error import URLError

from tests.conftest import COMMANDS
from tests.integration.deploy.web import ask
from tests.support.waiting import until


async def run(*command: str | Path, given: bytes | None = None) -> tuple[int, str]:
    """Return code, and all that it said."""
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=STDOUT)
    said, _ = await process.communicate(given)
    assert process.returncode is not None
    return process.returncode, said.decode()


@asynccontextmanager
async def running(part: str, *arguments: str | Path, ready: str) -> AsyncIterator[None]:
    """Run a server until the end of the block. ``ready``: the URL that answers 200 once it serves."""
    [command, *_] = [found for name in COMMANDS.get(part, [part]) if (found := shutil.which(name))]
    process = await asyncio.create_subprocess_exec(command, *arguments, stdout=DEVNULL, stderr=DEVNULL)
    try:
        await until(lambda: _status(ready), lambda status: status == 200)
        yield
    finally:
        process.terminate()
        await process.wait()


async def _status(url: str) -> int:
    try:
        return (await ask(url)).status
    except (URLError, ConnectionError):
        return 0
