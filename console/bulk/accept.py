"""accept --file LIST: reports named in a CSV file, line by line; ``--dry-run`` tells what would come of it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Final

import typer

from console.bulk import Bulk
from console.bulk.everywhere import no_directive_beside, same_again
from console.bulk.sending import Errand, send_all, tell
from console.call import Call
from console.failures import ConsoleError, FailedError, WrongUsageError
from console.fields import Given
from console.giving import Giving
from console.input_files import loaded
from console.outcomes import check
from console.streams import PREFIX, resolve_all
from console.verb import Verb
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
    base = same_again(verb, call, given, table.sha256)
    errands = asyncio.run(_errands(verb, call, given, lines, base))
    if given["dry_run"]:
        from console.bulk.trying import tried  # noqa: PLC0415 - loads the journal's reader, which no other verb needs

        answers = asyncio.run(tried(call, errands))
        tell(call, answers)
        check(call, [one.refusal for one in answers])
    else:
        send_all(call, errands, base)


async def _errands(verb: Verb, call: Call, given: Given, lines: Sequence[_Line], base: str) -> list[Errand]:
    streams = await resolve_all(call, {line.named for line in lines})
    found = []
    for line in lines:
        command_id, place = f"{base}/{line.number}", call.text("cli.line", number=line.number)
        stream = streams[line.named]
        if isinstance(stream, ConsoleError):
            found.append(Errand(place, PREFIX + line.named, {"command_id": command_id}, stream))
        else:
            command = Giving(verb, call, given, dict(line.said)).command(stream, command_id)
            found.append(Errand(place, stream, command))
    return found


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
