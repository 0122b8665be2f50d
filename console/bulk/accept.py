"""accept --file LIST: reports named in a CSV file, line by line; ``--dry-run`` tells what would come of it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Final

import typer

from console.bulk import Bulk, Given
from console.bulk.everywhere import no_directive_beside
from console.bulk.sending import Errand, check, send_all, tell
from console.bulk.trying import tried
from console.call import Call
from console.failures import ConsoleError, FailedError, RefusedError, UnavailableError, WrongUsageError
from console.giving import Giving, Json
from console.input_files import loaded
from console.streams import PREFIX, resolve
from console.verb import Verb
from domain.canonical import digest
from intake.importing import read_table
from intake.importing.table import Row, Table

COLUMNS: Final = ("directive", "item", "unit", "assignment")


@dataclass(frozen=True, slots=True)
class _Line:
    """``number``: as an editor counts. ``named``: the directive. ``said``: which assignment."""

    number: int
    named: str
    said: dict[str, str]


def _run(verb: Verb, call: Call, given: Given) -> None:
    file: Path = given["list"]
    no_directive_beside(given, "--file")
    table = loaded(read_table, file)
    lines = _lines(file, table)
    base = call.command_id or _base(verb, call, given, table.sha256)
    errands = asyncio.run(_errands(verb, call, given, lines, base))
    if given["dry_run"]:
        answers = asyncio.run(tried(call, errands))
        tell(call, answers)
        check(call, answers)
    else:
        send_all(call, errands, base)


def _base(verb: Verb, call: Call, given: Given, sha256_of_it: str) -> str:
    """From what the file holds and who gives it: a second run gives the same commands under the same ids."""
    who = f"{call.person}/{call.role or verb.role}/{given['on_behalf_of']}"
    said = f"{who}/{sha256_of_it}"
    return f"accept-{digest(said.encode())[:32]}"


async def _errands(verb: Verb, call: Call, given: Given, lines: Sequence[_Line], base: str) -> list[Errand]:
    streams: dict[str, str | ConsoleError] = {}
    for name in dict.fromkeys(line.named for line in lines):
        try:
            streams[name] = await resolve(call, name)
        except UnavailableError:
            raise
        except ConsoleError as error:
            streams[name] = error
    found = []
    for line in lines:
        command_id, place = f"{base}/{line.number}", call.text("cli.line", number=line.number)
        stream = streams[line.named]
        if isinstance(stream, ConsoleError):
            found.append(Errand(place, PREFIX + line.named, {}, _refusal(stream, command_id)))
        else:
            command = Giving(verb, call, given, dict(line.said)).command(stream, command_id)
            found.append(Errand(place, stream, command))
    return found


def _refusal(error: ConsoleError, command_id: str) -> Json:
    details = {name: str(value) for name, value in error.params.items()}
    code = error.code if isinstance(error, RefusedError) else "not_found"
    return {"command_id": command_id, "outcome": "refused", "code": code, "details": details}


def _lines(file: Path, table: Table) -> list[_Line]:
    """Raises ``FailedError`` with line and column, before anything is sent."""
    header, *rows = table.rows
    if not {"directive"} <= set(header.cells) <= {*COLUMNS}:
        raise FailedError("list_headers", file=str(file), found=", ".join(header.cells), known=", ".join(COLUMNS))
    return [_line(file, header.cells, row) for row in rows]


def _line(file: Path, headers: Sequence[str], row: Row) -> _Line:
    if len(row.cells) != len(headers):
        raise FailedError("list_cells", file=str(file), line=row.line)
    cells = {name: cell for name, cell in zip(headers, row.cells, strict=True) if cell}
    named = cells.pop("directive", None)
    if named is None:
        raise FailedError("list_empty", file=str(file), line=row.line, column="directive")
    if not {"unit", "assignment"} & cells.keys():
        raise FailedError("list_empty", file=str(file), line=row.line, column="unit, assignment")
    return _Line(row.line, named, cells)


def _wanted(given: Given) -> bool:
    if given["dry_run"] and given["list"] is None:
        raise WrongUsageError("dry_run_needs_list")
    return given["list"] is not None


_FILE: Final = typer.Option("--file", metavar="FILE", exists=True, dir_okay=False, readable=True)
BULK = Bulk(
    parameters=(
        Parameter("list", Parameter.KEYWORD_ONLY, annotation=Annotated[Path | None, _FILE], default=None),
        Parameter(
            "dry_run", Parameter.KEYWORD_ONLY, annotation=Annotated[bool, typer.Option("--dry-run")], default=False
        ),
    ),
    wanted=_wanted,
    run=_run,
)
