"""export: the record, or some directives of it, for somebody who verifies it elsewhere."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, Final, TextIO

import typer

from activities.journal.verify import streams
from activities.journal.verify_anchors import Anchors
from activities.journal.verify_whole import size_of
from activities.record.export import VERIFIER, Chosen, NotWrittenError, new_folder
from activities.record.export import export as export_record
from console.call import Call
from console.circulation import noted
from console.completion import directives
from console.database import reading
from console.failures import ConsoleError, FailedError, RefusedError
from console.inspecting import checkpoints_kept
from console.paper import Paper, answer
from console.places import owner_database_url
from console.streams import resolve_all
from console.waiting import progress

_TOLD: Final = {"directives": "head", "events": "event", "entries": "entry", "checkpoints": "checkpoint"}
"""Name in the answer -> kind of line."""
Directives = Annotated[list[str] | None, typer.Argument(metavar="ID…", autocompletion=directives)]


def export(
    call: Call,
    directives: Directives = None,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", file_okay=False)],
) -> None:
    """Into a new folder: the lines, the keys, and the program that verifies them."""
    if out.exists() and any(out.iterdir()):
        raise FailedError("folder_not_new", folder=out)
    anchors = checkpoints_kept(call)
    try:
        with new_folder(out, anchors) as lines:
            counts = asyncio.run(_export(call, directives or [], lines, anchors))
    except NotWrittenError as error:
        raise FailedError("folder_not_written", folder=out, problem=str(error)) from error
    document = {"folder": str(out), **{name: counts[kind] for name, kind in _TOLD.items()}}
    answer(call, document, lambda paper: _render(call, document, paper))


async def _export(call: Call, named: list[str], lines: TextIO, anchors: Anchors) -> Counter[str]:
    found = await resolve_all(call, named)
    for one in found.values():
        if isinstance(one, ConsoleError):
            raise one
    # The keys of words are the owner's alone.
    async with reading(call, owner_database_url) as connection:
        there = await streams(connection)
        chosen = [str(one) for one in found.values()] if named else there
        if not set(chosen) <= set(there):
            raise RefusedError("not_found", {})
        await noted(call, connection, chosen, "export")
        with progress(call, len(chosen) + await size_of(connection), "cli.exporting") as advance:
            return await export_record(connection, lines, anchors, Chosen(chosen, whole=not named), advance)


def _render(call: Call, document: dict[str, Any], paper: Paper) -> None:
    paper.line(call.text("cli.exported", **document))
    paper.line(call.text("cli.verify_there"))
    paper.line(f"  python3 {Path(document['folder']) / VERIFIER} {document['folder']}")


COMMANDS = {"export": export}
