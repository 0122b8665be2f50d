"""What an issuer lays down beside the law. Data in the directive's events, with version and digest."""

from datetime import time
from typing import Final, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from domain.base import Day, Fact, Hour, Sha256, UnitId, Word
from domain.canonical import canonical, digest
from domain.ladder import Escalation, Ladder

FIRST_RULES: Final = frozenset(
    {
        "id", "version", "acknowledge_working_days", "acknowledge_hours_urgent", "remind_working_days_before",
        "remind_at", "linger_days", "rejections_per_day",
    }
)  # fmt: skip

DAYS_OF_THE_FIRST_RELEASE: Final = 3
"""What ``remind_working_days_before`` was where nothing was said."""

ASSUMED: Final = "Assumed"
"""How a description begins that names no source."""


class Policy(Fact):
    """One document for each issuer. Every description names the source of the default, or says that it is assumed.

    Units: working days, hours and calendar days as the names say; hours of the day are local time.
    """

    id: Word = Field(default="assumed", description="Assumed: what the document is called")
    version: Word = Field(default="1", description="Assumed: which edition of it")
    issuer: UnitId | None = Field(default=None, description="Assumed: whose it is; none: anybody's")
    dated: Day | None = Field(default=None, description="Assumed: the day of the document")

    acknowledge_working_days: int = Field(
        default=1, ge=0, le=30, description="Decree 30/2020/NĐ-CP art. 21.2: the same day; alarmed a working day later"
    )
    acknowledge_hours_urgent: int = Field(
        default=4, ge=1, le=240, description="Assumed; Decree 30/2020/NĐ-CP art. 4.2c: urgent ones are handled at once"
    )
    answer_working_days: int = Field(default=5, ge=1, le=60, description="Assumed: for the issuer to answer a report")
    review_days: int = Field(
        default=30, ge=1, le=366, description="Assumed: calendar days after which what has no deadline is looked at"
    )

    ladder: Ladder = Field(
        default=Ladder(rungs=[-7, -3, -1, 0, 1, 3]), description="Assumed: around the deadline of the work"
    )
    acknowledge_ladder: Ladder = Field(
        default=Ladder(rungs=[1, 3]), description="Assumed: after the time to acknowledge is over"
    )
    answer_ladder: Ladder = Field(
        default=Ladder(rungs=[1, 3]), description="Assumed: after the issuer's own time to answer a report"
    )
    escalation: list[Escalation] = Field(
        default=[
            Escalation(priority=0, officer=-7, unit_head=-3, tracker=1, head_of_office=3, chairman=13),
            Escalation(priority=1, officer=-7, unit_head=-7, tracker=0, head_of_office=1, chairman=3),
        ],
        max_length=4,
        description="Assumed: from which rung on each level is told, by urgency",
    )
    remind_at: Hour = Field(default=time(8), description="Assumed: the hour of a rung")
    remind_working_days_before: int | None = Field(
        default=None, ge=0, le=60, description="Assumed: of the first release, the only reminder before the deadline"
    )
    quiet_below_priority: int = Field(
        default=1, ge=0, le=4, description="Assumed: notices of less urgent directives wait for working hours"
    )

    extensions_most: int = Field(default=2, ge=0, le=20, description="Assumed: granted to one assignment")
    extension_grace_days: int = Field(
        default=0, ge=0, le=365, description="Assumed: after the deadline, to ask for one"
    )
    extension_longest_days: int = Field(
        default=90, ge=1, le=3650, description="Assumed: beyond the deadline that it moves"
    )
    recall_working_days: int = Field(
        default=3, ge=0, le=60, description="Assumed: to answer a recall; then it counts as agreed"
    )
    explain_late: bool = Field(
        default=True, description="Assumed: the late are asked why, and a late report is accepted only after that"
    )
    explanation_working_days: int = Field(
        default=3, ge=0, le=60, description="Assumed: to explain, where the demand names no day"
    )
    time_correction_days: int = Field(
        default=30, ge=1, le=365, description="Assumed: how far back a recorded time may be put"
    )
    linger_days: int = Field(default=7, ge=0, le=365, description="Assumed: how long a closed directive's run stays")
    rejections_per_day: int = Field(
        default=100, ge=1, le=10_000, description="Assumed: recorded; further ones are answered only"
    )

    @model_validator(mode="after")
    def _one_row_for_each_urgency(self) -> Self:
        priorities = [one.priority for one in self.escalation]
        if len(set(priorities)) != len(priorities):
            raise PydanticCustomError("escalation_twice", "two rows of the escalation are for the same urgency")
        return self

    @property
    def work_ladder(self) -> Ladder:
        """The ladder of the work: that of the first release where a directive was issued under it."""
        if self.remind_working_days_before is None:
            return self.ladder
        return Ladder(rungs=[-self.remind_working_days_before, 1], then_every=0)

    def sha256(self) -> Sha256:
        """Digest of the content, by which an event names the policy that it was decided under.

        Rules that came after the first release count only where they differ from the default: a policy that was
        written before them keeps its digest.
        """
        content = self.model_dump(mode="json")
        added = {name for name in content.keys() - FIRST_RULES if getattr(self, name) == _default(name)}
        return digest(canonical({name: value for name, value in content.items() if name not in added}))


def _default(name: str) -> object:
    return Policy.model_fields[name].default
