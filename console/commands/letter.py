"""letter: the paragraph of letter 1680/UBND-NC, drafted in its own wording from the figures as they stand."""

import asyncio
from datetime import date, datetime
from typing import Annotated, Any, Final

import typer

from catalogue import Language, text
from catalogue.times import day_in_full
from console.as_of import read_as_of
from console.call import Call
from console.figures.document import read_figures
from console.figures.question import Question
from console.figures.rendering import render_frame, render_percentages
from console.paper import Paper, answer

_COUNTED: Final = ("given", "done", "done_late", "open", "open_overdue")
_FRAME: Final = (
    "as_of", "provisional", "complete_through", "cohort", "from", "to", "against", "only",
    "unit_of_count", "assumption",
)  # fmt: skip


def letter(
    call: Call,
    *,
    since: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DAY")],
    until: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DAY")],
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY|INSTANT")] = None,
) -> None:
    """Of the lead assignments of the days from ``since`` to ``until``, both included; ``as_of`` as in ``stats``."""
    at = None if as_of is None else read_as_of("--as-of", as_of)
    first, last = since.date(), until.date()
    figures = asyncio.run(read_figures(call, Question(at=at, cohort="assigned", since=first, until=last)))
    # The letter speaks of all units together, and supporting assignments are never added.
    counted = figures["lead"]["all"]
    frame = {name: figures[name] for name in _FRAME}
    document = {"paragraph": paragraph(first, last, counted, call.language), **frame, **counted}
    answer(call, document, lambda paper: _render(call, document, paper))


def paragraph(since: date, until: date, counted: dict[str, Any], language: Language) -> str:
    """The letter's sentence. What was given and is in force no more is named, so that the parts make up the whole."""
    released = ""
    if counted["released"]:
        released = text("letter.released", language, **_only(counted, ("released", "released_when_overdue")))
    days = {"since": day_in_full(since, language), "until": day_in_full(until, language)}
    return text("letter.paragraph", language, **days, **_only(counted, _COUNTED), released=released)


def _only(counted: dict[str, Any], names: tuple[str, ...]) -> dict[str, int]:
    return {name: counted[name] for name in names}


def _render(call: Call, document: dict[str, Any], paper: Paper) -> None:
    paper.line(document["paragraph"])
    render_percentages(call, document["percentages"], paper)
    paper.line()
    render_frame(call, document, paper)
    paper.line(document["assumption"])


COMMANDS = {"letter": letter}
