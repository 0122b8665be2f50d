"""A change told to every open directive that it concerns, and what came of it."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

import typer

from console.bulk.delivery import Speed
from console.bulk.sending import Answer, Errand, conclude, delivered
from console.call import Call
from console.changing import Change, Scope, each_state, understood
from console.command_ids import derived
from console.database import fetch
from console.failures import ConsoleError, retry_with
from console.giving import Json
from console.outcomes import happened
from console.paper import Alert, Paper, answer
from console.streams import number_and_symbol
from domain.actor import Role
from domain.canonical import canonical, digest

PER_SECOND: Final = 20
"""Directives told in a second unless ``--rate`` says otherwise."""
AT_ONCE: Final = 8
"""Directives that are waited for at the same time."""
COLUMNS: Final = ("number", "outcome", "what")
Rate = Annotated[int, typer.Option("--rate", metavar="N", min=1, max=1000)]


@dataclass(frozen=True, slots=True)
class _Came:
    """``earlier``: how many of the answers a run before this one had."""

    answers: list[Answer]
    earlier: int
    moved: Json
    failure: ConsoleError | None


def apply(call: Call, change: Change, scope: Scope, rate: int) -> None:
    """The same again repeats nothing, and does what was not come to. Raises as ``console.bulk.sending.send_all``."""
    again = call.command_id or derived(change.type, call.person, call.role or Role.OPERATOR, change.said)
    with retry_with(again):
        came = asyncio.run(_apply(call, change, scope, rate, again))
    document = _document(call, came, again)
    answer(call, document, lambda paper: _render(call, came, document, paper))
    conclude(call, came.answers, came.failure, again)


async def _apply(call: Call, change: Change, scope: Scope, rate: int, again: str) -> _Came:
    errands = await _errands(call, change, await scope.streams(call, in_force=True), again)
    for one in errands[:1]:
        understood(one.command)
    known = await _answered_before(call, errands)
    left = [one for one in errands if one.stream not in known]
    answers, failure = await delivered(call, left, Speed(AT_ONCE, rate))
    earlier = [Answer(one, known[one.stream]) for one in errands if one.stream in known]
    moved = await _moved(call, [*earlier, *answers])
    return _Came([*earlier, *answers], len(earlier), moved, failure)


async def _errands(call: Call, change: Change, streams: list[str], again: str) -> list[Errand]:
    if change.part is None:
        return [Errand("", one, change.command(call, again, change.said)) for one in streams]
    found = []
    async for state in each_state(call, streams):
        said = change.said_to(state)
        if said is not None:
            # Of its own part: a directive that knows more units by the next time is then told of these.
            command_id = f"{again}/{digest(canonical(said))[:16]}"
            found.append(Errand("", state.stream, change.command(call, command_id, said)))
    return found


async def _answered_before(call: Call, errands: Sequence[Errand]) -> dict[str, Json]:
    """Outcomes by stream. Repeating these would change nothing, but weigh on every directive's history."""
    asked = {one.stream: one.command for one in errands}
    ids = [command["command_id"] for command in asked.values()]
    return {
        row["stream"]: json.loads(row["outcome"])
        for row in await fetch(call, "commands_answered", list(asked), ids)
        # Of another content under a used id the service has its own word to say.
        if row["digest"].hex() in ("", digest(canonical(asked[row["stream"]])))
    }


async def _moved(call: Call, answers: Sequence[Answer]) -> Json:
    """How many deadlines. An outcome names only the first events, but those of one command follow one another."""
    runs = [
        (one.errand.stream, (first := events[0]["version"]), first + len(events) + one.outcome.get("unnamed", 0) - 1)
        for one in answers
        if (events := one.outcome.get("events"))
    ]
    columns = [list(column) for column in zip(*runs, strict=True)] or [[], [], []]
    [row] = await fetch(call, "deadlines_moved", *columns)
    return row


def _document(call: Call, came: _Came, again: str) -> Json:
    done = [one for one in came.answers if one.outcome["outcome"] == "done"]
    applied = sum(bool(one.outcome.get("events")) for one in done)
    return {
        "command_id": again,
        "directives": len(came.answers),
        "earlier": came.earlier,
        "applied": applied,
        "unchanged": len(done) - applied,
        **came.moved,
        "refused": [_refused(call, one) for one in came.answers if one.refusal is not None],
        "unknown": [one.errand.stream for one in came.answers if one.outcome["outcome"] == "unknown"],
    }


def _refused(call: Call, one: Answer) -> Json:
    reason = one.refusal.sentence(call.language) if one.refusal else ""
    return {"stream": one.errand.stream, "code": one.outcome["code"], "reason": reason}


def _render(call: Call, came: _Came, document: dict[str, Any], paper: Paper) -> None:
    counts = {name: len(value) if isinstance(value, list) else value for name, value in document.items()}
    paper.line(call.text("cli.applied", **counts))
    if counts["earlier"]:
        paper.line(call.text("cli.applied_earlier", **counts))
    left = [one for one in came.answers if one.outcome["outcome"] != "done"]
    if left:
        paper.table([call.text(f"column.{name}") for name in COLUMNS], [_row(call, one) for one in left])


def _row(call: Call, one: Answer) -> tuple[str, str, str]:
    what = one.refusal.told(call.language) if one.refusal else happened(call, one.outcome)
    return number_and_symbol(one.errand.stream), Alert(call.text(f"outcome.{one.outcome['outcome']}")), what
