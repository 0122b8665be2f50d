"""Destroying words and names: what there is of them, and every copy of them that the journal's tables hold."""

import json
from collections.abc import Iterable, Sequence
from uuid import UUID

import asyncpg

from activities.journal.erasable import names_in, names_referred_to, references
from activities.journal.pool import Connection
from activities.journal.queries import query
from domain.canonical import canonical
from domain.command import Command
from domain.commands.erase import Erase, WordsErased
from domain.erasure import NOTHING_KEPT, KeptWords, placeholder
from domain.event import Event
from domain.events import EVENTS, as_written_now
from domain.notices import notice_id
from domain.state import DirectiveState


async def kept_words(connection: Connection, stream: str, commands: Iterable[Command]) -> KeptWords:
    """What there is of the words that these commands ask to have destroyed; nothing is read where none does."""
    erasing = [one for one in commands if isinstance(one, Erase)]
    if not erasing:
        return NOTHING_KEPT
    versions = sorted({version for one in erasing for version in one.version})
    persons = sorted({one.person for one in erasing if one.person is not None})
    return KeptWords(
        versions=await _words(connection, stream, versions),
        persons={one: texts for one in persons if (texts := await _texts_of(connection, stream, one))},
        in_the_open={one: found for one in persons if (found := await _in_the_open(connection, stream, one))},
    )


async def erase_texts(connection: Connection, stream: str, events: Iterable[Event]) -> None:
    """Destroy what the events say, before somebody of an erased name comes back as somebody new."""
    texts = [text for event in events for text in event.data.destroys()]
    if texts:
        await connection.execute(query("erase_texts"), stream, texts)


async def erase_copies(connection: Connection, state: DirectiveState, events: Iterable[Event]) -> None:
    """Destroy what is left of it elsewhere: in notices, answers, digests, snapshots, the log of reads.

    The read models are written anew from the state.
    """
    for event in events:
        if isinstance(event.data, WordsErased):
            await _erase_copies(connection, state.stream, event.data)


async def _erase_copies(connection: Connection, stream: str, erased: WordsErased) -> None:
    person = erased.person
    named = [] if person is None else [str(erased.texts[0])]
    rows = await connection.fetch(query("erase_events"), stream, erased.versions, named)
    told = await connection.fetch(query("erase_told"), stream)
    await connection.execute(query("erase_notices"), stream, _notices(rows, told))
    commands = [row["command_id"] for row in rows if row["command_id"] is not None]
    await connection.execute(query("erase_answers"), stream, commands, person, placeholder(erased.texts[0]))
    if person is not None:
        await connection.execute(query("erase_person"), stream, person, placeholder(erased.texts[0]))


def _notices(rows: Iterable[asyncpg.Record], told: Iterable[asyncpg.Record]) -> list[UUID]:
    """Those of the notices that the events called for.

    Looked for by what both are about: a directive of every commune of the country has as many events of one person as
    it has notices, and to try each against each takes the worker's memory and never ends.
    """
    by_kind: dict[tuple[str, str | None], list[asyncpg.Record]] = {}
    for one in told:
        for about in {None, one["unit"], one["about"], *one["assignments"]}:
            by_kind.setdefault((one["kind"], about), []).append(one)
    return [
        one["id"]
        for row in rows
        for kind in EVENTS[row["type"]].kinds
        for one in by_kind.get((kind, row["about"]), ())
        if one["id"] == notice_id(row["event_id"], kind, one["unit"])
    ]


async def _words(connection: Connection, stream: str, versions: Sequence[int]) -> dict[int, tuple[UUID, ...]]:
    """Of these versions those whose events hold words, and the texts that are still there."""
    if not versions:
        return {}
    kept = {row["id"] for row in await connection.fetch(query("erase_words"), stream, versions)}
    found: dict[int, tuple[UUID, ...]] = {}
    for row in await connection.fetch(query("erase_bodies"), stream, versions):
        envelope = as_written_now(json.loads(row["body"]))
        words = references(envelope).keys() - names_referred_to(envelope, EVENTS[envelope["type"]])
        if words:
            found[row["version"]] = tuple(sorted(words & kept))
    return found


async def _texts_of(connection: Connection, stream: str, person: str) -> tuple[UUID, ...]:
    """Of the name, and of rejected messages in which it may stand, as it is or as JSON writes it in ASCII."""
    rows = await connection.fetch(query("erase_texts_of_person"), stream, person, json.dumps(person)[1:-1])
    return tuple(row["id"] for row in rows)


async def _in_the_open(connection: Connection, stream: str, person: str) -> tuple[int, ...]:
    """The events that hold the name itself; where it only stands in the document, it is public."""
    rows = await connection.fetch(query("erase_named"), stream, canonical(person).decode())
    envelopes = (as_written_now(json.loads(row["body"])) for row in rows)
    return tuple(one["version"] for one in envelopes if person in names_in(one, EVENTS[one["type"]]))
