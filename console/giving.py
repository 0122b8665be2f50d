"""From what was typed to the command that is sent."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from console.call import Call
from console.database import Connection, reading, rows
from console.envelope import envelope
from console.evidence_store import stored
from console.failures import RefusedError, WrongUsageError
from console.fields import FILES, NOW, Given, bare, option_name
from console.input_files import DIRECTORY, loaded, read_text
from console.verb import BOOK, REST, Verb
from domain.actor import UNIT_SIDE, Role
from domain.command import AssignmentCommand, SelectionCommand
from domain.directive import Unit
from domain.document import Reference, issuer_of
from intake import load_directory

Json = dict[str, Any]
_LONG_AGO: Final = "1970-01-01T00:00:00Z"


def said_of(verb: Verb, call: Call, given: Given) -> Json:
    """The command's own fields as far as they were typed; files of evidence are stored. Raises ``ConsoleError``."""
    said = _from_file(verb, given[REST]) if verb.by_file and given[REST] is not None else {}
    said |= {one.name: value for one in verb.fields if (value := one.read(given)) is not None}
    if verb.of_unit:
        said.pop("unit", None)
    for one in verb.fields:
        if one.required and one.name not in said:
            raise WrongUsageError("field_missing", option=option_name(one.name))
    _check_named(verb, said)
    if given.get(FILES):
        said["evidence"] = stored(call, given[FILES])
    return said


@dataclass(frozen=True, slots=True)
class Giving:
    """One call of a verb. ``said``: the command's own fields, the same for every directive that it is given to.

    ``known``: what the journal and the directory know of what is said.
    """

    verb: Verb
    call: Call
    given: Given
    said: Json
    known: Json = field(default_factory=dict)

    @classmethod
    async def typed(cls, verb: Verb, call: Call, given: Given) -> Self:
        """From what was typed. Raises ``ConsoleError``."""
        said = said_of(verb, call, given)
        known: Json = {}
        if verb.names_new_units and "units" not in said:
            known |= _entries(said, given[BOOK])
        if cited := [name for name in _references(verb) if name in said]:
            async with reading(call) as connection:
                known |= {name: await _cited(connection, said[name]) for name in cited}
        return cls(verb, call, given, said, known)

    def command(self, stream: str, command_id: str) -> Json:
        """The whole command for one directive. Raises ``ConsoleError``."""
        verb, call = self.verb, self.call
        base = envelope(call, command_id, verb.type, verb.role, actor_unit(verb, call, stream, self.given))
        if self.given["on_behalf_of"] is not None:
            base["on_behalf_of"] = self.given["on_behalf_of"]
        given = {**base, **self.said, **self.known}
        # The same whenever it is repeated: a used id goes with one content. Any instant that is over will do.
        return {**given, "until": base.get("sent_at", _LONG_AGO)} if given.get("until") == NOW else given


def actor_unit(verb: Verb, call: Call, stream: str, given: Given) -> str | None:
    """For whom the actor acts. Raises ``WrongUsageError``."""
    role = call.role or verb.role
    if verb.of_unit or (verb.of_either and role in UNIT_SIDE):
        if given["unit"] is None:
            raise WrongUsageError("unit_needed")
        return str(given["unit"])
    return None if role is Role.OPERATOR and Role.OPERATOR in verb.model.roles else issuer_of(stream)


def _check_named(verb: Verb, said: Mapping[str, Any]) -> None:
    """From the issuer's side nobody is meant unless named. Raises ``WrongUsageError``."""
    if issubclass(verb.model, AssignmentCommand) and not verb.of_unit and not {"unit", "assignment"} & said.keys():
        raise WrongUsageError("nobody_named")
    if issubclass(verb.model, SelectionCommand) and not {"assignment", "item", "unit", "whole"} & said.keys():
        raise WrongUsageError("nothing_selected")


def _from_file(verb: Verb, file: Path) -> Json:
    try:
        found = json.loads(read_text(file))
    except (ValueError, RecursionError) as error:
        raise RefusedError("unreadable", {"problem": "json_invalid", "limit": str(error)}) from error
    if not isinstance(found, dict):
        raise RefusedError("unreadable", {"problem": "model_type"})
    if unknown := found.keys() - {one.name for one in verb.fields}:
        raise RefusedError("invalid_field", {"field": min(unknown), "problem": "extra_forbidden"})
    return found


def _references(verb: Verb) -> Iterator[str]:
    return (one.name for one in verb.fields if bare(one.kind) is Reference)


async def _cited(connection: Connection, reference: Json) -> Json:
    """With the stream, where exactly one directive of this service bears that number and day."""
    if "stream" in reference:
        return reference
    found = await rows(connection, "streams_cited", reference.get("notation"), str(reference.get("issued_date")))
    return {**reference, "stream": found[0]["stream"]} if len(found) == 1 else reference


def _entries(said: Json, book: Path | None) -> Json:
    """What the directory says of the units that the command names; the directive takes those that it does not know."""
    entries = {one.id: one for one in loaded(load_directory, book or DIRECTORY).units}
    named = [entries[one] for one in dict.fromkeys(_strings(said)) if one in entries]
    return {"units": [one.model_dump(mode="json", include=set(Unit.model_fields)) for one in named]} if named else {}


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
