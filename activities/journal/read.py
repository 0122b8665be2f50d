"""Reading a stream: its head, its events, its state."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from uuid import UUID

from activities.journal.erasable import People, erased_in, put_back, reference, references, stand_ins
from activities.journal.pool import Connection
from activities.journal.queries import query
from domain.arrival import Known
from domain.event import Event
from domain.events import as_written_now, read_event
from domain.fold import fold
from domain.outcome import Outcome
from domain.state import DirectiveState


@dataclass(frozen=True, slots=True)
class Head:
    """Where a stream stands."""

    version: int
    hash: bytes


async def lock_head(connection: Connection, stream: str) -> Head | None:
    """The head, locked until the transaction ends; None where there is no such stream."""
    row = await connection.fetchrow(query("lock"), stream)
    return Head(row["version"], row["hash"]) if row else None


async def known_commands(connection: Connection, stream: str, command_ids: Sequence[str]) -> dict[str, Known]:
    """Those of the commands that were answered before."""
    rows = await connection.fetch(query("known"), stream, command_ids)
    return {row["command_id"]: Known(row["digest"].hex(), Outcome.model_validate_json(row["outcome"])) for row in rows}


async def known_people(connection: Connection, stream: str, names: Collection[str]) -> People:
    """Those of the persons whose names are kept already, and what stands for them."""
    rows = await connection.fetch(query("people"), stream, list(names))
    return {row["content"]: reference(row["id"], row["hmac"]) for row in rows}


async def load_events(connection: Connection, stream: str, after: int = 0) -> list[Event]:
    """The events behind version ``after``, words and names put back. Raises ``UnknownEventError``.

    What was erased is read as what stands in its place; words that are missing without a word of it are a KeyError.
    """
    rows = await connection.fetch(query("events"), stream, after)
    envelopes = [as_written_now(json.loads(row["body"])) for row in rows]
    wanted = {text for envelope in envelopes for text in references(envelope)}
    contents = stand_ins(erased_in(envelopes)) | await _contents(connection, stream, list(wanted))
    if wanted - contents.keys():
        # Outside of a snapshot they may have been erased between the two looks; then it is recorded by now.
        later = await connection.fetch(query("events"), stream, rows[-1]["version"])
        contents |= stand_ins(erased_in(json.loads(row["body"]) for row in later))
    for envelope in envelopes:
        put_back(envelope, contents)
    return [read_event(envelope) for envelope in envelopes]


async def load_state(connection: Connection, stream: str) -> DirectiveState | None:
    """The fold of the stream, from the last snapshot where this program wrote one."""
    row = await connection.fetchrow(query("snapshot"), stream, fingerprint())
    state = DirectiveState.model_validate_json(row["state"]) if row else None
    events = await load_events(connection, stream, after=state.version if state else 0)
    return fold(events, state)


@cache
def fingerprint() -> str:
    """Digest of the domain's source: a snapshot is only good for the program whose fold it is."""
    sources = sorted(_sources(files("domain")), key=lambda source: source[0])
    return sha256(b"".join(name.encode() + content for name, content in sources)).hexdigest()


def _sources(folder: Any) -> list[tuple[str, bytes]]:  # noqa: ANN401 - importlib's Traversable
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.name.endswith(".py"):
            found.append((entry.name, entry.read_bytes()))
        elif entry.is_dir() and entry.name != "__pycache__":
            found += _sources(entry)
    return found


async def _contents(connection: Connection, stream: str, ids: Sequence[UUID]) -> dict[UUID, str]:
    if not ids:
        return {}
    rows = await connection.fetch(query("texts"), stream, ids)
    return {row["id"]: row["content"] for row in rows}
