"""A readable example of every command, made from its own schema, with every field filled."""

import re
from typing import Any, Final

from domain.actor import ISSUER_SIDE, SYSTEM, UNIT_SIDE, Actor
from domain.commands import COMMANDS
from tests.support.builders import (
    STANDARD,
    Json,
    by,
    command_json,
    directive_json,
    obligation,
    someone,
    special,
)

STRINGS: Final = (
    "unit-a",
    "1",
    "1.1",
    "0" * 64,
    "text/plain",
    "unit-a@example.invalid",
    "directive/office/2026/17-UBND-NC",
    "UBND-NC",
)
"""Tried one after the other where a pattern is asked for."""
FORMATS: Final = {
    "date": "2026-11-25",
    "date-time": "2026-11-25T09:00:00Z",
    "time": "16:30:00",
    "uuid": "00000000-0000-0000-0000-000000000001",
}
CONTENT: Final = directive_json(
    obligation("unit-a", support=["unit-b"], deadline=by("2026-11-25", "16:30")),
    document={
        "links": [{"kind": "basis", "notation": "280/CD-TTg", "issued_date": "2026-01-05"}],
        "to_places": [{"text": "Như trên", "purpose": "act"}],
        "priority": 1,
        "secrecy": "none",
        "cascade": True,
        "signed_by": "Signer",
    },
    informed=["unit-b"],
    calendar={"id": "test", "version": "1", "off": ["2026-11-20"], "worked": ["2026-11-21"]},
    policy={"linger_days": 7, "remind_at": "08:00"},
)
_WHOLE: Final[dict[str, Json]] = {
    "directive": CONTENT,
    "calendar": {**CONTENT["calendar"], "days": [special("2026-11-23", "morning", "unit-a")]},
    "policy": STANDARD,
    "directory": CONTENT["directory"],
    "add": [obligation("unit-a", item="7", support=["unit-b"])],
    "drop": ["8"],
}  # type: ignore[dict-item]
"""Where one field's values have to fit each other."""
_ENVELOPE: Final = {"type", "command_id", "actor", "on_behalf_of", "sent_at", "expected_revision", "proof"}


def sample(kind: str) -> Json:
    """A command of that type as its sender might write it."""
    schema = COMMANDS[kind].model_json_schema()
    own = {name: one for name, one in schema["properties"].items() if name not in _ENVELOPE}
    fields = {name: _WHOLE.get(name) or _value(name, one, schema.get("$defs", {})) for name, one in own.items()}
    envelope = {"on_behalf_of": "head", "proof": "signature", "sent_at": FORMATS["date-time"], "expected_revision": 1}
    return command_json(kind, _giver(kind), **envelope, **fields)


def _giver(kind: str) -> Actor:
    role = COMMANDS[kind].roles[0]
    return someone(role) if role in ISSUER_SIDE | UNIT_SIDE else SYSTEM.model_copy(update={"role": role})


def _value(name: str, schema: Json, definitions: Json) -> Any:  # noqa: PLR0911 - one for each kind of schema
    if "$ref" in schema:
        return _value(name, definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][-1]
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return _value(name, next(one for one in schema[several] if one.get("type") != "null"), definitions)
    match schema.get("type"):
        case "object":
            return {key: _value(key, one, definitions) for key, one in schema.get("properties", {}).items()}
        case "array":
            return [_value(name, schema["items"], definitions)]
        case "integer":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case _:
            return _string(name, schema)


def _string(name: str, schema: Json) -> str:
    if "pattern" in schema:
        return next(one for one in STRINGS if re.search(schema["pattern"], one))
    return str(FORMATS.get(schema.get("format", ""), name))
