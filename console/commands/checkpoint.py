"""checkpoint: what the record comes to, signed and kept outside the database now; or a new key to sign with."""

import asyncio
import base64
from pathlib import Path
from typing import Annotated, Any

import typer

from activities.record.notes import BadKeyError
from activities.record.service import keep
from console.call import Call
from console.checkpoints import anchor, made, not_kept, tree
from console.environment import read_settings
from console.paper import Paper, answer

NewKey = Annotated[Path | None, typer.Option("--new-key", metavar="FILE")]


def checkpoint(call: Call, *, new_key: NewKey = None) -> None:
    """A checkpoint as the worker writes them; what was sequenced a moment ago is in it."""
    document = asyncio.run(_new_key(call, new_key) if new_key else _keep(call))
    answer(call, document, lambda paper: _render(call, document, paper))


async def _keep(call: Call) -> dict[str, Any]:
    where = anchor(call, read_settings())
    standing = await tree(call)
    try:
        kept = await keep(where, standing)
    except (OSError, BadKeyError) as error:
        raise not_kept(where.folder, error) from error
    return {
        "file": str(kept.path),
        "origin": standing.origin,
        "size": standing.frontier.size,
        "root": base64.b64encode(standing.frontier.root()).decode(),
        "written": kept.written,
        "verifier_key": where.key.verifier().text(),
    }


async def _new_key(call: Call, file: Path) -> dict[str, Any]:
    key = made(file, (await tree(call)).origin)
    return {"file": str(file), "origin": key.name, "verifier_key": key.verifier().text()}


def _render(call: Call, document: dict[str, Any], paper: Paper) -> None:
    paper.facts(
        [(call.text(f"checkpoint.{name}"), str(value)) for name, value in document.items() if name != "written"]
    )
    if document.get("written") is False:
        paper.line(call.text("checkpoint.there", size=document["size"]))
    if "written" not in document:
        paper.line(call.text("checkpoint.hand_on"))


COMMANDS = {"checkpoint": checkpoint}
