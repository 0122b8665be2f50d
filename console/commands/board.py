"""board: how the units stand on one page, drawn from the figures of ``stats``, with the definitions beside them."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from console.as_of import read_as_of
from console.board.reading import Json, read_board
from console.board.writing import heading, write
from console.call import Call
from console.failures import WrongUsageError
from console.figures.question import Question
from console.paper import Paper, answer

ENDING = ".html"


def board(
    call: Call,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", dir_okay=False)],
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DAY")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DAY")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY|INSTANT")] = None,
) -> None:
    """Of lead assignments of the days from ``since`` to ``until``, or of all; ``as_of`` as in ``stats``."""
    if out.suffix.lower() != ENDING:
        raise WrongUsageError("unknown_ending", file=str(out), endings=ENDING)
    question = Question(
        at=None if as_of is None else read_as_of("--as-of", as_of),
        cohort="assigned" if since or until else "all",
        since=since.date() if since else None,
        until=until.date() if until else None,
    )
    document = asyncio.run(read_board(call, question))
    write(call, document, out)
    answer(call, document, lambda paper: _render(call, document, out, paper))


def _render(call: Call, document: Json, out: Path, paper: Paper) -> None:
    paper.line(heading(call, document))
    paper.line(call.text("board.written", units=len(document["units"]), months=len(document["months"]), file=out))


COMMANDS = {"board": board}
