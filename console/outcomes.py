"""Outcomes of commands, in words."""

from typing import Any

from console.call import Call
from console.paper import Paper
from console.streams import number_and_symbol


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


def happened(call: Call, outcome: dict[str, Any]) -> str:
    """The kinds of events that a command brought about, each once."""
    kinds = dict.fromkeys(event["type"] for event in outcome.get("events", []))
    return ", ".join(call.text(f"happened.{kind}") for kind in kinds) or call.text("happened.nothing")
