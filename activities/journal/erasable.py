"""Words of persons, taken out of an event before it is hashed and put back when it is read.

In the event's place for them stands ``{"$text": id, "hmac": hex}``: a digest under a key of their own. Once words and
key are destroyed the event still hashes to the same value, and nobody can guess the words by trying.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args
from uuid import UUID, uuid5

from pydantic import BaseModel

from domain.base import Erasable
from domain.event import EventData

REFERENCE = "$text"
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """One row of ``texts``."""

    id: UUID
    key: bytes
    content: str


@cache
def paths(model: type[EventData]) -> tuple[Path, ...]:
    """Where the erasable fields of a kind of event stand; "*" is every element of a list."""
    return tuple(_paths(model, ()))


def take_out(data: dict[str, Any], model: type[EventData], event_id: UUID) -> list[Words]:
    """Replace the erasable fields in ``data`` by references; returns what has to be stored for them."""
    taken: list[Words] = []

    def replace(content: Any) -> Any:  # noqa: ANN401 - any JSON value
        if not isinstance(content, str):
            return content
        words = Words(uuid5(event_id, f"text/{len(taken)}"), secrets.token_bytes(32), content)
        taken.append(words)
        return {REFERENCE: str(words.id), "hmac": seal(words.key, content)}

    for path in paths(model):
        _visit(data, path, replace)
    return taken


def put_back(data: dict[str, Any], model: type[EventData], contents: Mapping[UUID, str]) -> None:
    """The reverse of ``take_out``. Raises KeyError where words are missing."""

    def restore(content: Any) -> Any:  # noqa: ANN401 - any JSON value
        return contents[UUID(content[REFERENCE])] if is_reference(content) else content

    for path in paths(model):
        _visit(data, path, restore)


def references(data: dict[str, Any], model: type[EventData]) -> dict[UUID, str]:
    """The references in ``data``: text id to HMAC."""
    found: dict[UUID, str] = {}

    def note(content: Any) -> Any:  # noqa: ANN401 - any JSON value
        if is_reference(content):
            found[UUID(content[REFERENCE])] = content["hmac"]
        return content

    for path in paths(model):
        _visit(data, path, note)
    return found


def seal(key: bytes, content: str) -> str:
    """HMAC-SHA-256 of the UTF-8 words."""
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


def is_reference(value: object) -> bool:
    """Whether a JSON value stands for words that are kept apart."""
    return isinstance(value, dict) and REFERENCE in value


def _visit(node: Any, path: Path, change: Callable[[Any], Any]) -> None:  # noqa: ANN401 - any JSON value
    head, *rest = path
    keys: Iterator[Any] = iter(range(len(node))) if head == "*" else iter([head] if head in node else [])
    for key in keys:
        if not rest:
            node[key] = change(node[key])
        elif node[key] is not None:
            _visit(node[key], tuple(rest), change)


def _paths(model: type[BaseModel], prefix: Path) -> Iterator[Path]:
    for name, field in model.model_fields.items():
        here = (*prefix, name)
        if any(isinstance(mark, Erasable) for mark in field.metadata):
            yield here
        else:
            yield from _inside(field.annotation, here)


def _inside(annotation: Any, prefix: Path) -> Iterator[Path]:  # noqa: ANN401 - any type
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _paths(annotation, prefix)
        return
    arguments = get_args(annotation)
    if any(isinstance(mark, Erasable) for mark in arguments):
        yield prefix
        return
    inner = (*prefix, "*") if getattr(annotation, "__origin__", None) is list else prefix
    for argument in arguments:
        yield from _inside(argument, inner)
