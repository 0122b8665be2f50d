"""accept --file LIST: reports named in a CSV file, line by line; ``--dry-run`` tells what would come of it."""

import asyncio
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from console.bulk import Bulk, Given
from console.bulk.everywhere import no_directive_beside
from console.bulk.sending import Errand, check, send_all, tell
from console.bulk.trying import tried
from console.call import Call
from console.failures import ConsoleError, FailedError, RefusedError, UnavailableError, WrongUsageError
from console.giving import Giving, Json
from console.input_files import read_text
from console.streams import PREFIX, resolve
from console.verb import Verb

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
    lines = _lines(file)
    base = call.command_id or _base(verb, call, given, file)
    errands = asyncio.run(_errands(verb, call, given, lines, base))
    if given["dry_run"]:
        answers = asyncio.run(tried(call, errands))
        tell(call, answers)
        check(call, answers)
    else:
        send_all(call, errands, base)


def _base(verb: Verb, call: Call, given: Given, file: Path) -> str:
    """From what the file holds and who gives it: a second run gives the same commands under the same ids."""
    who = f"{call.person}/{call.role or verb.role}/{given['on_behalf_of']}"
    return f"accept-{sha256(who.encode() + b'/' + file.read_bytes()).hexdigest()[:32]}"


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
            command = await Giving(verb, call, given, dict(line.said)).command(stream, command_id)
            found.append(Errand(place, stream, command))
    return found


def _refusal(error: ConsoleError, command_id: str) -> Json:
    details = {name: str(value) for name, value in error.params.items()}
    code = error.code if isinstance(error, RefusedError) else "not_found"
    return {"command_id": command_id, "outcome": "refused", "code": code, "details": details}


def _lines(file: Path) -> list[_Line]:
    """Raises ``FailedError`` with line and column, before anything is sent."""
    reader = csv.DictReader(io.StringIO(read_text(file), newline=""), strict=True)
    try:
        headers = reader.fieldnames or []
        unknown = [name for name in headers if name not in COLUMNS]
        if unknown or "directive" not in headers:
            raise FailedError("list_headers", file=str(file), found=", ".join(headers), known=", ".join(COLUMNS))
        return [_line(file, reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise FailedError("list_line", file=str(file), line=reader.line_num, column="-", problem=str(error)) from error


def _line(file: Path, number: int, row: dict[str | Any, Any]) -> _Line:
    if None in row or None in row.values():
        raise FailedError("list_cells", file=str(file), line=number)
    cells = {name: cell.strip() for name, cell in row.items() if cell.strip()}
    named = cells.pop("directive", None)
    if named is None:
        raise FailedError("list_empty", file=str(file), line=number, column="directive")
    if not {"unit", "assignment"} & cells.keys():
        raise FailedError("list_empty", file=str(file), line=number, column="unit, assignment")
    return _Line(number, named, cells)


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
