"""issue: an official text, or JSON, becomes a directive."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from console.call import Call
from console.cautions import caution_line
from console.failures import retry_with
from console.issuing import Books, Start, UnresolvedError, prepare, why
from console.issuing import issue as issue_it
from console.options import LetterFile
from console.outcomes import render_done
from console.paper import Paper, answer
from console.streams import number_and_symbol
from intake import Problem

ReferenceFile = Annotated[Path | None, typer.Option(metavar="FILE", exists=True, dir_okay=False, readable=True)]


def issue(  # noqa: PLR0913 - each of them is an option of its own
    call: Call,
    file: LetterFile,
    *,
    directory: ReferenceFile = None,
    policy: ReferenceFile = None,
    calendar: ReferenceFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
) -> None:
    """Issuing the same again changes nothing and says so. ``dry_run``: only the input to start the workflow with."""
    given = {"directory": directory, "policy": policy, "calendar": calendar}
    start = _prepare(call, file, Books(**{name: book for name, book in given.items() if book is not None}))
    if dry_run:
        sys.stdout.write(json.dumps(start.command, ensure_ascii=False, indent=2) + "\n")
        return
    with retry_with(start.command["command_id"]):
        outcome = asyncio.run(issue_it(call, start))
    document = {**outcome, "warnings": [caution.model_dump(mode="json") for caution in start.warnings]}
    answer(call, document, lambda paper: _render(call, start, outcome, paper))


def _prepare(call: Call, file: Path, books: Books) -> Start:
    try:
        return prepare(call, file, books)
    except UnresolvedError as error:
        problems = error.problems
        if not call.json:
            answer(call, None, lambda paper: _render_problems(call, problems, paper))
        raise


def _render_problems(call: Call, problems: list[Problem], paper: Paper) -> None:
    rows = []
    for one in problems:
        near = ", ".join(f"{candidate.name} ({candidate.id})" for candidate in one.candidates)
        rows.append(
            (one.field, why(one, call.language), near, ", ".join(f"{span.start}–{span.end}" for span in one.spans))
        )
    paper.table([call.text(f"column.{name}") for name in ("field", "problem", "candidates", "span")], rows)


def _render(call: Call, start: Start, outcome: dict[str, Any], paper: Paper) -> None:
    if not outcome.get("events"):
        paper.line(call.text("cli.already_issued", number=number_and_symbol(start.stream), stream=start.stream))
        return
    render_done(call, outcome, paper)
    paper.line(call.text("cli.issued_as", stream=start.stream))
    if start.warnings:
        paper.heading(call.text("cli.warnings"))
    for caution in start.warnings:
        paper.line(caution_line(call, caution))


COMMANDS = {"issue": issue}
