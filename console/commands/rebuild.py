"""rebuild: the read models made again from the record, and put in place where they differ."""

import asyncio
from dataclasses import asdict
from typing import Annotated, Any

import typer

from activities.rebuilding.beside import UnreadableStreamError
from activities.rebuilding.rebuild import RebuildRunsError, TableReport, WritersBusyError, check, rebuild, size
from activities.rebuilding.rows import TABLES
from console.call import Call
from console.database import connected
from console.failures import AnsweredError, FailedError, UnavailableError, WrongUsageError
from console.paper import Alert, Paper, answer
from console.places import owner_database_url
from console.waiting import progress


def rebuild_(
    call: Call,
    *,
    check_only: Annotated[bool, typer.Option("--check")] = False,
    only: Annotated[list[str] | None, typer.Option("--only", metavar="TABLE")] = None,
) -> None:
    """All read models or some. With ``--check`` nothing is changed; exit 1 where anything differs."""
    tables = only or list(TABLES)
    if unknown := next((table for table in tables if table not in TABLES), None):
        raise WrongUsageError("no_such_table", name=unknown, known=", ".join(TABLES))
    # In one order, and each once, however they were named.
    tables = [table for table in TABLES if table in tables]
    reports = asyncio.run(_rebuild(call, tables, check_only=check_only))
    differing = [one for one in reports if one.differing]
    document = {
        "checked_only": check_only,
        "ok": not differing or not check_only,
        "tables": [asdict(one) for one in reports],
    }
    answer(call, document, lambda paper: _render(call, reports, paper, check_only=check_only))
    if check_only and differing:
        raise AnsweredError(
            "tables_differ", tables=", ".join(one.name for one in differing), first=differing[0].first[0]
        )


async def _rebuild(call: Call, tables: list[str], *, check_only: bool) -> list[TableReport]:
    async with connected(call, owner_database_url) as connection:
        with progress(call, await size(connection), "cli.rebuilding") as advance:
            try:
                return await (check if check_only else rebuild)(connection, tables, advance)
            except UnreadableStreamError as error:
                raise FailedError("unreadable_stream", stream=error.stream, problem=error.problem) from error
            except RebuildRunsError as error:
                raise FailedError("rebuild_runs") from error
            except WritersBusyError as error:
                raise UnavailableError("writers_busy") from error


def _render(call: Call, reports: list[TableReport], paper: Paper, *, check_only: bool) -> None:
    headers = [call.text(f"column.{name}") for name in ("table", "rows", "verdict", "digest")]
    paper.table(headers, [_row(call, one, check_only=check_only) for one in reports])
    for one in reports:
        if one.differing:
            paper.heading(call.text("rebuild.differing", table=one.name, count=one.differing))
            for stream in one.first:
                paper.line(f"  {stream}")


def _row(call: Call, report: TableReport, *, check_only: bool) -> tuple[str, ...]:
    if not report.differing:
        verdict = call.text("rebuild.same")
    elif check_only:
        verdict = Alert(call.text("rebuild.differs", count=report.differing))
    else:
        verdict = call.text("rebuild.replaced", count=report.differing)
    return report.name, str(report.rows), verdict, report.rebuilt


COMMANDS: dict[str, Any] = {"rebuild": rebuild_}
