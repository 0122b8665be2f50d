"""Words and names of persons, taken out of an event before it is hashed and put back when it is read.

In the event's place for them stands ``{"$text": id, "hmac": hex}``: a digest under a key of their own. Once words and
key are destroyed the event still hashes to the same value, and nobody can guess the words by trying.

Words have a text for each place where they stand; a person has one for the whole directive, which its first event
names. Events from before names were kept apart hold them as they are.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hmac import digest as hmac_of
from typing import Any, Final, NamedTuple, get_args
from uuid import UUID, uuid5

from pydantic import BaseModel

from domain.actor import SYSTEM
from domain.base import Erasable, Named
from domain.commands.erase import WordsErased
from domain.erasure import placeholder
from domain.event import Event, EventData

REFERENCE: Final = "$text"
ERASED: Final[str] = WordsErased.model_fields["type"].default
"""The type of event that names what was destroyed."""
_NOBODY: Final = frozenset({"", SYSTEM.person})
"""Names that are no person's."""


class Path(NamedTuple):
    """Where in an envelope words or a name may stand; "*" is every element of a list."""

    steps: tuple[str, ...]
    names: bool


@dataclass(frozen=True, slots=True)
class Words:
    """One row of ``texts``. ``person``: it is a name."""

    id: UUID
    key: bytes
    content: str
    person: bool = False

    @property
    def hmac(self) -> str:
        """Their digest."""
        return seal(self.key, self.content)


People = dict[str, dict[str, str]]
"""Of one directive: what stands in its events for a name."""


@cache
def paths(model: type[EventData]) -> tuple[Path, ...]:
    """Where the envelope of a kind of event may hold words or names."""
    envelope = (Path(steps, names) for steps, names in _paths(Event, ()) if steps[0] != "data")
    return (*envelope, *_own_paths(model))


@cache
def _own_paths(model: type[EventData]) -> tuple[Path, ...]:
    return tuple(Path(("data", *steps), names) for steps, names in _paths(model, ()))


def names_of(events: Iterable[Event]) -> set[str]:
    """Everybody whom these events name."""
    found: set[str] = set()
    for event in events:
        found.update(event.persons)
        if any(path.names for path in _own_paths(type(event.data))):
            found |= names_in({"data": event.data.model_dump(mode="json")}, type(event.data))
    return found - _NOBODY


def names_in(envelope: dict[str, Any], model: type[EventData]) -> set[str]:
    """The persons whose names stand in the envelope themselves."""
    found: set[str] = set()

    def note(content: Any) -> Any:  # noqa: ANN401 - any JSON value
        if _is_name(content):
            found.add(content)
        return content

    for path in paths(model):
        if path.names:
            _visit(envelope, path.steps, note)
    return found


def take_out(envelope: dict[str, Any], model: type[EventData], event_id: UUID, people: People) -> list[Words]:
    """Replace words and names in the envelope by references; returns what has to be stored for them.

    ``people``: those whose names are stored already; the new ones are added.
    """
    taken: list[Words] = []

    def without_words(content: Any) -> Any:  # noqa: ANN401 - any JSON value
        if not isinstance(content, str):
            return content
        taken.append(Words(uuid5(event_id, f"text/{len(taken)}"), secrets.token_bytes(32), content))
        return reference(taken[-1].id, taken[-1].hmac)

    def without_name(content: Any) -> Any:  # noqa: ANN401 - any JSON value
        if not _is_name(content):
            return content
        if content not in people:
            # Not to be guessed from the name: it is the event's place for it that the id comes from.
            taken.append(Words(uuid5(event_id, f"text/{len(taken)}"), secrets.token_bytes(32), content, person=True))
            people[content] = reference(taken[-1].id, taken[-1].hmac)
        return people[content]

    for path in paths(model):
        _visit(envelope, path.steps, without_name if path.names else without_words)
    return taken


def put_back(envelope: dict[str, Any], contents: Mapping[UUID, str]) -> None:
    """The reverse of ``take_out``. Raises KeyError where words are missing."""
    for node, key in list(_places(envelope)):
        node[key] = contents[UUID(node[key][REFERENCE])]


def references(envelope: Any) -> dict[UUID, str]:  # noqa: ANN401 - any JSON value
    """The references in an envelope: text id to HMAC."""
    found = (node[key] for node, key in _places(envelope))
    return {UUID(one[REFERENCE]): one["hmac"] for one in found}


def names_referred_to(envelope: dict[str, Any], model: type[EventData]) -> set[UUID]:
    """Of the references those that stand for names."""
    found: set[UUID] = set()

    def note(content: Any) -> Any:  # noqa: ANN401 - any JSON value
        if is_reference(content):
            found.add(UUID(content[REFERENCE]))
        return content

    for path in paths(model):
        if path.names:
            _visit(envelope, path.steps, note)
    return found


def reference(text: UUID, hmac: str) -> dict[str, str]:
    """What stands in an event for that text."""
    return {REFERENCE: str(text), "hmac": hmac}


def erased_in(envelopes: Iterable[dict[str, Any]]) -> set[UUID]:
    """The texts of which these events say that they were destroyed."""
    return {UUID(text) for one in envelopes if one["type"] == ERASED for text in one["data"]["texts"]}


def stand_ins(texts: Iterable[UUID]) -> dict[UUID, str]:
    """What is read in the place of texts that were destroyed."""
    return {text: placeholder(text) for text in texts}


def seal(key: bytes, content: str) -> str:
    """HMAC-SHA-256 of the UTF-8 words."""
    return hmac_of(key, content.encode(), "sha256").hex()


def is_reference(value: object) -> bool:
    """Whether a JSON value stands for words that are kept apart."""
    return isinstance(value, dict) and REFERENCE in value


def _is_name(content: object) -> bool:
    return isinstance(content, str) and content not in _NOBODY


def _places(node: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any JSON value
    """Every container and key under which a reference stands."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        for key, value in one.items() if isinstance(one, dict) else enumerate(one):
            if is_reference(value):
                yield one, key
            elif isinstance(value, (dict, list)):
                waiting.append(value)


def _visit(node: Any, path: tuple[str, ...], change: Callable[[Any], Any], at: int = 0) -> None:  # noqa: ANN401 - any JSON value
    head, last = path[at], at + 1 == len(path)
    keys: Iterable[Any] = range(len(node)) if head == "*" else (head,) if head in node else ()
    for key in keys:
        if last:
            node[key] = change(node[key])
        elif node[key] is not None:
            _visit(node[key], path, change, at + 1)


def _paths(model: type[BaseModel], prefix: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    for name, field in model.model_fields.items():
        here = (*prefix, name)
        marked = list(_marked(field.metadata, here))
        yield from marked or _inside(field.annotation, here)


def _marked(marks: Iterable[Any], here: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    for mark in marks:
        if isinstance(mark, Erasable):
            yield here, False
        elif isinstance(mark, Named):
            yield from (((*here, key), True) for key in mark.keys) if mark.keys else [(here, True)]


def _inside(annotation: Any, prefix: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:  # noqa: ANN401 - any type
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _paths(annotation, prefix)
        return
    arguments = get_args(annotation)
    if marked := list(_marked(arguments, prefix)):
        yield from marked
        return
    inner = (*prefix, "*") if getattr(annotation, "__origin__", None) is list else prefix
    for argument in arguments:
        yield from _inside(argument, inner)
