"""correct (đính chính): an error of form is put right. Decree 30/2020 art. 18.3.

No new revision, no new clock, no new acknowledgement: nobody owes anything else than before.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from domain.actor import Role
from domain.base import CLEAN, Fact, Item, Narrative
from domain.command import Command
from domain.document import Reference
from domain.event import EVERYTHING, Concern, Event, EventData, Told
from domain.refusal import Code, Refused
from domain.state import DirectiveState

Subject = Annotated[str, StringConstraints(min_length=1, max_length=500), CLEAN]


class CorrectedText(Fact):
    """An obligation as it should have been worded."""

    item: Item
    text: Annotated[str, StringConstraints(min_length=1, max_length=20_000), CLEAN]


class DirectiveCorrected(EventData):
    """``document``: the letter that corrects. Only what is given changes."""

    type: Literal["DirectiveCorrected"] = "DirectiveCorrected"
    document: Reference
    subject: Subject | None = None
    texts: list[CorrectedText]
    note: Narrative | None = None

    kinds: ClassVar = ("corrected",)
    moves_figures: ClassVar = False

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """The words change, nothing else."""
        if self.subject is not None:
            state.document = state.document.model_copy(update={"subject": self.subject})
        for one in self.texts:
            state.obligations[one.item].text = one.text

    def concerns(self) -> Concern:
        """The register shows the words."""
        return EVERYTHING

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """Every unit that has it."""
        return [
            Told("corrected", one.unit, None, (), self.note)
            for one in state.receipts.values()
            if one.released_at is None
        ]


class Correct(Command):
    """From a clerk or a leader of the issuer; also of a directive that is closed."""

    type: Literal["correct"]
    document: Reference
    subject: Subject | None = None
    texts: list[CorrectedText] = Field(default_factory=list, max_length=500)
    note: Narrative | None = None

    roles: ClassVar = (Role.CLERK, Role.LEADER)
    phases: ClassVar = frozenset({"in_force", "closed"})

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:  # noqa: ARG002 - same for all
        """Raises ``Refused``."""
        for one in self.texts:
            if one.item not in state.obligations:
                raise Refused(Code.UNKNOWN_ITEM, item=one.item)
        changed = [one for one in self.texts if one.text != state.obligations[one.item].text]
        subject = None if self.subject == state.document.subject else self.subject
        if subject is None and not changed:
            raise Refused(Code.NOTHING_CHANGED)
        return [DirectiveCorrected(document=self.document, subject=subject, texts=changed, note=self.note)]
