"""Whether the record is what was written, and the read models what follows from it.

Checked: versions without a gap, each event's hash over its body and its predecessor's hash, the head, the columns
beside each body, the words kept apart against their HMAC, and every row of the read models against the fold. What
nobody can find here is an end cut off together with the head: that takes checkpoints kept elsewhere.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from activities.journal.chain import GENESIS, chained
from activities.journal.erasable import put_back, references, seal
from activities.journal.pool import Connection
from activities.journal.queries import query
from activities.journal.verify_rows import differing_links, differing_rows, differing_spans
from domain.event import Event
from domain.events import EVENTS, UnknownEventError, read_event
from domain.fold import BrokenStreamError, fold

Row = asyncpg.Record
COLUMNS = ("version", "event_id", "type", "schema", "at", "command_id")
"""Of ``events``: what the body says as well."""
TABLES = ("directives", "assignments", "handovers", "receipts")
"""The read models."""


@dataclass(frozen=True, slots=True)
class Difference:
    """``version``: of the event concerned; none where it is the head or a read model. ``code``: what kind.

    ``details``: what the catalogue's sentence for the code needs.
    """

    code: str
    version: int | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """On one stream. ``version``: of its head; ``differences``: none where all agrees."""

    stream: str
    version: int
    differences: Sequence[Difference]


async def streams(connection: Connection, stream: str | None = None) -> list[str]:
    """Every stream, or the one asked for if it is there."""
    return [row["stream"] for row in await connection.fetch(query("verify_streams"), stream)]


async def verify(connection: Connection, stream: str) -> Verdict:
    """Check one stream, in a transaction that is repeatable read: a batch written meanwhile must not look half done."""
    head = await connection.fetchrow(query("verify_head"), stream)
    if head is None:
        raise LookupError(stream)
    rows = await connection.fetch(query("verify_events"), stream)
    texts = {row["id"]: row for row in await connection.fetch(query("verify_texts"), stream)}
    differences = [*_chain(head, rows), *_bodies(stream, rows), *_words(rows, texts)]
    differences += await _read_models(connection, stream, rows, texts)
    return Verdict(stream, head["version"], differences)


def _chain(head: Row, rows: Sequence[Row]) -> Iterator[Difference]:
    before = GENESIS
    for expected, row in enumerate(rows, start=1):
        version = row["version"]
        if version != expected:
            yield Difference("gap", version, {"expected": str(expected)})
            return
        if row["prev_hash"] != before:
            yield Difference("link", version)
        if row["hash"] != chained(row["prev_hash"], row["body"]):
            yield Difference("hash", version)
        before = row["hash"]
    if head["version"] != len(rows) or head["hash"] != before:
        yield Difference("head", None, {"head": str(head["version"]), "events": str(len(rows))})


def _bodies(stream: str, rows: Sequence[Row]) -> Iterator[Difference]:
    for row in rows:
        body = _envelope(row)
        if body is None:
            yield Difference("body", row["version"])
            continue
        if body.get("stream") != stream:
            yield Difference("column", row["version"], {"column": "stream"})
        for column in COLUMNS:
            if not _same(body.get(column), row[column]):
                yield Difference("column", row["version"], {"column": column})


def _words(rows: Sequence[Row], texts: Mapping[UUID, Row]) -> Iterator[Difference]:
    for row in rows:
        for text, hmac in _references(row).items():
            stored = texts.get(text)
            if stored is None:
                yield Difference("words_missing", row["version"])
            elif seal(stored["key"], stored["content"]) != hmac:
                yield Difference("words", row["version"])


def _references(row: Row) -> dict[UUID, str]:
    body = _envelope(row)
    if body is None or body.get("type") not in EVENTS:
        return {}
    try:
        return references(body["data"], EVENTS[body["type"]])
    except (KeyError, TypeError, ValueError):
        # Not as we write it: its hash does not agree either, and neither does the fold.
        return {}


async def _read_models(
    connection: Connection, stream: str, rows: Sequence[Row], texts: Mapping[UUID, Row]
) -> list[Difference]:
    try:
        events = list(_events(rows, texts))
        state = fold(events)
    except (BrokenStreamError, UnknownEventError, LookupError, TypeError, ValueError) as error:
        return [Difference("fold", None, {"problem": f"{type(error).__name__}: {error}"})]
    if state is None:
        return []
    found = {table: await connection.fetch(query(f"verify_{table}"), stream) for table in TABLES}
    links = differing_links(events, await connection.fetch(query("verify_links"), stream))
    spans = differing_spans(events, await connection.fetch(query("verify_spans"), stream))
    return [
        Difference("row", None, {"table": one.table, "key": one.key, "column": one.column})
        for one in (*differing_rows(state, found), *links, *spans)
    ]


def _events(rows: Sequence[Row], texts: Mapping[UUID, Row]) -> Iterator[Event]:
    # Words that are gone are told of elsewhere; the state does not hold any.
    contents: dict[UUID, str] = defaultdict(lambda: "–", {name: row["content"] for name, row in texts.items()})
    for row in rows:
        envelope = json.loads(row["body"])
        if envelope["type"] in EVENTS:
            put_back(envelope["data"], EVENTS[envelope["type"]], contents)
        yield read_event(envelope)


def _envelope(row: Row) -> dict[str, Any] | None:
    try:
        body = json.loads(row["body"])
    except ValueError:
        return None
    return body if isinstance(body, dict) and isinstance(body.get("data"), dict) else None


def _same(said: Any, stored: Any) -> bool:  # noqa: ANN401 - any column
    if isinstance(stored, datetime):
        try:
            return datetime.fromisoformat(said) == stored
        except (TypeError, ValueError):
            return False
    return bool(said == (str(stored) if isinstance(stored, UUID) else stored))
