"""What is asked: as of when, of which assignments, counted by what."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Final, Literal, Self

GROUPINGS: Final = ("unit", "group", "issuer", "field", "urgency", "kind", "signer", "month")
By = Literal["unit", "group", "issuer", "field", "urgency", "kind", "signer", "month"]
Cohort = Literal["assigned", "due", "all"]
ROLES: Final = ("lead", "support")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Only what counts under these keys; ``stream``: of one directive alone. None: all."""

    unit: str | None = None
    group: str | None = None
    issuer: str | None = None
    field: str | None = None
    urgency: str | None = None
    kind: str | None = None
    signer: str | None = None
    month: str | None = None
    stream: str | None = None

    def said(self) -> dict[str, str]:
        """What there is of it."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name)) is not None}


EVERYTHING: Final = Narrowed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """``at``: now where it is None. ``since``, ``until``: the days of the cohort, both included.

    ``originally``: against the first deadlines.
    """

    at: datetime | None = None
    by: By = "unit"
    cohort: Cohort = "all"
    since: date | None = None
    until: date | None = None
    originally: bool = False
    narrowed: Narrowed = EVERYTHING

    def arguments(self) -> tuple[Any, ...]:
        """As ``figures_counted.sql`` wants them."""
        only = tuple(getattr(self.narrowed, one.name) for one in fields(self.narrowed))
        return self.at, self.originally, self.by, self.cohort, self.since, self.until, *only

    def of_any_holder(self) -> Self:
        """The same, whoever holds it."""
        return replace(self, narrowed=replace(self.narrowed, unit=None, group=None))

    def of_any_day(self) -> Self:
        """The same of all days."""
        return replace(self, cohort="all")
