"""restore: directives whose runs were lost, reset or rolled back go on from the journal."""

import asyncio
from collections import Counter
from typing import Annotated, Any, Final

import typer
from temporalio.client import Client

from activities.notices.dispatch import ensure_dispatcher
from activities.reconciling.nightly import ensure_nightly
from activities.reconciling.standing import standings
from activities.relays.relay import ensure_relayer
from console.call import Call
from console.database import reading
from console.failures import AnsweredError, RefusedError, UnavailableError, WrongUsageError
from console.options import MaybeDirectiveId
from console.paper import Alert, Paper, answer
from console.restoring import Restored, restore_all, restore_one
from console.streams import number_and_symbol, resolve
from console.temporal import Line, patiently
from console.waiting import progress, spinner

COLUMNS: Final = ("number", "outcome", "what")


class UnfinishedError(UnavailableError):
    """Of some nobody knows whether they are up. The answer says which."""

    answered = True


def restore(
    call: Call, directive: MaybeDirectiveId = None, *, all_: Annotated[bool, typer.Option("--all")] = False
) -> None:
    """Start runs with nothing but the id. ``all_``: of every directive that has not ended, or whose run lingers."""
    if all_ == (directive is not None):
        raise WrongUsageError("restore_one_or_all")
    if directive is not None:
        _one(call, directive)
    else:
        _all(call)


def _one(call: Call, directive: str) -> None:
    async def restored() -> Restored:
        stream = await resolve(call, directive)
        async with reading(call) as connection:
            found = await standings(connection, [stream])
        if not found:
            raise RefusedError("not_found", {})
        return await restore_one(Line(call), found[0])

    with spinner(call, "cli.waiting"):
        one = asyncio.run(restored())
    answer(call, _document(call, one), lambda paper: _render_one(call, one, paper))


def _all(call: Call) -> None:
    restored = asyncio.run(_restore_all(call))
    counted = Counter(one.how for one in restored)
    left = [one for one in restored if one.how in ("failed", "unknown")]
    document = {
        "directives": len(restored),
        **{how: counted[how] for how in ("started", "already_there", "caught_up")},
        "failed": [_document(call, one) for one in left if one.how == "failed"],
        "unknown": [one.stream for one in left if one.how == "unknown"],
    }
    answer(call, document, lambda paper: _render_all(call, document, left, paper))
    _conclude(left, len(restored))


async def _restore_all(call: Call) -> list[Restored]:
    async with reading(call) as connection:
        living = [one for one in await standings(connection) if one.alive]
    with progress(call, len(living), "cli.restoring") as advance:
        restored = await restore_all(call, living, advance)
    if all(one.how != "unknown" for one in restored):
        await patiently(call, _services)
    return restored


async def _services(client: Client) -> None:
    """What a server that lost everything lacks beside: whoever sends notices, passes on and looks after it at night."""
    await ensure_dispatcher(client)
    await ensure_relayer(client)
    await ensure_nightly(client)


def _conclude(left: list[Restored], count: int) -> None:
    """Raises ``UnfinishedError`` where somebody did not answer, ``AnsweredError`` where one failed."""
    unknown = [one for one in left if one.how == "unknown"]
    if unknown:
        problem = next((one.error for one in unknown if one.error is not None), None)
        raise UnfinishedError(
            "restore_unfinished", unknown=len(unknown), restored=count, first=unknown[0].stream
        ) from problem
    if left:
        raise AnsweredError("not_restored", failed=len(left), restored=count, first=left[0].stream)


def _document(call: Call, one: Restored) -> dict[str, Any]:
    problem = {} if one.error is None else {"code": one.error.code, "reason": one.error.sentence(call.language)}
    return {"stream": one.stream, "outcome": one.how, **(one.state or {}), **problem}


def _render_one(call: Call, one: Restored, paper: Paper) -> None:
    number = number_and_symbol(one.stream)
    if one.state is None:
        paper.line(call.text("cli.restored_simulated", number=number))
        return
    phase = call.text(f"phase.{one.state['phase']}")
    paper.line(call.text("cli.restored", number=number, version=one.state["version"], phase=phase))


def _render_all(call: Call, document: dict[str, Any], left: list[Restored], paper: Paper) -> None:
    counts = {name: len(value) if isinstance(value, list) else value for name, value in document.items()}
    paper.line(call.text("cli.restored_all", **counts))
    if left:
        rows = [
            (number_and_symbol(one.stream), Alert(call.text(f"restored.{one.how}")), _why(call, one)) for one in left
        ]
        paper.table([call.text(f"column.{name}") for name in COLUMNS], rows)


def _why(call: Call, one: Restored) -> str:
    return "" if one.error is None else one.error.told(call.language)


COMMANDS = {"restore": restore}
