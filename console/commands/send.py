"""send: commands as JSON, for whoever has them from elsewhere."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from console.call import Call
from console.command_ids import new_command_id
from console.failures import RefusedError, WrongUsageError, retry_with
from console.options import DirectiveId
from console.outcomes import check, happened, refusal_in
from console.paper import Paper, answer
from console.streams import resolve
from console.submitting import submit

STANDARD_INPUT = Path("-")


def send(
    call: Call,
    directive: DirectiveId,
    file: Annotated[Path, typer.Option("--file", metavar="FILE", allow_dash=True)],
) -> None:
    """A command, a list of them, or ``{"commands": […], "atomic": true}``. Exit 1 where one is refused.

    Commands without an id get one, so that a retry is known again: ``--command-id``, and in a list ``/0``, ``/1``, …
    behind it.
    """
    content = _read(file)
    command_id = call.command_id or _own_id(content) or new_command_id()
    message = _named(content, command_id)
    with retry_with(command_id):
        answers = asyncio.run(_send(call, directive, message))
    if not isinstance(answers, list) and (refusal := refusal_in(answers)):
        raise refusal
    outcomes = answers if isinstance(answers, list) else [answers]
    answer(call, answers, lambda paper: _render(call, outcomes, paper))
    check(call, [refusal_in(one) for one in outcomes])


async def _send(call: Call, directive: str, message: Any) -> Any:  # noqa: ANN401 - JSON
    return await submit(call, await resolve(call, directive), message)


def _read(file: Path) -> Any:  # noqa: ANN401 - JSON
    try:
        content = sys.stdin.buffer.read() if file == STANDARD_INPUT else file.read_bytes()
    except OSError as error:
        raise WrongUsageError("no_file", file=str(file), problem=error.strerror or str(error)) from error
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise RefusedError("unreadable", {"problem": "json_invalid", "limit": str(error)}) from error


def _named(message: Any, command_id: str) -> Any:  # noqa: ANN401 - JSON
    if isinstance(message, dict) and "type" not in message and isinstance(message.get("commands"), list):
        return {**message, "commands": _named(message["commands"], command_id)}
    if isinstance(message, list):
        return [_with_id(one, f"{command_id}/{number}") for number, one in enumerate(message)]
    if _own_id(message) is not None:
        return {**message, "command_id": command_id}
    return _with_id(message, command_id)


def _own_id(message: Any) -> str | None:  # noqa: ANN401 - JSON
    found = message.get("command_id") if isinstance(message, dict) else None
    return found if isinstance(found, str) else None


def _with_id(command: Any, command_id: str) -> Any:  # noqa: ANN401 - JSON
    # Only where none is given: a wrong one is the directive's to refuse.
    if not isinstance(command, dict) or "command_id" in command:
        return command
    return {**command, "command_id": command_id}


def _render(call: Call, outcomes: list[dict[str, Any]], paper: Paper) -> None:
    headers = [call.text(f"column.{name}") for name in ("command_id", "outcome", "version", "what")]
    paper.table(headers, [_row(call, one) for one in outcomes])


def _row(call: Call, outcome: dict[str, Any]) -> tuple[str, str, str, str]:
    refusal = refusal_in(outcome)
    what = refusal.told(call.language) if refusal else happened(call, outcome)
    said = call.text(f"outcome.{outcome['outcome']}")
    return outcome["command_id"], said, str(outcome["version"]), what


COMMANDS = {"send": send}
