"""What an office issues: document, obligations, units, and the calendar and policy they are reckoned by."""

from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from domain.base import CLEAN, AssignmentId, Fact, Item, Sha256, UnitId, Word
from domain.calendar import Calendar
from domain.canonical import canonical, digest
from domain.deadline import Deadline, NoDeadline
from domain.delegation import Delegation
from domain.document import Document, StreamId
from domain.imported import Imported
from domain.policy import DAYS_OF_THE_FIRST_RELEASE, Policy

EVERY_COMMUNE = 10_500
"""Room for every commune of the country in one directive."""


Email = Annotated[str, StringConstraints(pattern=r"^([^\s@]+@[^\s@]+)?$", max_length=254), CLEAN]
"""An address, or nothing."""


class Unit(Fact):
    """One entry of the extract of the directory that the directive needs. ``email``: where it is told."""

    id: UnitId
    name: Word
    short_name: Annotated[str, StringConstraints(max_length=100), CLEAN] = ""
    kind: Annotated[str, StringConstraints(max_length=40), CLEAN] = ""
    parent: UnitId | None = None
    email: Email = ""


class Directory(Fact):
    """Which edition of the directory the extract was taken from, and the extract; who acts for whom."""

    version: Word
    sha256: Sha256
    units: list[Unit] = Field(min_length=1, max_length=2 * EVERY_COMMUNE)
    delegations: list[Delegation] = Field(default_factory=list, max_length=1_000)


class Under(Fact):
    """The assignment of another directive that a directive is issued under."""

    stream: StreamId
    assignment: AssignmentId


class Obligation(Fact):
    """One numbered task.

    Mode ``each``: every unit of ``lead`` leads its own; mode ``joint``: one lead, the others support (Decree 30/2020
    art. 24: the leader states who leads, who takes part, by when).
    """

    item: Item
    text: Annotated[str, StringConstraints(min_length=1, max_length=20_000), CLEAN]
    mode: Literal["each", "joint"]
    lead: list[UnitId] = Field(min_length=1, max_length=EVERY_COMMUNE)
    support: list[UnitId] = Field(default_factory=list, max_length=EVERY_COMMUNE)
    deadline: Deadline = NoDeadline()

    @model_validator(mode="after")
    def _one_holder_once(self) -> Self:
        if self.mode == "joint" and len(self.lead) != 1:
            raise PydanticCustomError("joint_lead", "a joint obligation has exactly one lead")
        if self.mode == "each" and self.support:
            raise PydanticCustomError("each_support", "in mode each every unit leads its own: no unit supports")
        holders = [*self.lead, *self.support]
        if len(set(holders)) != len(holders):
            raise PydanticCustomError("unit_twice", "a unit stands twice in one obligation")
        return self


_WHERE_IT_STOOD: Final[dict[str, Any]] = {"imported": {"file": True, "sha256": True, "lines": {"__all__": {"line"}}}}
"""A list that was corrected elsewhere, and is imported again, says the same of this paper."""


class Directive(Fact):
    """The content of an issue. Its digest decides whether a second issue is the same one.

    ``imported``: how it stood already when it was taken over from paper. ``under``: the assignment that it serves.
    """

    document: Document
    obligations: list[Obligation] = Field(min_length=1, max_length=500)
    informed: list[UnitId] = Field(default_factory=list, max_length=EVERY_COMMUNE)
    directory: Directory
    calendar: Calendar = Calendar()
    policy: Policy = Policy()
    imported: Imported | None = None
    under: Under | None = None

    @model_validator(mode="after")
    def _items_differ(self) -> Self:
        items = [obligation.item for obligation in self.obligations]
        if len(set(items)) != len(items):
            raise PydanticCustomError("item_twice", "two obligations bear the same item number")
        return self

    def sha256(self) -> Sha256:
        """Digest of the content; what is left at its default does not count, so that new fields change none."""
        content = self.model_dump(mode="json", exclude_defaults=True, exclude=_WHERE_IT_STOOD)
        policy = content.get("policy", {})
        if policy.get("remind_working_days_before") == DAYS_OF_THE_FIRST_RELEASE:
            # Then it was the default; who issues the same file again has to be known again.
            del policy["remind_working_days_before"]
        if policy == {}:
            content.pop("policy", None)
        return digest(canonical(content))
