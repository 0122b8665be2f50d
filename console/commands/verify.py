"""verify: whether the record is what was written, and every figure what follows from it."""

import asyncio
from typing import Annotated, Any

import typer

from activities.journal.verify import Difference, Verdict, streams
from activities.journal.verify import verify as verify_stream
from console.call import Call
from console.database import reading
from console.failures import AnsweredError, RefusedError
from console.paper import Alert, Paper, answer
from console.streams import resolve


def verify(call: Call, directive: Annotated[str | None, typer.Argument(metavar="ID")] = None) -> None:
    """One directive or all. Exit 1 where anything differs, with what and at which version."""
    verdicts = asyncio.run(_verify(call, directive))
    failed = [one.stream for one in verdicts if one.differences]
    document = {"ok": not failed, "directives": [_json(call, one) for one in verdicts]}
    answer(call, document, lambda paper: _render(call, verdicts, paper))
    if failed:
        raise AnsweredError("differs", failed=len(failed), checked=len(verdicts), first=failed[0])


async def _verify(call: Call, directive: str | None) -> list[Verdict]:
    stream = await resolve(call, directive) if directive else None
    async with reading(call) as connection:
        found = await streams(connection, stream)
        if stream is not None and not found:
            raise RefusedError("not_found", {})
        return [await verify_stream(connection, one) for one in found]


def _json(call: Call, verdict: Verdict) -> dict[str, Any]:
    differences = [
        {"version": one.version, "code": one.code, **one.details, "reason": _words(call, one)}
        for one in verdict.differences
    ]
    return {"stream": verdict.stream, "version": verdict.version, "ok": not differences, "differences": differences}


def _render(call: Call, verdicts: list[Verdict], paper: Paper) -> None:
    rows = [row for verdict in verdicts for row in _rows(call, verdict)]
    paper.table([call.text(f"column.{name}") for name in ("stream", "version", "verdict")], rows)


def _rows(call: Call, verdict: Verdict) -> list[tuple[str, ...]]:
    """One for each difference; one where there is none."""
    rows: list[tuple[str, ...]] = [
        (verdict.stream, "" if one.version is None else str(one.version), Alert(_words(call, one)))
        for one in verdict.differences
    ]
    return rows or [(verdict.stream, str(verdict.version), call.text("verify.ok"))]


def _words(call: Call, difference: Difference) -> str:
    return call.text(f"verify.{difference.code}", **difference.details)


COMMANDS = {"verify": verify}
