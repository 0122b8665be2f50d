"""A document's console blocks: run, compared, and written anew by ``python -m tests.support.shell_blocks``."""

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
BLOCK: Final = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
FOREGROUND: Final = "make run"
_VOLATILE: Final = (
    (re.compile(r"\b\d{2}/\d{2}/20[2]\d \d{2}:\d{2}(:\d{2})?"), "TIME"),
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "ID"),
    (re.compile(r"127\.0\.0\.1:\d+"), "ADDRESS"),
    (re.compile(r"(Process|Data|Mails): +.*"), r"\1"),
    (re.compile(r"\+[0-9a-f]{8}\+[\w+/=]{40,}"), "+KEY"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "HASH"),
    (re.compile(r"(?<=[Ee]ntr)(y|ies):? +\d+"), "N"),
    (re.compile(r"\b\d+ (entries|hashes|checkpoints)\b"), r"N \1"),
    (re.compile(r"\b\d+\.\d(?= days| +directives history)"), "DAYS"),
    (re.compile(r" --data \S+"), ""),
    (re.compile(r"[vV]ersion:? +\d+"), "VERSION"),
    (re.compile(r"^(directive/\S+) +\d+", re.MULTILINE), r"\1 VERSION"),
    (re.compile(r"^\d+ +(?=TIME)", re.MULTILINE), ""),
    (re.compile(r" +"), " "),
)


def stable(output: str) -> str:
    """The output without what differs from run to run: times, ids, ports, places, and how wide a column is."""
    for pattern, instead in _VOLATILE:
        output = pattern.sub(instead, output)
    return output.strip()


def steps(block: str) -> list[tuple[str, str]]:
    """Commands and what they print."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(command, output) for command, _, output in (part.partition("\n") for part in parts)]


def environment(data: Path) -> dict[str, str]:
    own = {"DIRECTIVES_DATA": str(data), "DIRECTIVES_LANG": "en", "DATA": str(data), "COLUMNS": "200"}
    inherited = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    return {**inherited, **own, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


async def run(command: str, data: Path) -> str:
    """What a reader sees who types the command."""
    process = await asyncio.create_subprocess_shell(
        command, cwd=ROOT, env=environment(data), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    output, _ = await process.communicate()
    return output.decode()


@asynccontextmanager
async def running(data: Path) -> AsyncIterator[str]:
    """``make run`` in a shell of its own; what it said until it was up."""
    process = await asyncio.create_subprocess_shell(
        f"exec {FOREGROUND}", cwd=ROOT, env=environment(data), stdout=asyncio.subprocess.PIPE, start_new_session=True
    )
    if process.stdout is None:
        raise RuntimeError("no output to read")
    said = ""
    try:
        while "Ctrl-C" not in said:
            line = (await process.stdout.readline()).decode()
            if not line:
                raise RuntimeError(f"{FOREGROUND} ended: {said}")
            # What make says of installing comes first, and only where something has to be installed.
            said = line if line.startswith("The service is up") else said + line
        yield said
    finally:
        os.killpg(process.pid, 2)
        await process.wait()


async def played(document: str, data: Path) -> str:
    """The document with what its commands print now, in a service of its own."""
    async with running(data) as said:
        return await replayed(document, data, said)


async def replayed(document: str, data: Path, said: str = "") -> str:
    """The document with what its commands print now. ``said``: what the service said when it was started."""

    async def play(block: str) -> str:
        printed = [
            (command, said if command == FOREGROUND else await run(command, data)) for command, _ in steps(block)
        ]
        # As it looks in a fresh clone, where the data directory stands beside the program.
        return (
            "".join(f"$ {command}\n{output}" for command, output in printed)
            .replace(f" --data {data}", "")
            .replace(str(data), "data")
        )

    played, end = "", 0
    for found in BLOCK.finditer(document):
        played += document[end : found.start()] + await play(found[0])
        end = found.end()
    return played + document[end:]


async def rewrite(*paths: Path) -> None:
    """Write documents anew, all played in one service, in their order."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        async with running(data) as said:
            for path in paths:
                path.write_text(await replayed(path.read_text(), data, said))


if __name__ == "__main__":
    asyncio.run(rewrite(*(Path(name) for name in sys.argv[1:] or [ROOT / "README.md"])))
