"""From the bytes that came through a door to commands, or to the reason why they are none."""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from domain.base import CommandId
from domain.canonical import canonical, digest
from domain.command import Command
from domain.commands import ADAPTER
from domain.refusal import Code, Refused
from domain.wire import Message, Raw

LIMIT: Final = 500
"""Commands in one message."""
_COMMAND_ID: Final[TypeAdapter[str]] = TypeAdapter(CommandId)
_LONGEST_DETAIL: Final = 200
_UNPRINTABLE = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_LIMITS = ("max_length", "min_length", "ge", "le", "pattern", "expected", "expected_tags", "discriminator", "error")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One command of a message: read, or with the reason why not. ``digest``: of its canonical content."""

    command_id: str
    digest: str
    type: str | None = None
    command: Command | None = None
    code: Code | None = None
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A message with what was found in it. ``many``: it is a list, and so is its answer."""

    message: Message
    items: Sequence[Item]
    many: bool = False
    atomic: bool = False


def open_message(message: Message) -> Opened:
    """Read a message. Never raises: what cannot be read becomes an item that says so."""
    try:
        content = _content(message)
        _check_door(message, content)
        commands, many, atomic = _commands(content)
    except Refused as refusal:
        return Opened(message, [_unread(message, refusal)])
    return Opened(
        message,
        [_item(one, f"{message.id}/{index}" if many else message.id) for index, one in enumerate(commands)],
        many,
        atomic,
    )


def clean(text: str, limit: int = _LONGEST_DETAIL) -> str:
    """Fit to be shown and stored: one line, no control characters, no half of a surrogate pair, not long."""
    # Composed first: some letters become several by it, and what is kept is composed.
    composed = unicodedata.normalize("NFC", text[:limit])[:limit]
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", composed)


def is_restore(message: Message) -> bool:
    """A start with nothing but the id."""
    empty = [raw for raw in message.payloads if raw.encoding == "binary/null" or (raw.text or "").strip() == "null"]
    return message.door == "start" and len(message.payloads) == len(empty) <= 1


def _content(message: Message) -> Any:  # noqa: ANN401 - any JSON value
    if message.door == "cancel":
        raise Refused(Code.CANCEL_REFUSED)
    if message.door != "start" and message.name != "submit":
        raise Refused(Code.UNKNOWN_NAME, name=clean(message.name))
    if len(message.payloads) != 1:
        raise Refused(Code.WRONG_ARITY, count=str(len(message.payloads)))
    return _json(message.payloads[0])


def _json(raw: Raw) -> Any:  # noqa: ANN401 - any JSON value
    if raw.encoding != "json/plain":
        raise Refused(Code.UNREADABLE, problem="encoding", limit=clean(raw.encoding) or "-")
    if raw.too_large:
        raise Refused(Code.TOO_LARGE, size=str(raw.size))
    if raw.text is None:
        raise Refused(Code.UNREADABLE, problem="string_unicode")
    try:
        return json.loads(raw.text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Refused(Code.UNREADABLE, problem="json_invalid", limit=clean(str(error))) from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _commands(content: Any) -> tuple[Sequence[Any], bool, bool]:  # noqa: ANN401 - any JSON value
    atomic = False
    # What has a type is a command, whatever its own fields are called.
    if isinstance(content, dict) and "commands" in content and "type" not in content:
        if unknown := content.keys() - {"commands", "atomic"}:
            raise Refused(Code.INVALID_FIELD, field=clean(min(unknown)), problem="extra_forbidden")
        atomic, content = content.get("atomic", False), content["commands"]
        if not isinstance(atomic, bool):
            raise Refused(Code.INVALID_FIELD, field="atomic", problem="bool_type")
        if not isinstance(content, list):
            raise Refused(Code.INVALID_FIELD, field="commands", problem="list_type")
    if not isinstance(content, list):
        return [content], False, atomic
    if not content:
        raise Refused(Code.INVALID_FIELD, field="commands", problem="too_short")
    if len(content) > LIMIT:
        raise Refused(Code.TOO_MANY, count=str(len(content)), limit=str(LIMIT))
    return content, True, atomic


def _check_door(message: Message, content: Any) -> None:  # noqa: ANN401 - any JSON value
    if message.door == "start" and not (isinstance(content, dict) and content.get("type") == "issue"):
        raise Refused(Code.UNREADABLE, problem="start")


def _unread(message: Message, refusal: Refused) -> Item:
    content = "".join(raw.sha256 for raw in message.payloads) + message.name
    return Item(command_id=message.id, digest=digest(content.encode()), code=refusal.code, details=refusal.details)


def _item(content: Any, fallback_id: str) -> Item:  # noqa: ANN401 - any JSON value
    try:
        body = canonical(content)
    except (ValueError, RecursionError) as error:
        # Half of a surrogate pair, or a number beyond all bounds: JSON by its grammar, nothing that can be stored.
        body = repr(content).encode(errors="backslashreplace")
        return _no_command(fallback_id, digest(body), problem="json_invalid", limit=clean(str(error)))
    if not isinstance(content, dict):
        return _no_command(fallback_id, digest(body), problem="model_type")
    command_id = _usable_id(content) or fallback_id
    kind = content.get("type")
    base: dict[str, Any] = {
        "command_id": command_id,
        "digest": digest(body),
        "type": clean(kind, 40) if isinstance(kind, str) else None,
    }
    if content.get("command_id") is None:
        body = canonical({**content, "command_id": command_id})
    try:
        return Item(**base, command=ADAPTER.validate_json(body))
    except ValidationError as error:
        code, details = _explain(error.errors(include_url=False))
        return Item(**base, code=code, details=details)


def _no_command(command_id: str, content_digest: str, **details: str) -> Item:
    return Item(command_id=command_id, digest=content_digest, code=Code.UNREADABLE, details=details)


def _usable_id(content: dict[str, Any]) -> str | None:
    try:
        return _COMMAND_ID.validate_python(content.get("command_id"), strict=True)
    except ValidationError:
        return None


def _explain(errors: Sequence[ErrorDetails]) -> tuple[Code, dict[str, str]]:
    first = errors[0]
    context = first.get("ctx", {})
    limit = next(({"limit": clean(str(context[name]))} for name in _LIMITS if name in context), {})
    # The first step of the location is the command's type, by which pydantic chose the model; without it the command
    # as a whole is none. Deeper unions have types of their own.
    if first["loc"]:
        where = {"field": clean(_join(first["loc"][1:]))}
        return Code.INVALID_FIELD, {**where, "problem": first["type"], "message": clean(first["msg"]), **limit}
    if first["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return Code.UNKNOWN_TYPE, {"type": clean(str(context.get("tag", "")))}
    return Code.UNREADABLE, {"problem": first["type"], "message": clean(first["msg"]), **limit}


def _join(location: Iterable[int | str]) -> str:
    return ".".join(str(step) for step in location) or "-"
