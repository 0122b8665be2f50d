"""stats: the figures of FIGURES, at this moment or as of another, by unit or by something else; what is behind each."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from console.as_of import read_as_of
from console.call import Call
from console.completion import units
from console.failures import WrongUsageError
from console.figures.document import read_figures
from console.figures.listing import LISTED, read_list
from console.figures.question import By, Cohort, Narrowed, Question
from console.figures.rendering import render_figures, render_list
from console.figures.sheet import check_ending, write
from console.paper import answer

Only = Annotated[str | None, typer.Option(metavar="KEY")]


def stats(  # noqa: PLR0913 - each is one way to ask
    call: Call,
    *,
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DAY")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DAY")] = None,
    cohort: Annotated[Cohort | None, typer.Option("--cohort")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY|INSTANT")] = None,
    against: Annotated[Literal["original", "current"], typer.Option("--against")] = "current",
    by: Annotated[By, typer.Option("--by")] = "unit",
    unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", autocompletion=units)] = None,
    group: Only = None,
    issuer: Only = None,
    field: Only = None,
    urgency: Annotated[Literal["0", "1", "2", "3"] | None, typer.Option("--urgency")] = None,
    kind: Only = None,
    signer: Only = None,
    month: Annotated[str | None, typer.Option("--month", metavar="YYYY-MM")] = None,
    listed: Annotated[str | None, typer.Option("--list", metavar="FIGURE", autocompletion=lambda: [*LISTED])] = None,
    support: Annotated[bool, typer.Option("--support")] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", dir_okay=False)] = None,
) -> None:
    """What was assigned, or falls due, on the days from ``since`` to ``until``, both included; or all.

    ``as_of``: only what had happened by then; a day means its 24:00; now, where nothing is said.

    Lead assignments are what is counted; supporting ones stand in a block of their own. Released ones are in force no
    more: they are counted apart, by kind, and with them what each unit handed on.

    ``listed``: the assignments behind that number instead, the supporting ones with ``support``.
    """
    question = Question(
        at=None if as_of is None else read_as_of("--as-of", as_of),
        by=by,
        cohort=cohort or ("assigned" if since or until else "all"),
        since=since.date() if since else None,
        until=until.date() if until else None,
        originally=against == "original",
        narrowed=Narrowed(
            unit=unit, group=group, issuer=issuer, field=field, urgency=urgency, kind=kind, signer=signer, month=month
        ),
    )
    if out is not None:
        check_ending(out)
    if listed is None:
        document = asyncio.run(read_figures(call, question))
        render = render_figures
    else:
        document = asyncio.run(read_list(call, question, _known(listed), "support" if support else "lead"))
        render = render_list
    if out is not None:
        write(call, document, out)
    answer(call, document, lambda paper: render(call, document, paper))


def _known(listed: str) -> str:
    if listed not in LISTED:
        raise WrongUsageError("no_such_figure", name=listed, names=", ".join(LISTED))
    return listed


COMMANDS = {"stats": stats}
