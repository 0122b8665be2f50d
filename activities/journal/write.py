"""Writing a batch: events, words, answers, notices and read models, in the caller's transaction."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from activities.journal.chain import GENESIS, Link, link
from activities.journal.erasable import People, names_of
from activities.journal.erasing import erase_copies, erase_texts
from activities.journal.link_rows import link_rows
from activities.journal.pool import Connection
from activities.journal.queries import query
from activities.journal.read import Head, fingerprint, known_people
from activities.journal.rows import assignment_row, directive_row, handover_rows, receipt_rows, touched
from activities.journal.span_rows import write_spans
from domain.alarms import next_deadline
from domain.commands.erase import WordsErased
from domain.event import Event
from domain.handling import Handling
from domain.notices import Notice, notices
from domain.relays import Relay
from domain.state import DirectiveState

SNAPSHOT_EVERY = 1_000
"""Events after which a fold is kept."""


async def write(connection: Connection, head: Head | None, handling: Handling, people: People) -> Head | None:
    """Append what the handling brought about; the new head. Nothing is written where nothing came of it.

    ``people``: those whose text is known; it is brought up to date.
    """
    state = handling.state
    if state is None or not (handling.events or handling.answered):
        return head
    if head and (named := names_of(handling.events) - people.keys()):
        people |= await known_people(connection, state.stream, named)
    links = _chain(handling.events, head.hash if head else GENESIS, people)
    new = Head(state.version, links[-1].hash if links else _hash(head))
    if head is None:
        await connection.execute(query("begin"), state.stream, new.version, new.hash)
    if links:
        await erase_texts(connection, state.stream, handling.events)
    await _append(connection, state, handling, links, new)
    if links:
        await erase_copies(connection, state, handling.events)
        await _project(connection, state, handling)
        await write_spans(connection, state.stream, handling.spans)
    if _crossed(head.version if head else 0, new.version):
        await connection.execute(
            query("save_snapshot"), state.stream, state.version, fingerprint(), state.model_dump_json()
        )
    return new


def _hash(head: Head | None) -> bytes:
    if head is None:
        raise AssertionError("a stream begins with an event")
    return head.hash


def _crossed(before: int, after: int) -> bool:
    return before // SNAPSHOT_EVERY != after // SNAPSHOT_EVERY


def _chain(events: Iterable[Event], prev_hash: bytes, people: People) -> list[Link]:
    links: list[Link] = []
    for event in events:
        links.append(link(event, prev_hash, people))
        prev_hash = links[-1].hash
        if isinstance(event.data, WordsErased) and event.data.person is not None:
            # Whoever comes back under that name is somebody new.
            del people[event.data.person]
    return links


async def _append(
    connection: Connection, state: DirectiveState, handling: Handling, links: Sequence[Link], head: Head
) -> None:
    events = [one.event for one in links]
    words = [word for one in links for word in one.words]
    answered = handling.answered
    await connection.execute(
        query("append"),
        handling.stream,
        [event.version for event in events],
        [event.event_id for event in events],
        [event.data.type for event in events],
        [event.data.schema_version for event in events],
        [event.at for event in events],
        [event.command_id for event in events],
        [one.body for one in links],
        [one.prev_hash for one in links],
        [one.hash for one in links],
        [word.id for word in words],
        [word.key for word in words],
        [word.content for word in words],
        json.dumps([_notice_row(state, notice) for notice in notices(state, events)]),
        list(answered),
        [bytes.fromhex(known.digest) for known in answered.values()],
        [known.outcome.model_dump_json(exclude_defaults=True) for known in answered.values()],
        json.dumps([_relay_row(state, relay) for relay in handling.relays]),
        json.dumps(list(link_rows(events))),
        [one.event.version for one in links for _ in one.words],
        [word.hmac if word.person else None for word in words],
        head.version,
        head.hash,
    )


def _notice_row(state: DirectiveState, notice: Notice) -> dict[str, Any]:
    return {
        **notice.model_dump(mode="json"),
        "address": state.units[notice.unit].email,
        "revision": state.revision,
        "created_at": state.touched_at.isoformat(),
    }


def _relay_row(state: DirectiveState, relay: Relay) -> dict[str, Any]:
    return {
        "id": str(relay.id),
        "target": relay.to,
        "command": relay.command,
        "created_at": state.touched_at.isoformat(),
    }


async def _project(connection: Connection, state: DirectiveState, handling: Handling) -> None:
    changed = touched(state, handling.events)
    if changed.everything:
        await connection.execute(query("project_directive"), json.dumps(directive_row(state)))
    await connection.execute(
        query("project_parts"),
        state.stream,
        json.dumps([assignment_row(state, state.assignments[one]) for one in sorted(changed.assignments)]),
        json.dumps(list(handover_rows(state, changed.assignments))),
        json.dumps(list(receipt_rows(state, changed.receipts))),
        state.version,
        state.phase,
        state.ended_at,
        handling.agenda.next_alarm(state),
        next_deadline(state),
        state.recall_answer_by,
    )
