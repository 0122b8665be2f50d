"""register: the registers of Decree 30/2020, Appendix IV, as a table, CSV, XLSX or a page to print."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from catalogue.times import day_shown
from console.call import Call
from console.failures import WrongUsageError
from console.options import MaybeUnit
from console.paper import Paper, answer
from console.registers.columns import Register
from console.registers.files import check_ending, period, write
from console.registers.reading import Json, read_register


def register(  # noqa: PLR0913 - each is one way to ask
    call: Call,
    which: Annotated[Register, typer.Argument(metavar="follow-up|in|out")],
    *,
    since: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DAY")],
    until: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DAY")],
    unit: MaybeUnit = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", dir_okay=False)] = None,
) -> None:
    """Of the days from ``since`` to ``until``; of ``unit``, which received it, or in ``out`` issued it, or of all."""
    first, last = since.date(), until.date()
    if first > last:
        raise WrongUsageError("days_reversed", since=day_shown(first), until=day_shown(last))
    if out is not None:
        check_ending(out)
    document = asyncio.run(read_register(call, which, first, last, unit))
    if out is not None:
        write(call, document, out)
    answer(call, document, lambda paper: _render(call, document, out, paper))


def _render(call: Call, document: Json, out: Path | None, paper: Paper) -> None:
    paper.heading(document["title"])
    paper.line(period(call, document))
    if out is None:
        titles = [column["title"] for column in document["columns"] if not column["by_hand"]]
        known = [column["name"] for column in document["columns"] if not column["by_hand"]]
        paper.table(titles, [tuple(line[name] for name in known) for line in document["lines"]])
    else:
        paper.line(call.text("register.written", count=len(document["lines"]), file=out))


COMMANDS = {"register": register}
