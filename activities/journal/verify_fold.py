"""The state that stored events come to, as far as they can be read."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from activities.journal.erasable import put_back, stand_ins
from activities.journal.verify_chain import Row, Stored
from activities.journal.verify_words import erased_by
from domain.event import Event
from domain.events import UnknownEventError, read_event
from domain.fold import BrokenStreamError, fold
from domain.state import DirectiveState

_UNREADABLE: Final = (
    AttributeError, BrokenStreamError, LookupError, RecursionError, TypeError, UnknownEventError, ValueError,
)  # fmt: skip
"""What a body that is not as we write it may lead to."""


def events_of(rows: Sequence[Stored], texts: Mapping[UUID, Row]) -> Iterator[Event]:
    """The events, words put back. Raises what a body that is not as we write it leads to."""
    # Words that are gone without an event by which they went are told of elsewhere.
    contents: dict[UUID, str] = defaultdict(lambda: "–", {name: row["content"] for name, row in texts.items()})
    contents |= stand_ins(text for one in rows for text in erased_by(one))
    for one in rows:
        envelope = json.loads(one.row["body"])
        put_back(envelope, contents)
        yield read_event(envelope)


def state_or_problem(events: Iterable[Event]) -> tuple[list[Event], DirectiveState | None, str | None]:
    """The events and their fold, or why there is none."""
    try:
        read = list(events)
        return read, fold(read), None
    except _UNREADABLE as error:
        return [], None, f"{type(error).__name__}: {error}"
