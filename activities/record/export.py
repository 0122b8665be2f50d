"""The record written to a file of JSON lines, as it is stored: whoever doubts it verifies it without us.

    header, checkpoints, gaps, then of each directive its head, texts and events, then what waits, the entries, proofs

in this order, so that ``verify_record`` need not keep more than it must. docs/record.md describes each line. Rows are
told as they are, be they altered or not: to find that out is the reader's concern.
"""

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, TextIO

from activities.journal.pool import Connection
from activities.journal.verify_anchors import Anchors
from activities.journal.verify_order import PATIENCE, PREFETCH, Proof, walk
from activities.journal.verify_whole import last_entry
from activities.record.anchor import KEYS
from activities.record.queries import query

FORMAT: Final = "directives-record/1"
VERIFIER: Final = "verify_record.py"
RECORD: Final = "record.jsonl"
Line = dict[str, Any]
_encoded: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class NotWrittenError(Exception):
    """The folder, or a file in it, cannot be written."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The directives that are told. ``whole``: these are all that there are, and the whole order is told with them."""

    streams: Sequence[str]
    whole: bool


@contextmanager
def new_folder(folder: Path, anchors: Anchors) -> Iterator[TextIO]:
    """A folder with keys and verifier in it, and the file that is to take the lines. Raises ``NotWrittenError``.

    Only its owner may enter: words of persons will be in it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / KEYS).write_text("".join(f"{key.text()}\n" for key in anchors.keys), encoding="utf-8")
        (folder / VERIFIER).write_bytes(files("activities.record").joinpath(VERIFIER).read_bytes())
        with (folder / RECORD).open("w", encoding="utf-8") as out:
            yield out
    except OSError as error:
        raise NotWrittenError(error.strerror or str(error)) from error


async def export(
    connection: Connection,
    out: TextIO,
    anchors: Anchors,
    chosen: Chosen,
    advance: Callable[[int], None] = lambda _: None,
) -> Counter[str]:
    """Write all lines, in a transaction that is repeatable read; how many there are of each kind.

    ``anchors``: read before the transaction saw its first row. ``advance``: told how many directives and entries were
    written. Raises ``NotWrittenError``.
    """
    counts = Counter[str]()
    async for line in _lines(connection, anchors, chosen):
        _write(out, line)
        counts[line["kind"]] += 1
        if line["kind"] in ("head", "entry"):
            advance(1)
    return counts


def _write(out: TextIO, line: Line) -> None:
    try:
        out.write(_encoded(line) + "\n")
    except OSError as error:
        raise NotWrittenError(error.strerror or str(error)) from error


async def _lines(connection: Connection, anchors: Anchors, chosen: Chosen) -> AsyncIterator[Line]:
    whole, streams = chosen.whole, chosen.streams
    named = None if whole else list(streams)
    [row] = await connection.fetch(query("export_record"))
    told = {"origin": row["origin"], "size": row["size"], "at": _instant(row["at"]), "streams": named}
    yield {"kind": "header", "format": FORMAT, **told}
    proofs = [] if whole else await _proofs(connection, anchors, streams)
    for line in _checkpoints(anchors, None if whole else {one.size for one in proofs}):
        yield line
    if whole:
        async for row in _rows(connection, "export_gaps"):
            yield {"kind": "gap", "number": row["number"], "note": row["note"]}
    for stream in streams:
        async for line in _directive(connection, stream):
            yield line
    async for row in _rows(connection, "export_waiting", named):
        yield {"kind": "waiting", "stream": row["stream"], "version": row["version"]}
    async for row in _rows(connection, "export_entries", named):
        place = {"seq": row["seq"], "stream": row["stream"], "version": row["version"], "hash": row["hash"].hex()}
        recorded = row["recorded_at"]
        yield {"kind": "entry", **place, "recorded_at": _instant(recorded) if recorded else None}
    for proof in proofs:
        yield {"kind": "proof", "seq": proof.seq, "size": proof.size, "path": [one.hex() for one in proof.path]}


async def _directive(connection: Connection, stream: str) -> AsyncIterator[Line]:
    async for row in _rows(connection, "export_heads", stream):
        yield {"kind": "head", "stream": stream, "version": row["version"], "hash": row["hash"].hex()}
    async for row in _rows(connection, "export_texts", stream):
        words = {"key": row["key"].hex(), "content": row["content"]}
        yield {"kind": "text", "id": str(row["id"]), "stream": stream, **words}
    async for row in _rows(connection, "export_events", stream):
        chain = {"prev_hash": row["prev_hash"].hex(), "hash": row["hash"].hex()}
        yield {"kind": "event", "stream": stream, "version": row["version"], **chain, "body": row["body"]}


def _checkpoints(anchors: Anchors, sizes: set[int] | None) -> Iterator[Line]:
    """All that lay in the folder, good or bad; or those of these sizes that can be opened."""
    if sizes is None:
        for kept in anchors.raw:
            # What is not UTF-8 cannot be told in JSON; no key signed it, whatever it was.
            yield {"kind": "checkpoint", "file": kept.name, "note": kept.note.encode(errors="replace").decode()}
        return
    for one in anchors.opened:
        if one.checkpoint.size in sizes:
            yield {"kind": "checkpoint", "file": one.name, "note": one.note}


async def _proofs(connection: Connection, anchors: Anchors, streams: Sequence[str]) -> list[Proof]:
    """For the last event of each directive that is under a checkpoint with which the record agrees."""
    claimed = anchors.claimed()
    largest = max(claimed, default=0)
    places = [await last_entry(connection, stream, largest) for stream in streams]
    walked = await walk(connection, claimed, [place.seq for place in places if place is not None])
    return list(walked.proofs.values())


async def _rows(connection: Connection, name: str, *arguments: object) -> AsyncIterator[Any]:
    async for row in connection.cursor(query(name), *arguments, prefetch=PREFETCH, timeout=PATIENCE):
        yield row


def _instant(instant: datetime) -> str:
    return instant.isoformat()
