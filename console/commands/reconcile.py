"""reconcile: the runs that Temporal has, against the streams that the journal has; what differs is named or mended."""

import asyncio
from typing import Annotated, Any

import typer

from console.call import Call
from console.completion import directives as known_directives
from console.failures import AnsweredError, ConsoleError, WrongUsageError
from console.paper import Alert, Paper, answer
from console.reconciling import reconciled
from console.streams import number_and_symbol, resolve_all
from console.waiting import watching
from domain.wire import Declaration, Finding, Reconciled, ReconcileRequest

COLUMNS = ("number", "finding", "mended")


def reconcile(  # noqa: PLR0913 - one for each option
    call: Call,
    directives: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", autocompletion=known_directives)] = None,
    *,
    mend: Annotated[bool, typer.Option("--mend")] = False,
    read_models: Annotated[bool, typer.Option("--read-models")] = False,
    declare_gap: Annotated[bool, typer.Option("--declare-gap")] = False,
    ground: Annotated[str | None, typer.Option("--ground", metavar="TEXT")] = None,
) -> None:
    """All directives where none is named. Exit 1 where something is left that is not mended.

    ``declare_gap``: enter in the record, signed, that a part of it is lost. Raises ``ConsoleError``.
    """
    if declare_gap != bool(ground):
        raise WrongUsageError("ground_and_gap")
    declaration = Declaration(person=call.person, ground=ground) if ground else None
    asked = ReconcileRequest(mend=mend, read_models=read_models, declare=declaration)
    result = asyncio.run(_reconciled(call, directives or [], asked))
    answer(call, _document(call, result), lambda paper: _render(call, result, paper))
    _conclude(result)


async def _reconciled(call: Call, named: list[str], asked: ReconcileRequest) -> Reconciled:
    streams = []
    for stream in (await resolve_all(call, named)).values():
        if isinstance(stream, ConsoleError):
            raise stream
        streams.append(stream)
    with watching(call, "cli.reconciling") as moved:
        return await reconciled(call, asked.model_copy(update={"streams": streams}), moved)


def _conclude(result: Reconciled) -> None:
    """Raises ``AnsweredError``, ``FailedError``."""
    if result.not_declared is not None:
        raise AnsweredError(result.not_declared)
    left = [one for one in result.findings if not one.mended]
    if result.found > result.mended:
        raise AnsweredError("found", left=result.found - result.mended, first=left[0].stream if left else "…")


def _document(call: Call, result: Reconciled) -> dict[str, Any]:
    findings = [{**one.model_dump(mode="json"), "reason": _words(call, one)} for one in result.findings]
    return {**result.model_dump(mode="json"), "findings": findings}


def _render(call: Call, result: Reconciled, paper: Paper) -> None:
    paper.line(
        call.text("cli.reconciled", **result.model_dump(include={"streams", "runs", "read_models", "found", "mended"}))
    )
    if result.findings:
        paper.table([call.text(f"column.{name}") for name in COLUMNS], [_row(call, one) for one in result.findings])
    if more := result.found - len(result.findings):
        paper.line(call.text("cli.reconciled_more", more=more))
    if result.gap is not None:
        paper.line(call.text("cli.gap_declared", number=result.gap))


def _row(call: Call, one: Finding) -> tuple[str, str, str]:
    words = _words(call, one)
    return number_and_symbol(one.stream), words if one.mended else Alert(words), call.text(f"mended.{one.mended}")


def _words(call: Call, one: Finding) -> str:
    return call.text(f"finding.{one.code}", **one.details)


COMMANDS = {"reconcile": reconcile}
