"""reads: who has looked at a directive whose circulation is limited."""

import asyncio
from typing import Final

from console.call import Call
from console.database import Row, reading, rows
from console.documents import as_json
from console.failures import RefusedError
from console.options import DirectiveId
from console.paper import Paper, answer
from console.streams import resolve
from console.times import moment_shown

COLUMNS: Final = ("at", "who", "command")


def reads(call: Call, directive: DirectiveId) -> None:
    """Each look at it by the command line, the first one first; none where the circulation is not limited."""
    found = asyncio.run(_read(call, directive))
    answer(call, list(map(as_json, found)), lambda paper: _render(call, found, paper))


async def _read(call: Call, directive: str) -> list[Row]:
    stream = await resolve(call, directive)
    async with reading(call) as connection:
        if not await rows(connection, "register", stream):
            raise RefusedError("not_found", {})
        return await rows(connection, "reads", stream)


def _render(call: Call, found: list[Row], paper: Paper) -> None:
    if not found:
        paper.line(call.text("cli.no_reads"))
        return
    lines = [(moment_shown(one["read_at"]), one["person"], one["command"]) for one in found]
    paper.table([call.text(f"column.{name}") for name in COLUMNS], lines)


COMMANDS = {"reads": reads}
