"""Whether a directive is what was written, and its rows in the read models what follows from it.

Checked: versions without a gap, each event's hash over its body and its predecessor's hash, the head, the columns
beside each body, the words kept apart against their HMAC, the answers to commands, each event's entry in the record's
order, and every row of the read models against the fold. An end cut off with the head and its entries, or a history
written anew from beginning to end, shows itself only against checkpoints kept elsewhere: see ``verify_order``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from activities.journal.difference import Difference
from activities.journal.pool import Connection
from activities.journal.queries import query
from activities.journal.verify_chain import Row, Stored, broken_chain, differing_columns, stored
from activities.journal.verify_commands import differing_commands
from activities.journal.verify_fold import events_of, state_or_problem
from activities.journal.verify_log import differing_entries
from activities.journal.verify_order import PATIENCE
from activities.journal.verify_rows import differing_links, differing_rights, differing_rows, differing_spans
from activities.journal.verify_words import differing_words

BESIDE: Final = frozenset({"row", "command", "command_missing", "words", "words_missing", "words_kept"})
"""Codes of what differs beside the events: these still stand as they were chained and entered."""
TABLES: Final = ("directives", "assignments", "handovers", "receipts")
"""The read models that follow from the state."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """On one directive. ``version``: of its head, 0 where there is none; ``differences``: none where all agrees."""

    stream: str
    version: int
    differences: Sequence[Difference]

    @property
    def events_stand(self) -> bool:
        """Whether the events themselves are as they were chained and entered: only then a proof is about them."""
        return all(one.code in BESIDE for one in self.differences)


async def streams(connection: Connection, stream: str | None = None) -> list[str]:
    """Every directive of which anything is left, or the one asked for if so."""
    return [row["stream"] for row in await connection.fetch(query("verify_streams"), stream, timeout=PATIENCE)]


async def verify(connection: Connection, stream: str) -> Verdict:
    """Check one directive, in a transaction that is repeatable read: a batch written meanwhile must not look half done.

    Raises ``LookupError`` where nothing is left of it, if there ever was anything.
    """
    head = await connection.fetchrow(query("verify_head"), stream)
    events = [stored(row) for row in await connection.fetch(query("verify_events"), stream)]
    entries = await connection.fetch(query("verify_entries"), stream)
    if head is None and not events and not entries:
        raise LookupError(stream)
    if not events:
        return Verdict(stream, head["version"] if head else 0, [_all_gone(head, entries)])
    texts = {row["id"]: row for row in await connection.fetch(query("verify_texts"), stream)}
    waiting = await connection.fetchval(query("verify_waiting"), stream)
    differences = [
        *broken_chain(head, events),
        *differing_columns(stream, events),
        *differing_words(events, texts),
        *differing_commands(stream, events, await connection.fetch(query("verify_commands"), stream)),
        *differing_entries({one.version: one.row["hash"] for one in events}, entries, waiting),
        *await _read_models(connection, stream, events, texts),
    ]
    return Verdict(stream, head["version"] if head else 0, differences)


def _all_gone(head: Row | None, entries: Sequence[Row]) -> Difference:
    if not entries:
        return Difference("head", None, {"head": str(head["version"] if head else 0), "events": "0"})
    places = [row["seq"] for row in entries]
    told = {"events": str(len(entries)), "seq": str(places[0]), "seq_until": str(places[-1])}
    return Difference("stream_deleted", None, told)


async def _read_models(
    connection: Connection, stream: str, rows: Sequence[Stored], texts: Mapping[UUID, Row]
) -> list[Difference]:
    events, state, problem = state_or_problem(events_of(rows, texts))
    if problem is not None:
        return [Difference("fold", None, {"problem": problem})]
    if state is None:
        return []
    found = {table: await connection.fetch(query(f"verify_{table}"), stream) for table in TABLES}
    links = differing_links(events, await connection.fetch(query("verify_links"), stream))
    spans = differing_spans(events, await connection.fetch(query("verify_spans"), stream))
    seen = {row["version"]: row["seq"] for row in await connection.fetch(query("verify_rights"), stream)}
    rights = differing_rights(events, seen, await connection.fetch(query("verify_rights_changes"), stream))
    return [
        Difference("row", None, {"table": one.table, "key": one.key, "column": one.column})
        for one in (*differing_rows(state, found), *links, *spans, *rights)
    ]
