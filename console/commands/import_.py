"""import: papers that are already running on the day of going live, from a list."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final

import typer

from console.call import Call
from console.commands.issue import ReferenceFile
from console.failures import AnsweredError, RefusedError
from console.faulty_list import told
from console.importing import Came, StoppedError, issue_all, start_of
from console.input_files import CALENDAR, DIRECTORY, POLICY, loaded
from console.issuing import Start
from console.options import LetterFile
from console.paper import Alert, Paper, answer
from console.streams import number_and_symbol
from console.waiting import progress
from domain.base import local
from domain.imported import ImportedLine
from intake import load_calendar, load_directory, load_policy
from intake.directory import Directory, Entry
from intake.importing import Books, FaultyError, Table, draft_all, read_table
from intake.importing.columns import HEADERS

REFUSAL_COLUMNS: Final = ("line", "number", "problem")


def import_(  # noqa: PLR0913 - each of them is an option of its own
    call: Call,
    file: LetterFile,
    *,
    issuer: Annotated[str, typer.Option("--issuer", metavar="UNIT")],
    directory: ReferenceFile = None,
    policy: ReferenceFile = None,
    calendar: ReferenceFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
) -> None:
    """The whole list is checked before anything is sent. Importing the same again changes nothing and says so."""
    books = Books(
        loaded(load_directory, directory or DIRECTORY),
        loaded(load_calendar, calendar or CALENDAR),
        loaded(load_policy, policy or POLICY),
    )
    table = loaded(read_table, file)
    starts = _drafted(call, table, issuer, books)
    if dry_run:
        document = _counted(table, starts)
        answer(call, document, lambda paper: paper.line(call.text("cli.import_dry_run", **document)))
        return
    with progress(call, len(starts)) as advance:
        came = asyncio.run(issue_all(call, starts, advance))
    _tell(call, _counted(table, starts), came)


def _drafted(call: Call, table: Table, issuer: str, books: Books) -> list[Start]:
    today = local(datetime.now(UTC)).date()
    try:
        directives = draft_all(table, _issuer(books.directory, issuer), books, today)
    except FaultyError as error:
        raise told(call, error, HEADERS) from error
    return [start_of(call, directive) for directive in directives]


def _issuer(directory: Directory, named: str) -> Entry:
    found = next((unit for unit in directory.units if unit.id == named), None)
    if found is None:
        raise RefusedError("unknown_unit", {"unit": named})
    return found


def _counted(table: Table, starts: Sequence[Start]) -> dict[str, Any]:
    lines: list[ImportedLine] = [
        line for start in starts if start.directive.imported for line in start.directive.imported.lines
    ]
    return {
        "file": table.file,
        "sha256": table.sha256,
        "directives": len(starts),
        "lines": len(lines),
        "finished": sum(line.finished_on is not None for line in lines),
        "accepted": sum(line.accepted_on is not None for line in lines),
    }


def _tell(call: Call, counted: dict[str, Any], came: Came) -> None:
    document = {**counted, "issued": len(came.issued), "already_there": len(came.there), "refused": came.refused}
    answer(call, document, lambda paper: _render(call, document, paper))
    if came.stopped is not None:
        done = len(came.issued) + len(came.there) + len(came.refused)
        raise StoppedError(came.stopped, done, counted["directives"])
    if came.refused:
        raise AnsweredError("import_refused", count=len(came.refused), total=counted["directives"])


def _render(call: Call, document: dict[str, Any], paper: Paper) -> None:
    refused = document["refused"]
    paper.line(call.text("cli.imported", **{**document, "refused": len(refused)}))
    if refused:
        rows = [(str(one["line"]), number_and_symbol(one["stream"]), Alert(one["reason"])) for one in refused]
        paper.table([call.text(f"column.{name}") for name in REFUSAL_COLUMNS], rows)


COMMANDS = {"import": import_}
