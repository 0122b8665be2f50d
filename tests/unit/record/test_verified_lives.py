"""A thousand random lives, written down in memory as the journal writes them: neither verifier raises an alarm."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pytest

from activities.journal.chain import GENESIS, link
from activities.journal.difference import Difference
from activities.journal.erasable import People, Words
from activities.journal.verify_anchors import Anchors, Opened, judge
from activities.journal.verify_chain import broken_chain, differing_columns, stored
from activities.journal.verify_commands import differing_commands
from activities.journal.verify_fold import events_of, state_or_problem
from activities.journal.verify_log import differing_entries
from activities.journal.verify_words import differing_words
from activities.record.checkpoint import Checkpoint
from activities.record.merkle import leaf_hash
from activities.record.notes import SigningKey, sign
from activities.record.proving import Proving
from activities.record.verify_record import Export, read_keys
from domain.arrival import Known
from domain.commands.erase import WordsErased
from domain.handling import Handling
from domain.state import DirectiveState
from tests.support.builders import ISSUED
from tests.support.lives import lived

LIVES: Final = 1_000
BATCHES: Final = 8
ORIGIN: Final = "directives/random"
Row = dict[str, Any]


@dataclass
class Written:
    """One directive as its rows."""

    stream: str
    events: list[Row] = field(default_factory=list)
    words: dict[Any, Words] = field(default_factory=dict)
    answers: dict[str, Known] = field(default_factory=dict)
    people: People = field(default_factory=dict)
    hash: bytes = GENESIS
    state: DirectiveState | None = None

    def write(self, handling: Handling) -> None:
        """What ``activities.journal.write`` does, without a database."""
        for event in handling.events:
            one = link(event, self.hash, self.people)
            row = {"version": event.version, "event_id": event.event_id, "type": event.data.type}
            row |= {"schema": event.data.schema_version, "at": event.at, "command_id": event.command_id}
            self.events.append({**row, "body": one.body, "prev_hash": one.prev_hash, "hash": one.hash})
            self.hash = one.hash
            self.words |= {word.id: word for word in one.words}
            for text in event.data.destroys():
                del self.words[text]
            if isinstance(event.data, WordsErased) and event.data.person is not None:
                del self.people[event.data.person]
        self.answers |= handling.answered
        self.state = handling.state

    def differences(self, entries: list[Row]) -> list[Difference]:
        """As on site."""
        events = [stored(row) for row in self.events]
        texts = {
            id_: {"key": word.key, "content": word.content, "hmac": word.hmac if word.person else None}
            for id_, word in self.words.items()
        }
        answers = [
            {"command_id": key, "outcome": known.outcome.model_dump_json(exclude_defaults=True)}
            for key, known in self.answers.items()
        ]
        _, state, problem = state_or_problem(events_of(events, texts))
        assert (problem, state) == (None, self.state)
        head = {"version": len(events), "hash": self.hash}
        return [
            *broken_chain(head, events),
            *differing_columns(self.stream, events),
            *differing_words(events, texts),
            *differing_commands(self.stream, events, answers),
            *differing_entries({row["version"]: row["hash"] for row in self.events}, entries, 0),
        ]

    def lines(self) -> Iterator[Row]:
        """As an export tells it."""
        yield {"kind": "head", "stream": self.stream, "version": len(self.events), "hash": self.hash.hex()}
        for id_, word in self.words.items():
            told = {"key": word.key.hex(), "content": word.content}
            yield {"kind": "text", "id": str(id_), "stream": self.stream, **told}
        for row in self.events:
            chain = {"prev_hash": row["prev_hash"].hex(), "hash": row["hash"].hex()}
            yield {"kind": "event", "stream": self.stream, "version": row["version"], **chain, "body": row["body"]}


def written(seed: int) -> Written:
    """One life, under a number of its own."""
    found: Written | None = None
    for _, handling in lived(seed, BATCHES, str(seed + 10)):
        found = found or Written(handling.stream)
        found.write(handling)
    assert found is not None
    return found


@pytest.mark.timeout(300)
def test_a_thousand_lives_raise_no_alarm() -> None:
    lives = [written(seed) for seed in range(LIVES)]
    key, tree, entries = SigningKey.generate("random"), Proving(), list[Row]()
    anchors = list[Opened]()
    # As they were committed: each round one event of every directive that has one left.
    for version in range(max(len(one.events) for one in lives)):
        for one in lives:
            if version < len(one.events):
                row = one.events[version]
                tree.append(leaf_hash(row["hash"]))
                place = {"seq": tree.size, "stream": one.stream, "version": row["version"]}
                entries.append({**place, "hash": row["hash"]})
        checkpoint = Checkpoint(ORIGIN, tree.size, tree.root(), ISSUED)
        note = sign(checkpoint.text(), key)
        anchors.append(Opened(f"{tree.size:012d}.checkpoint", note, checkpoint, key.verifier()))
    by_stream: dict[str, list[Row]] = {}
    for entry in entries:
        by_stream.setdefault(entry["stream"], []).append(entry)
    assert {one.stream: found for one in lives if (found := one.differences(by_stream[one.stream]))} == {}
    roots = {one.checkpoint.size: one.checkpoint.root for one in anchors}
    judged = judge(Anchors([key.verifier()], anchors), ORIGIN, roots, tree.size, lambda _: False)
    assert (judged.differences, judged.last) == ([], anchors[-1])
    export = Export(read_keys(key.verifier().text()), ())
    export.read(json.loads(json.dumps(line)) for line in told(lives, entries, anchors))
    assert (export.findings, export.order.size, len(export.streams)) == ([], len(entries), LIVES)
    assert export.order.anchored is not None
    assert export.order.anchored.size == len(entries)


def told(lives: list[Written], entries: list[Row], anchors: list[Opened]) -> Iterator[Row]:
    """The whole export."""
    header = {"origin": ORIGIN, "size": len(entries), "at": ISSUED.isoformat(), "streams": None}
    yield {"kind": "header", "format": "directives-record/1", **header}
    for one in anchors:
        yield {"kind": "checkpoint", "file": one.name, "note": one.note}
    for life in lives:
        yield from life.lines()
    for entry in entries:
        yield {"kind": "entry", **entry, "hash": entry["hash"].hex(), "recorded_at": ISSUED.isoformat()}
