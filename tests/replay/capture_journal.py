"""Saves directives with every kind of event, once for each release: ``python -m tests.replay.capture_journal 0.2.0``.

A line is a directive as its tables hold it: the bytes of the events with their hashes, the words kept apart, and the
rows of the read models. What is saved is read, verified and rebuilt for ever: nobody rewrites a journal.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from activities.journal.chain import GENESIS, Link, link
from activities.journal.erasable import erased_in, put_back, stand_ins
from activities.rebuilding.rows import TABLES, rows_of
from domain.event import Event
from domain.events import as_written_now, read_event
from tests.support.desk import Desk
from tests.unit.domain.test_fold import LIVES

FOLDER: Final = Path(__file__).parent / "journals"
Json = dict[str, Any]


def read_back(saved: Json) -> list[Event]:
    """The events of a saved directive, words and names put back."""
    envelopes = [as_written_now(json.loads(one["body"])) for one in saved["events"]]
    contents = stand_ins(erased_in(envelopes)) | {UUID(one["id"]): one["content"] for one in saved["texts"]}
    for envelope in envelopes:
        put_back(envelope, contents)
    return [read_event(envelope) for envelope in envelopes]


def rows_that_follow(events: Sequence[Event]) -> Json:
    """Of every read model, as JSON values."""
    rows: Json = {table: [] for table in TABLES}
    for table, row in rows_of(events, TABLES):
        rows[table].append(row)
    return rows


def with_every_kind(desks: Iterable[Desk]) -> Iterator[Desk]:
    """As few of them as have between them all kinds of events that any has."""
    left = {event.data.type for desk in desks for event in desk.events}
    while left:
        best = max(desks, key=lambda desk: (len(left & _kinds(desk)), -len(desk.events)))
        left -= _kinds(best)
        yield best


def _kinds(desk: Desk) -> set[str]:
    return {event.data.type for event in desk.events}


def _saved(desk: Desk) -> Json:
    links: list[Link] = []
    people: dict[str, dict[str, str]] = {}
    for event in desk.events:
        links.append(link(event, links[-1].hash if links else GENESIS, people))
    erased = erased_in([json.loads(one.body) for one in links])
    saved: Json = {
        "stream": desk.stream,
        "events": [
            {"version": one.event.version, "prev_hash": one.prev_hash.hex(), "hash": one.hash.hex(), "body": one.body}
            for one in links
        ],
        "texts": [
            {"id": str(word.id), "key": word.key.hex(), "content": word.content}
            for one in links
            for word in one.words
            if word.id not in erased
        ],
    }
    return {**saved, "rows": rows_that_follow(read_back(saved))}


def capture(release: str) -> None:
    lines = [json.dumps(_saved(desk), ensure_ascii=False, sort_keys=True) for desk in with_every_kind(LIVES)]
    (FOLDER / f"{release}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    capture(sys.argv[1])
