"""The journal's side of the story, and the comparison of the two: one command after the other."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

import asyncpg

from activities.describing import counts, outcome_json
from activities.journal.chain import GENESIS, chained
from activities.journal.read import known_commands, load_events
from activities.journal.rows import assignment_row, directive_row, handover_rows, receipt_rows
from domain.alarms import next_alarm
from domain.arrival import Known
from domain.canonical import canonical, digest
from domain.commands.record_delivery import NoticeGivenUp, ReceiptDelivered
from domain.event import Event
from domain.fold import fold
from domain.rejection import CommandRejected
from domain.state import DirectiveState
from tests.acceptance.faults.ledger import Entry, Ledger
from tests.support.service import Json

OF_DISPATCHER: Final = (ReceiptDelivered, NoticeGivenUp)
"""Told by the service itself, which keeps no ledger."""
READ_MODELS: Final = {
    "directives": "SELECT * FROM directives WHERE stream = $1",
    "assignments": "SELECT * FROM assignments WHERE stream = $1",
    "handovers": "SELECT * FROM handovers WHERE stream = $1",
    "receipts": "SELECT * FROM receipts WHERE stream = $1",
}


@dataclass(frozen=True)
class Journal:
    """One stream, wholly read."""

    stream: str
    rows: Sequence[asyncpg.Record]
    head: asyncpg.Record | None
    events: Sequence[Event]
    commands: dict[str, Known]
    read_models: dict[str, list[Json]]

    @classmethod
    async def read(cls, pool: asyncpg.Pool, stream: str) -> Self:
        async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            ids = await connection.fetch("SELECT command_id FROM commands WHERE stream = $1", stream)
            return cls(
                stream=stream,
                rows=await connection.fetch("SELECT * FROM events WHERE stream = $1 ORDER BY version", stream),
                head=await connection.fetchrow("SELECT * FROM streams WHERE stream = $1", stream),
                events=await load_events(connection, stream),
                commands=await known_commands(connection, stream, [row["command_id"] for row in ids]),
                read_models={
                    table: [dict(row) for row in await connection.fetch(query, stream)]
                    for table, query in READ_MODELS.items()
                },
            )

    @property
    def state(self) -> DirectiveState:
        """The fold."""
        state = fold(self.events)
        assert state is not None, self.stream
        return state

    def faults(self) -> Iterator[str]:
        """What is wrong with the journal by itself."""
        yield from self._faults_of_chain()
        for name, fold_of_it in self._expected_read_models().items():
            found = [_plain(row, next(iter(fold_of_it), row)) for row in self.read_models[name]]
            if sorted(found, key=str) != sorted(fold_of_it, key=str):
                yield f"{name}: {found} where the fold says {fold_of_it}"

    def _faults_of_chain(self) -> Iterator[str]:
        prev_hash = GENESIS
        for version, (row, event) in enumerate(zip(self.rows, self.events, strict=True), start=1):
            if row["version"] != version:
                yield f"version {row['version']} where {version} was expected"
            if bytes(row["prev_hash"]) != prev_hash or bytes(row["hash"]) != chained(prev_hash, row["body"]):
                yield f"version {version}: the chain is broken"
            prev_hash = bytes(row["hash"])
            columns = (row["version"], row["event_id"], row["type"], row["at"], row["command_id"])
            if columns != (event.version, event.event_id, event.data.type, event.at, event.command_id):
                yield f"version {version}: columns {columns} say other than the body"
        if self.head is None or (self.head["version"], bytes(self.head["hash"])) != (len(self.rows), prev_hash):
            yield f"the head {self.head} is not the last event"
        doubled = [key for key, times in Counter(row["event_id"] for row in self.rows).items() if times > 1]
        if doubled:
            yield f"event ids twice: {doubled}"

    def _expected_read_models(self) -> dict[str, list[Json]]:
        state = self.state
        return {
            "directives": [directive_row(state)],
            "assignments": [assignment_row(state, one) for one in state.assignments.values()],
            "handovers": list(handover_rows(state, state.assignments.keys())),
            "receipts": list(receipt_rows(state, state.receipts.keys())),
        }


@dataclass
class Reckoning:
    """What a ledger and a journal come to, side by side. All lists but the counts must be empty."""

    told: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    recorded: int = 0
    sent_again: int = 0

    def __str__(self) -> str:
        told = ", ".join(f"{what} {count}" for what, count in sorted(self.told.items()))
        sums = f"sent again {self.sent_again}; recorded {self.recorded}"
        return f"{told}; {sums}; lost {len(self.lost)}, doubled {len(self.doubled)}"

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.wrong)


def compare(ledger: Ledger, journal: Journal) -> Reckoning:
    """Every message of the ledger against the journal, and the journal against the ledger."""
    return _Comparison(ledger, journal).run()


class _Comparison:
    def __init__(self, ledger: Ledger, journal: Journal) -> None:
        self._ledger = ledger
        self._journal = journal
        self._result = Reckoning(recorded=len(journal.commands))
        self._sent: set[str] = set()
        self._anonymous = Counter(
            _mark_of(event)
            for event in journal.events
            if event.command_id not in {None, *_ids(ledger)} and not isinstance(event.data, OF_DISPATCHER)
        )

    def run(self) -> Reckoning:
        for entry in self._ledger.entries:
            self._result.told[entry.told] += max(1, len(entry.commands))
            self._result.sent_again += entry.tries - 1
            if entry.bears_ids:
                for index, command in enumerate(entry.commands):
                    self._named(entry, index, command)
            else:
                self._nameless(entry)
        self._events_of_commands()
        self._nobody_sent()
        return self._result

    def _named(self, entry: Entry, index: int, command: Json) -> None:
        key, known = self._find(command)
        self._sent.add(key)
        what = f"{entry.door} {command['type']} {key}"
        if known is None:
            if entry.told in ("answered", "accepted"):
                self._result.lost.append(what)
        elif entry.told == "turned away":
            self._result.wrong.append(f"{what}: turned away, but recorded")
        elif entry.told == "answered" and entry.answers[index] != outcome_json(known.outcome):
            self._result.wrong.append(f"{what}: told {entry.answers[index]}, recorded {outcome_json(known.outcome)}")

    def _find(self, command: Json) -> tuple[str, Known | None]:
        """Under its id; or, where that id was taken by other content, under id and digest."""
        own = digest(canonical(command))
        known = self._journal.commands.get(command["command_id"])
        if known is not None and known.digest == own:
            return command["command_id"], known
        reused = f"{command['command_id']}#{own}"
        return reused, self._journal.commands.get(reused)

    def _nameless(self, entry: Entry) -> None:
        marks = [hashlib.sha256(entry.payloads[0]).hexdigest(), *(one["text"] for one in entry.commands)]
        times = sum(self._anonymous.pop(mark, 0) for mark in marks)
        what = f"{entry.door} {entry.name} {entry.payloads[0][:80]!r}"
        if times > 1:
            self._result.doubled.append(f"{what}: {times} times")
        if times == 0 and entry.told in ("answered", "accepted"):
            self._result.lost.append(what)
        if times and entry.told == "turned away":
            self._result.wrong.append(f"{what}: turned away, but recorded")

    def _events_of_commands(self) -> None:
        """Every command brought about exactly the events that its outcome names."""
        happened = Counter(
            (event.command_id, event.version, event.event_id) for event in self._journal.events if event.command_id
        )
        named = Counter(
            (known.outcome.command_id, event.version, event.event_id)
            for known in self._journal.commands.values()
            for event in known.outcome.events
        )
        self._result.doubled += [f"event of no outcome: {one}" for one in happened - named]
        self._result.lost += [f"outcome names an event that is not there: {one}" for one in named - happened]

    def _nobody_sent(self) -> None:
        self._result.wrong += [f"nobody sent {mark}" for mark in self._anonymous]
        ids = _ids(self._ledger)
        for key, known in self._journal.commands.items():
            if known.outcome.command_id in ids and key not in self._sent:
                self._result.wrong.append(f"nobody sent {key}")


def _ids(ledger: Ledger) -> set[str]:
    return {one["command_id"] for entry in ledger.entries for one in entry.commands if one.get("command_id")}


def _mark_of(event: Event) -> str:
    if isinstance(event.data, CommandRejected):
        return event.data.trace.sha256
    return getattr(event.data, "text", None) or f"{event.data.type} {event.command_id}"


def _plain(row: Json, like: Json) -> Json:
    """A row of a table in the form that ``activities.journal.rows`` gives it."""
    return {key: _value(row[key]) for key in like}


def _value(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return json.loads(value) if isinstance(value, str) and value[:1] in "{[" and value else value


def described(state: DirectiveState) -> Json:
    """What the query has to tell."""
    alarm = next_alarm(state)
    return {
        "version": state.version,
        "phase": state.phase,
        "counts": counts(state),
        "next_alarm": alarm.isoformat().replace("+00:00", "Z") if alarm else None,
    }
