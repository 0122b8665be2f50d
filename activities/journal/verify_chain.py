"""The events of a directive among themselves: versions, hashes, head, and the columns beside each body."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import asyncpg

from activities.journal.chain import GENESIS, chained
from activities.journal.difference import Difference

Row = Mapping[str, Any] | asyncpg.Record
COLUMNS: Final = ("version", "event_id", "type", "schema", "at", "command_id")
"""Of ``events``: what the body says as well."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of ``events``; ``envelope``: what its body says, none where that cannot be read."""

    row: Row
    envelope: dict[str, Any] | None

    @property
    def version(self) -> int:
        """As the row says."""
        return int(self.row["version"])


def stored(row: Row) -> Stored:
    """A row with its body read."""
    try:
        body = json.loads(row["body"])
    except (RecursionError, ValueError):
        return Stored(row, None)
    return Stored(row, body if isinstance(body, dict) and isinstance(body.get("data"), dict) else None)


def broken_chain(head: Row | None, events: Sequence[Stored]) -> Iterator[Difference]:
    """Where a version is missing, where an event does not follow from the one before, and a head that says other."""
    before = GENESIS
    for expected, row in enumerate((one.row for one in events), start=1):
        version = row["version"]
        if version != expected:
            yield Difference("gap", version, {"expected": str(expected)})
            return
        if row["prev_hash"] != before:
            yield Difference("link", version)
        if row["hash"] != chained(row["prev_hash"], row["body"]):
            yield Difference("hash", version)
        before = row["hash"]
    if head is None:
        yield Difference("headless", None, {"events": str(len(events))})
    elif head["version"] != len(events) or head["hash"] != before:
        yield Difference("head", None, {"head": str(head["version"]), "events": str(len(events))})


def differing_columns(stream: str, events: Sequence[Stored]) -> Iterator[Difference]:
    """Where the body cannot be read, or the columns beside it say other than it does."""
    for one in events:
        if one.envelope is None:
            yield Difference("body", one.version)
            continue
        if one.envelope.get("stream") != stream:
            yield Difference("column", one.version, {"column": "stream"})
        for column in COLUMNS:
            if not _same(one.envelope.get(column), one.row[column]):
                yield Difference("column", one.version, {"column": column})


def _same(said: Any, column: Any) -> bool:  # noqa: ANN401 - any column
    if isinstance(column, datetime):
        try:
            return datetime.fromisoformat(said) == column
        except (TypeError, ValueError):
            return False
    return bool(said == (str(column) if isinstance(column, UUID) else column))
