"""Words of persons and names that may be destroyed: what stands for them afterwards, and what is there to destroy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from domain.event import Event
from domain.state import DirectiveState

_MARK: Final = "erased-"
_LETTERS: Final = 12
"""Of the text's id: enough that no two of one directive look the same."""


def placeholder(text: UUID) -> str:
    """What is read where the words or the name of that text stood."""
    return f"{_MARK}{text.hex[:_LETTERS]}"


def is_placeholder(name: str) -> bool:
    """Whether it stands for somebody whose name was destroyed: nobody acts under it."""
    rest = name.removeprefix(_MARK)
    return rest != name and len(rest) == _LETTERS and all(letter in "0123456789abcdef" for letter in rest)


@dataclass(frozen=True, slots=True)
class KeptWords:
    """What the journal holds of the words that a batch asks to have erased.

    ``versions``: those asked for whose events hold words, and the texts that are still there. ``persons``: of each name
    asked for its own text, and those of messages that were rejected and may name it. ``in_the_open``: the events that
    hold the name itself, from before names were kept apart.
    """

    versions: Mapping[int, tuple[UUID, ...]] = field(default_factory=dict)
    persons: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)
    in_the_open: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def without(self, events: Iterable[Event]) -> "KeptWords":
        """What is left when these have happened."""
        gone = {text for event in events for text in event.data.destroys()}
        if not gone:
            return self

        def left(texts: tuple[UUID, ...]) -> tuple[UUID, ...]:
            return tuple(one for one in texts if one not in gone)

        return replace(
            self,
            versions={version: left(texts) for version, texts in self.versions.items()},
            persons={name: left(texts) for name, texts in self.persons.items() if texts[0] not in gone},
        )


NOTHING_KEPT: Final = KeptWords()


def forget(state: DirectiveState, person: str, stand_in: str) -> None:
    """Put ``stand_in`` wherever the state names the person."""

    def after(name: str) -> str:
        return stand_in if name == person else name

    def perhaps(name: str | None) -> str | None:
        return None if name is None else after(name)

    if state.document.signed_by is not None:
        state.document = state.document.model_copy(update={"signed_by": after(state.document.signed_by)})
    state.delegations = [
        one.model_copy(update={"principal": after(one.principal), "delegate": after(one.delegate)})
        for one in state.delegations
    ]
    for assignment in state.assignments.values():
        assignment.officer = perhaps(assignment.officer)
        for report in assignment.reports:
            report.submitted_by = after(report.submitted_by)
            report.approved_by, report.accepted_by = perhaps(report.approved_by), perhaps(report.accepted_by)
            report.persons = [after(name) for name in report.persons]
