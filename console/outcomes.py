"""Outcomes of commands, in words."""

from collections.abc import Sequence
from typing import Any

from catalogue import has
from console.call import Call
from console.failures import AnsweredError, ConsoleError, RefusedError
from console.paper import Paper
from console.streams import number_and_symbol


def with_notes(call: Call, outcome: dict[str, Any]) -> dict[str, Any]:
    """With ``notes``, where there is something that nobody but the caller can see to."""
    kinds = dict.fromkeys(event["type"] for event in outcome.get("events", []))
    notes = [call.text(key) for kind in kinds if has(key := f"afterwards.{kind}")]
    return {**outcome, "notes": notes} if notes else outcome


def render_done(call: Call, outcome: dict[str, Any], paper: Paper) -> None:
    """What was done, and under which command id."""
    paper.line(
        call.text(
            "cli.done",
            number=number_and_symbol(outcome["stream"]),
            what=happened(call, outcome),
            version=outcome["version"],
            command_id=outcome["command_id"],
        )
    )
    for note in outcome.get("notes", ()):
        paper.line(note)


def refusal_in(outcome: dict[str, Any]) -> RefusedError | None:
    """What a refused command's outcome says; nothing where it was not refused."""
    if outcome["outcome"] != "refused":
        return None
    return RefusedError(outcome["code"], outcome.get("details", {}), outcome)


def check(call: Call, refusals: Sequence[ConsoleError | None]) -> None:
    """One for each command, or nothing where it was not refused. Raises ``AnsweredError`` where one was."""
    refused = [one for one in refusals if one is not None]
    if refused:
        first = refused[0].told(call.language)
        raise AnsweredError("some_refused", refused=len(refused), sent=len(refusals), first=first)


def happened(call: Call, outcome: dict[str, Any]) -> str:
    """The kinds of events that a command brought about, each once."""
    kinds = dict.fromkeys(event["type"] for event in outcome.get("events", []))
    return ", ".join(call.text(f"happened.{kind}") for kind in kinds) or call.text("happened.nothing")
