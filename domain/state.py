"""What a directive is at one moment: exactly the fold of its events."""

from datetime import date, datetime
from typing import Literal, Self

from pydantic import Field

from domain.base import Person, Record
from domain.calendar import Calendar
from domain.deadline import Deadline
from domain.directive import Unit
from domain.document import Document
from domain.policy import Policy

Status = Literal["open", "with_head", "sent_back", "with_issuer", "returned", "accepted"]
HELD_BY_ISSUER: frozenset[Status] = frozenset({"with_issuer", "accepted"})


class Report(Record):
    """One completion report. ``left_unit_at``: when it left the unit; the finish, if it is accepted (FIGURES)."""

    number: int
    submitted_by: Person
    submitted_at: datetime
    approved_by: Person | None = None
    left_unit_at: datetime | None = None
    sent_back_at: datetime | None = None
    returned_at: datetime | None = None
    accepted_at: datetime | None = None


class Assignment(Record):
    """An obligation held by a unit. ``deadlines`` keeps every instant ever set; the last one counts."""

    id: str
    item: str
    unit: str
    role: Literal["lead", "support"]
    assigned_on: date
    touched_at: datetime
    status: Status = "open"
    percent: int | None = None
    deadlines: list[datetime | None] = Field(default_factory=list)
    remind_at: datetime | None = None
    reminded_for: datetime | None = None
    passed_for: datetime | None = None
    reports: list[Report] = Field(default_factory=list)

    @property
    def deadline(self) -> datetime | None:
        """The instant by which it is owed now."""
        return self.deadlines[-1] if self.deadlines else None

    @property
    def owed(self) -> bool:
        """Whether the issuer has not yet accepted it."""
        return self.status != "accepted"

    def copied(self) -> Self:
        """A copy that shares nothing changeable."""
        reports = [report.model_copy() for report in self.reports]
        return self.model_copy(update={"deadlines": [*self.deadlines], "reports": reports})


class Receipt(Record):
    """Unit × directive × revision: what is known of its having received."""

    unit: str
    purpose: Literal["act", "inform"]
    revision: int
    sent_at: datetime
    touched_at: datetime
    delivered_at: datetime | None = None
    acknowledge_by: datetime | None = None
    acknowledged_at: datetime | None = None
    refused_at: datetime | None = None
    gave_up_at: datetime | None = None
    passed_for: datetime | None = None


class Obligation(Record):
    """A numbered task of the directive, without its holders (they are assignments)."""

    item: str
    text: str
    mode: Literal["each", "joint"]
    deadline: Deadline


class DirectiveState(Record):
    """The whole. Keys: item, assignment id, unit id. ``version`` counts events.

    ``holdings``: unit to the ids of its assignments, so that a command of one among thousands need not search them all.
    """

    stream: str
    version: int
    content_sha256: str
    document: Document
    obligations: dict[str, Obligation]
    assignments: dict[str, Assignment]
    holdings: dict[str, list[str]]
    receipts: dict[str, Receipt]
    units: dict[str, Unit]
    calendar: Calendar
    policy: Policy
    revision: int
    issued_at: datetime
    touched_at: datetime
    closed_at: datetime | None = None
    rejections_on: date | None = None
    rejections: int = 0

    @property
    def phase(self) -> Literal["in_force", "closed"]:
        """Where in its life the directive stands."""
        return "in_force" if self.closed_at is None else "closed"

    def copied(self) -> Self:
        """A copy to try something on. Quicker than a deep one by far: what no event changes is shared."""
        return self.model_copy(
            update={
                "obligations": {key: one.model_copy() for key, one in self.obligations.items()},
                "assignments": {key: one.copied() for key, one in self.assignments.items()},
                "holdings": {key: [*ids] for key, ids in self.holdings.items()},
                "receipts": {key: one.model_copy() for key, one in self.receipts.items()},
            }
        )
