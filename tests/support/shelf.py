"""What the journal would hold of a directive's events: bodies, and the words and names that are kept apart."""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from activities.journal.chain import GENESIS, Link, link
from activities.journal.erasable import (
    People,
    erased_in,
    names_referred_to,
    put_back,
    references,
    stand_ins,
)
from domain.arrival import Parcel
from domain.commands.erase import Erase, WordsErased
from domain.erasure import NOTHING_KEPT, KeptWords
from domain.event import Event
from domain.events import EVENTS, read_event
from domain.rejection import CommandRejected


class Shelf:
    """Everything as ``handle`` would have written it, batch or no batch."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.links: list[Link] = []
        self.texts: dict[UUID, str] = {}
        self._people: People = {}
        for event in events:
            self._add(event)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """The stored envelopes."""
        return [json.loads(one.body) for one in self.links]

    def read(self) -> list[Event]:
        """The events as somebody reads them who was not there. Raises KeyError where words are missing."""
        bodies = self.bodies
        contents = stand_ins(erased_in(bodies)) | self.texts
        for one in bodies:
            put_back(one, contents)
        return [read_event(one) for one in bodies]

    def kept(self) -> KeptWords:
        """What there is to destroy."""
        versions = {}
        for one in self.bodies:
            words = references(one).keys() - names_referred_to(one, EVENTS[one["type"]])
            if words:
                versions[one["version"]] = tuple(sorted(words & self.texts.keys()))
        return KeptWords(versions=versions, persons={name: self._of(name) for name in self._people})

    def _of(self, name: str) -> tuple[UUID, ...]:
        rejected = [one for one in self.links if isinstance(one.event.data, CommandRejected)]
        said = [
            word.id
            for one in rejected
            for word in one.words
            if word.id in self.texts and not word.person and self._names(one, name)
        ]
        return (UUID(self._people[name]["$text"]), *said)

    def _names(self, one: Link, name: str) -> bool:
        data = one.event.data
        return isinstance(data, CommandRejected) and (data.may_name(name) or name in one.event.persons)

    def _add(self, event: Event) -> None:
        before = self.links[-1].hash if self.links else GENESIS
        self.links.append(link(event, before, self._people))
        self.texts |= {word.id: word.content for word in self.links[-1].words}
        for text in event.data.destroys():
            del self.texts[text]
        if isinstance(event.data, WordsErased) and event.data.person is not None:
            del self._people[event.data.person]


def kept_for(parcels: Iterable[Parcel], events: Sequence[Event]) -> KeptWords:
    """What there is to destroy after these events, where somebody asks for it."""
    asks = any(isinstance(one.command, Erase) for parcel in parcels for one in parcel.arrivals)
    return Shelf(events).kept() if asks else NOTHING_KEPT
