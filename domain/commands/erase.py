"""erase (xóa lời văn, họ tên): words or a person's name are destroyed on a legal ground; the record stays whole."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, ClassVar, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from domain.actor import Role
from domain.base import CLEAN, Person
from domain.command import Command
from domain.document import Reference
from domain.erasure import KeptWords, forget, placeholder
from domain.event import EVERYTHING, Concern, Event, EventData
from domain.refusal import Code, Refused
from domain.rejection import CommandRejected
from domain.state import PHASES, DirectiveState

MOST_ERASED = 100
"""Events whose words one command destroys."""

Ground = Annotated[str, StringConstraints(min_length=1, max_length=500), CLEAN]
"""Provision and decision by which words are destroyed. It stays in the event itself, for everybody to read."""


class WordsErased(EventData):
    """The words of these versions, one person's name in the whole directive, are gone, with the keys to them.

    ``texts``: what was destroyed; of a person the name first, then what may hold it. ``person``: once the name is gone,
    this too reads as what stands in its place.
    """

    type: Literal["WordsErased"] = "WordsErased"
    versions: list[int]
    person: Person | None
    texts: list[UUID]
    ground: Ground
    document: Reference

    moves_figures: ClassVar = False

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """Of words the state holds none."""
        if self.person is not None:
            forget(state, self.person, placeholder(self.texts[0]))

    def concerns(self) -> Concern:
        """A person may stand anywhere."""
        return EVERYTHING if self.person is not None else Concern()

    def destroys(self) -> Sequence[UUID]:
        """All that it names."""
        return self.texts


class Erase(Command):
    """From the records officer, by a document. ``version``: of the events whose words go; ``person``: whose name goes.

    ``ground``: the provision of law, a text that stays public.
    """

    type: Literal["erase"]
    version: list[Annotated[int, Field(ge=1)]] = Field(default_factory=list, max_length=MOST_ERASED)
    person: Person | None = None
    ground: Ground
    document: Reference

    roles: ClassVar = (Role.RECORDS_OFFICER,)
    phases: ClassVar = PHASES

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not self.version and self.person is None:
            raise PydanticCustomError("nothing_to_erase", "name versions, or a person, or both")
        return self

    def not_before(self, state: DirectiveState) -> datetime:
        """After all that it takes words from."""
        return state.touched_at

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Not by the state alone: it does not know the words."""
        raise AssertionError(f"{state.stream}: erased without a look at the words, {at}")

    def erase(self, state: DirectiveState, kept: KeptWords) -> Sequence[EventData]:
        """``kept``: what is there to destroy. Raises ``Refused``."""
        of_person = [] if self.person is None else _texts_of(self.person, kept)
        return [
            WordsErased(
                versions=sorted(set(self.version)),
                person=self.person,
                texts=list(dict.fromkeys([*of_person, *self._texts(state, kept)])),
                ground=self.ground,
                document=self.document,
            )
        ]

    def _texts(self, state: DirectiveState, kept: KeptWords) -> list[UUID]:
        versions = sorted(set(self.version))
        _refuse(Code.UNKNOWN_VERSION, [one for one in versions if one > state.version])
        _refuse(Code.NO_WORDS, [one for one in versions if one not in kept.versions])
        _refuse(Code.ALREADY_ERASED, [one for one in versions if not kept.versions[one]])
        return [text for one in versions for text in kept.versions[one]]


def hushed(events: Sequence[Event]) -> list[Event]:
    """The events of a batch, without what a rejected message says of a person whose name is destroyed after it."""
    kept = list(events)
    for index, event in enumerate(events):
        person = event.data.person if isinstance(event.data, WordsErased) else None
        if person is not None:
            kept[:index] = [_hushed(one, person) for one in kept[:index]]
    return kept


def _hushed(event: Event, person: str) -> Event:
    data = event.data
    if not isinstance(data, CommandRejected) or not data.may_name(person):
        return event
    silent = data.trace.model_copy(update={"excerpt": ""})
    return event.model_copy(update={"data": data.model_copy(update={"trace": silent})})


def _texts_of(person: str, kept: KeptWords) -> list[UUID]:
    # The name is told to nobody: whoever asks again for one that was erased must not bring it back by the refusal.
    _refuse(Code.NAME_IN_THE_OPEN, list(kept.in_the_open.get(person, ())))
    if person not in kept.persons:
        raise Refused(Code.UNKNOWN_PERSON)
    return list(kept.persons[person])


def _refuse(code: Code, versions: Sequence[int]) -> None:
    if versions:
        raise Refused(code, versions=", ".join(str(one) for one in versions))
