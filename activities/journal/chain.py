"""How an event becomes bytes, and how each is chained to the one before.

``hash = SHA-256(prev_hash || body)``. ``body`` is the canonical JSON of the envelope; before version 1 stand 32 zero
bytes. Bytes are kept as first written: what reads them never writes them again.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from activities.journal.erasable import People, Words, take_out
from domain.canonical import canonical
from domain.event import Event

GENESIS: Final = bytes(32)


@dataclass(frozen=True, slots=True)
class Link:
    """An event ready to be written, with the words taken out of it."""

    event: Event
    body: str
    prev_hash: bytes
    hash: bytes
    words: list[Words]


def link(event: Event, prev_hash: bytes, people: People) -> Link:
    """Chain the event to its predecessor. ``people``: whose names are kept already; it is brought up to date."""
    envelope = event.envelope()
    words = take_out(envelope, type(event.data), event.event_id, people)
    body = canonical(envelope).decode()
    return Link(event, body, prev_hash, chained(prev_hash, body), words)


def chained(prev_hash: bytes, body: str) -> bytes:
    """The hash of a body behind its predecessor's."""
    return hashlib.sha256(prev_hash + body.encode()).digest()
