"""The words that are kept apart, against the keyed digests that stand for them in the events."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from activities.journal.difference import Difference
from activities.journal.erasable import erased_in, references, seal
from activities.journal.verify_chain import Row, Stored


def differing_words(events: Sequence[Stored], texts: Mapping[UUID, Row]) -> Iterator[Difference]:
    """Altered, missing without an event by which they were destroyed, or still there in spite of one."""
    erased = {text for one in events for text in erased_by(one)}
    seen: set[tuple[UUID, str]] = set()
    for one in events:
        for text, hmac in _references(one.envelope).items():
            # A person's name stands behind one text in many events: what is wrong with it is told once.
            if (text, hmac) not in seen:
                seen.add((text, hmac))
                yield from _differing(one.version, texts.get(text), hmac, destroyed=text in erased)


def erased_by(event: Stored) -> set[UUID]:
    """The texts which the event says were destroyed."""
    try:
        return erased_in([event.envelope] if event.envelope else [])
    except (AttributeError, KeyError, TypeError, ValueError):
        # Not as we write it: its hash does not agree either, and neither does the fold.
        return set()


def _differing(version: int, row: Row | None, hmac: str, *, destroyed: bool) -> Iterator[Difference]:
    if row is None:
        if not destroyed:
            yield Difference("words_missing", version)
    elif destroyed:
        yield Difference("words_kept", version)
    elif seal(row["key"], row["content"]) != hmac or row["hmac"] not in (None, hmac):
        # The second is what the next event would name a person by.
        yield Difference("words", version)


def _references(envelope: dict[str, Any] | None) -> dict[UUID, str]:
    try:
        return references(envelope) if envelope else {}
    except (AttributeError, KeyError, TypeError, ValueError):
        # As above.
        return {}
