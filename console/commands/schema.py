"""schema: what commands, events, the start and outcomes look like, as JSON Schema."""

import json
import sys
from typing import Annotated, Any, Final, Literal

import typer
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from console.call import Call
from domain.commands import ADAPTER
from domain.commands.issue import Issue
from domain.event import SIMULATED, Event
from domain.events import EVENTS
from domain.outcome import Outcome

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
Part = Literal["command", "event", "start", "outcome"]


def schema(call: Call, part: Annotated[Part | None, typer.Argument(metavar="PART")] = None) -> None:  # noqa: ARG001 - JSON is the same for everybody
    """One part, or all of them in one document."""
    parts = {"command": _commands, "event": _events, "start": _start, "outcome": _outcome}
    document = parts[part]() if part else {name: make() for name, make in parts.items()}
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _commands() -> dict[str, Any]:
    """One command; a list of them, or ``{"commands": […], "atomic": …}``, is sent the same way."""
    return {"$schema": DIALECT, "title": "Command", **ADAPTER.json_schema()}


def _start() -> dict[str, Any]:
    return {"$schema": DIALECT, **Issue.model_json_schema()}


def _outcome() -> dict[str, Any]:
    """An outcome as it is answered: in words, too, where it is a refusal."""
    described = Outcome.model_json_schema(mode="serialization")
    described["properties"]["reason"] = {"type": "string", "description": "in English; given where refused"}
    return {"$schema": DIALECT, **described, "required": ["command_id", "outcome", "version"]}


def _events() -> dict[str, Any]:
    """The envelope, once for each kind of event."""
    models: list[type[BaseModel]] = [Event, *EVENTS.values()]
    _, described = models_json_schema([(model, "serialization") for model in models], title="Event")
    definitions = described["$defs"]
    envelope = definitions.pop("Event")
    del envelope["properties"]["data"], definitions["EventData"]
    for kind in EVENTS:
        # What kind it is stands in the envelope.
        del definitions[kind]["properties"]["type"]
    one_of = [_kind(envelope, kind, model.schema_version) for kind, model in EVENTS.items()]
    return {"$schema": DIALECT, "title": "Event", "oneOf": one_of, "$defs": definitions}


def _kind(envelope: dict[str, Any], kind: str, version: int) -> dict[str, Any]:
    own = {"type": {"const": kind}, "schema": {"const": version}, "data": {"$ref": f"#/$defs/{kind}"}}
    properties = {**envelope["properties"], **own}
    required = [name for name in properties if name not in SIMULATED]
    return {**envelope, "title": f"{kind} in its envelope", "properties": properties, "required": required}


COMMANDS = {"schema": schema}
