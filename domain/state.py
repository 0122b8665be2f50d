"""What a directive is at one moment: exactly the fold of its events."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, Literal, Self

from pydantic import Field

from domain.base import Person, Record
from domain.calendar import Calendar
from domain.deadline import Deadline
from domain.delegation import Delegation
from domain.directive import Unit
from domain.document import Document, issuer_of
from domain.policy import Policy

Status = Literal[
    "open", "with_head", "sent_back", "with_issuer", "returned",
    "accepted",
    "waived", "withdrawn", "recalled", "superseded",
]  # fmt: skip
"""Of an assignment. Late, overdue, due soon, suspended, extended are no statuses: they are derived, or stand beside."""

WORKING: Final[frozenset[Status]] = frozenset({"open", "sent_back", "returned"})
"""The unit works on it."""
HELD_BY_UNIT: Final[frozenset[Status]] = WORKING | {"with_head"}
"""Its time is the unit's."""
OWED: Final[frozenset[Status]] = HELD_BY_UNIT | {"with_issuer"}
"""Not accepted, not released."""
HELD_BY_ISSUER: Final[frozenset[Status]] = frozenset({"with_issuer", "accepted"})
"""It has left the unit."""
RELEASED: Final[frozenset[Status]] = frozenset({"waived", "withdrawn", "recalled", "superseded"})
"""Not in force any more (FIGURES), counted apart: waived; refusal agreed; recall agreed; superseded or amended away."""

Phase = Literal["in_force", "recalling", "closed", "recalled", "superseded"]
ENDED: Final[frozenset[Phase]] = frozenset({"closed", "recalled", "superseded"})
PHASES: Final[frozenset[Phase]] = ENDED | {"in_force", "recalling"}
"""In which phases a command may be given is said by the command."""


class Report(Record):
    """One completion report. ``left_unit_at``: when it left the unit; the finish, if it is accepted (FIGURES).

    ``left_unit``: the unit that it left, which held the assignment then.

    ``rung``: the highest rung of the issuer's own ladder to answer it.

    ``persons``: everybody who had a part in it, principals included; none of them decides on it.
    """

    number: int
    submitted_by: Person
    submitted_at: datetime
    approved_by: Person | None = None
    persons: list[Person] = Field(default_factory=list)
    left_unit_at: datetime | None = None
    left_unit: str | None = None
    sent_back_at: datetime | None = None
    returned_at: datetime | None = None
    accepted_at: datetime | None = None
    accepted_by: Person | None = None
    rung: int | None = None

    def leave(self, unit: str, at: datetime) -> None:
        """It leaves that unit for the issuer."""
        self.left_unit_at, self.left_unit = at, unit


class Setting(Record):
    """One reckoned deadline. ``from_day``: where its clock started; None where the rule itself names the day."""

    instant: datetime
    rule: Deadline
    from_day: date | None
    set_at: datetime


class Extension(Record):
    """A request for more time. ``decided``: None while it waits; "lapsed" where its ground fell away."""

    number: int
    requested_at: datetime
    instant: datetime
    rule: Deadline
    decided: Literal["granted", "denied", "lapsed"] | None = None


class Explanation(Record):
    """Demanded from a late unit, with a deadline of its own."""

    number: int
    due: datetime
    given_at: datetime | None = None
    cause: str | None = None
    passed: bool = False


class Handover(Record):
    """An assignment passed from one unit to another.

    ``overdue``, ``overdue_originally``: it was when it was handed on; by its first deadline. ``group``: the kind of the
    unit before, when the work was assigned.
    """

    at: datetime
    before: str
    after: str
    overdue: bool
    cause: Literal["transfer", "refusal", "reorganisation"]
    overdue_originally: bool = False
    group: str = ""


class Child(Record):
    """A unit's own directive under an assignment. ``version``: of the child, when it told its standing."""

    stream: str
    version: int
    standing: Literal["in_time", "overdue", "done"]


class Assignment(Record):
    """An obligation held by a unit.

    ``assigned_on``: the date of the document that created it; ``created_at``: when that was recorded. ``settings``
    keeps every deadline ever set; the last one counts. ``passed``: those that went by. ``ladder_from``: rungs that lie
    before are not rung; ``rungs``: the highest one rung, for each deadline. ``occurrence``: of a recurring obligation,
    from 1.
    ``transfer_to``: the unit that the holder proposes. ``reopened``: acceptances taken back, but
    for those that were a slip.
    """

    id: str
    item: str
    unit: str
    role: Literal["lead", "support"]
    assigned_on: date
    created_at: datetime
    touched_at: datetime
    status: Status = "open"
    officer: Person | None = None
    percent: int | None = None
    occurrence: int | None = None
    settings: list[Setting] = Field(default_factory=list)
    passed: list[datetime] = Field(default_factory=list)
    rungs: dict[datetime, int] = Field(default_factory=dict)
    ladder_from: datetime | None = None
    reports: list[Report] = Field(default_factory=list)
    extensions: list[Extension] = Field(default_factory=list)
    explanations: list[Explanation] = Field(default_factory=list)
    handovers: list[Handover] = Field(default_factory=list)
    transfer_to: str | None = None
    transfer_requested_at: datetime | None = None
    suspended_at: datetime | None = None
    urged: int = 0
    escalated: int = 0
    reopened: int = 0
    times_corrected: int = 0
    released_at: datetime | None = None
    released_overdue: bool = False
    released_overdue_originally: bool = False
    imported_line: int | None = None
    children: dict[str, Child] = Field(default_factory=dict)

    @property
    def deadline(self) -> datetime | None:
        """The instant by which it is owed now."""
        return self.settings[-1].instant if self.settings else None

    @property
    def first_deadline(self) -> datetime | None:
        """The original one."""
        return self.settings[0].instant if self.settings else None

    @property
    def has_passed(self) -> bool:
        """Whether it has been recorded that the deadline went by."""
        return self.deadline in self.passed

    @property
    def owed(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.status in OWED

    @property
    def runs(self) -> bool:
        """Whether its clock runs: the unit holds it, and it is not suspended."""
        return self.status in HELD_BY_UNIT and self.suspended_at is None

    @property
    def pending_extension(self) -> Extension | None:
        """The request that waits for a decision."""
        last = self.extensions[-1] if self.extensions else None
        return last if last is not None and last.decided is None else None

    @property
    def pending_explanation(self) -> Explanation | None:
        """The explanation that is owed."""
        last = self.explanations[-1] if self.explanations else None
        return last if last is not None and last.given_at is None else None

    @property
    def own_children(self) -> list[Child]:
        """Directives of the unit itself under it: what an earlier holder issued is not the present one's to finish."""
        return [child for child in self.children.values() if issuer_of(child.stream) == self.unit]

    @property
    def held_until(self) -> datetime | None:
        """Since when its time is no longer the unit's (FIGURES, "held"); None while it is."""
        left = self.reports[-1].left_unit_at if self.status in HELD_BY_ISSUER and self.reports else None
        return min((instant for instant in (left, self.suspended_at) if instant is not None), default=None)

    @property
    def finish(self) -> datetime | None:
        """When the report that was accepted left the unit (FIGURES); None where none is."""
        return self.reports[-1].left_unit_at if self.status == "accepted" and self.reports else None

    @property
    def credited(self) -> str:
        """The unit whose row it counts in (FIGURES): the holder at its finish if it is done, else the present one."""
        finished_by = self.reports[-1].left_unit if self.finish is not None else None
        return finished_by or self.unit

    @property
    def judged_by(self) -> datetime | None:
        """The deadline that figures hold it against (FIGURES): the one at its finish if it is done, else the last."""
        if self.status != "accepted" or self.held_until is None:
            return self.deadline
        finish = self.held_until
        return self.due_at(finish)

    def due_at(self, at: datetime) -> datetime | None:
        """The deadline as it stood at that time (FIGURES, "due(x)")."""
        known = [one.instant for one in self.settings if one.set_at <= at]
        return known[-1] if known else None

    def late(self, at: datetime) -> bool:
        """Whether it was not finished by the deadline that figures hold it against; of what is done, the one then."""
        held = min(self.held_until or at, at)
        limit = self.judged_by if self.status == "accepted" else self.due_at(held)
        return limit is not None and held > limit

    def overdue(self, at: datetime) -> bool:
        """Whether the unit still held it when the deadline went by."""
        due = self.due_at(at)
        return due is not None and min(self.held_until or at, at) > due

    def overdue_originally(self, at: datetime) -> bool:
        """The same by its first deadline."""
        due = self.first_deadline
        return due is not None and min(self.held_until or at, at) > due

    def release(self, status: Status, at: datetime) -> None:
        """It is not in force any more. What was late stays known."""
        self.released_overdue, self.released_overdue_originally = self.overdue(at), self.overdue_originally(at)
        self.status = status
        self.released_at = self.touched_at = at
        self.lapse()

    def hand_over(
        self, unit: str, at: datetime, cause: Literal["transfer", "refusal", "reorganisation"], group: str = ""
    ) -> None:
        """Another unit holds it from now on; deadlines, reports and the first holder stay known.

        ``group``: the kind of the unit before.
        """
        self.handovers.append(
            Handover(
                at=at,
                before=self.unit,
                after=unit,
                overdue=self.overdue(at),
                cause=cause,
                overdue_originally=self.overdue_originally(at),
                group=group,
            )
        )
        self.unit = unit
        self.touched_at = at
        self.officer = None
        self.ladder_from = at
        self.lapse()

    def lapse(self) -> None:
        """What the holder had asked for is moot."""
        self.transfer_to = self.transfer_requested_at = None
        if self.pending_extension is not None:
            self.pending_extension.decided = "lapsed"

    def copied(self) -> Self:
        """A copy that shares nothing changeable."""
        lists = ("reports", "extensions", "explanations")
        parts = {name: [one.model_copy() for one in getattr(self, name)] for name in lists}
        return self.model_copy(
            update={
                **parts,
                "settings": [*self.settings],
                "passed": [*self.passed],
                "rungs": {**self.rungs},
                "handovers": [*self.handovers],
                "children": {key: one.model_copy() for key, one in self.children.items()},
            }
        )


class Receipt(Record):
    """Unit × directive × revision: what is known of its having received.

    ``refusal_declined_at``: the issuer did not agree, the unit stays bound. ``released_at``: it holds nothing any more
    and need not answer. ``recall``: its answer to a recall; "silent" counts as agreed. ``passed``: deadlines to
    acknowledge that went by; ``rungs``: the highest one rung after each.
    """

    unit: str
    purpose: Literal["act", "inform"]
    revision: int
    sent_at: datetime
    touched_at: datetime
    delivered_at: datetime | None = None
    acknowledge_by: datetime | None = None
    acknowledged_at: datetime | None = None
    refused_at: datetime | None = None
    refusal_declined_at: datetime | None = None
    released_at: datetime | None = None
    gave_up_at: datetime | None = None
    passed: list[datetime] = Field(default_factory=list)
    rungs: dict[datetime, int] = Field(default_factory=dict)
    recall: Literal["asked", "agreed", "refused", "silent"] | None = None
    times_corrected: int = 0

    @property
    def answered(self) -> bool:
        """Whether nothing more is expected: acknowledged, refused (and the refusal not declined), or released."""
        refused = self.refused_at is not None and self.refusal_declined_at is None
        return self.acknowledged_at is not None or refused or self.released_at is not None

    @property
    def refusal_waits(self) -> bool:
        """Whether the issuer has to decide on a refusal."""
        return self.refused_at is not None and self.refusal_declined_at is None and self.released_at is None

    def remember(self, earlier: "Receipt") -> None:
        """What the unit was urged for already is not rung again, whatever it takes over."""
        self.passed += [one for one in earlier.passed if one not in self.passed]
        for deadline, rung in earlier.rungs.items():
            self.rungs[deadline] = max(rung, self.rungs.get(deadline, rung))

    def copied(self, **changes: object) -> Self:
        """A copy that shares nothing changeable."""
        return self.model_copy(update={"passed": [*self.passed], "rungs": {**self.rungs}, **changes})


class Obligation(Record):
    """A numbered task of the directive, without its holders (they are assignments). ``dropped``: amended away.

    ``assigned_on``: the date of the document that brought it. ``occurrence``, ``named``: of a recurring one, which was
    opened last, and the day that it names. ``reviewed_at``: when it was last due to be looked at, having no deadline.
    """

    item: str
    text: str
    mode: Literal["each", "joint"]
    deadline: Deadline
    assigned_on: date
    dropped: bool = False
    occurrence: int | None = None
    named: date | None = None
    reviewed_at: datetime | None = None


class Superior(Record):
    """The assignment of another directive that this one is under. ``level``: 1 for a directive under nobody's child.

    ``version``: of that directive, when it was last heard of. ``released_at``: since when nothing is owed there.
    """

    stream: str
    assignment: str
    deadline: datetime | None
    level: int
    version: int = 0
    released_at: datetime | None = None


class FormerUnit(Record):
    """What a unit's entry said until it was replaced at ``until``. ``effective``: the day from which the next holds."""

    unit: Unit
    until: datetime
    effective: date


class FormerCalendar(Record):
    """What was reckoned with until ``until``."""

    calendar: Calendar
    until: datetime


class DirectiveState(Record):
    """The whole. Keys: item, assignment id, unit id. ``version`` counts events.

    ``holdings``: unit to the ids of its assignments, so that a command of one among thousands need not search them all.
    ``receipts``: of the current revision of each unit; ``earlier_receipts``: those that an amendment replaced.
    ``recall_asked``: units that still have to answer a recall; ``recall_refused``: those that did not agree.
    ``ended_at``: since when it is closed, recalled by all, or superseded.
    ``parents``: ids of the assignments that have children, for the same reason as ``holdings``. ``paused_until``: until
    then nobody is urged. ``former_units``, ``former_calendars``: what was replaced, in that order. ``revised_on``: the
    date of the document of each revision, the first one's first.
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
    phase: Phase = "in_force"
    ended_at: datetime | None = None
    earlier_receipts: list[Receipt] = Field(default_factory=list)
    delegations: list[Delegation] = Field(default_factory=list)
    superior: Superior | None = None
    parents: list[str] = Field(default_factory=list)
    recall_answer_by: datetime | None = None
    paused_until: datetime | None = None
    recall_asked: int = 0
    recall_refused: int = 0
    rejections_on: date | None = None
    rejections: int = 0
    former_units: list[FormerUnit] = Field(default_factory=list)
    former_calendars: list[FormerCalendar] = Field(default_factory=list)
    revised_on: list[date] = Field(default_factory=list)

    @property
    def ended(self) -> bool:
        """Whether nothing is expected any more: closed, recalled by all, or superseded."""
        return self.phase in ENDED

    def end(self, phase: Phase, at: datetime) -> None:
        """Nothing is expected from now on."""
        self.phase = phase
        self.ended_at = at

    def apply_calendar(self, calendar: Calendar, at: datetime) -> None:
        """Reckon with another one from now on."""
        self.former_calendars.append(FormerCalendar(calendar=self.calendar, until=at))
        self.calendar = calendar

    def calendar_at(self, at: datetime) -> Calendar:
        """The one in force at that instant."""
        return next((one.calendar for one in self.former_calendars if at < one.until), self.calendar)

    def enter(self, units: Iterable[Unit], at: datetime, effective: date) -> None:
        """Entries from now on; what they replace stays known."""
        for unit in units:
            before = self.units.get(unit.id)
            if before is not None:
                self.former_units.append(FormerUnit(unit=before, until=at, effective=effective))
            self.units[unit.id] = unit

    def group_of(self, unit: str, day: date) -> str:
        """The kind of unit that it was on that day, as far as the directive's extract of the directory tells."""
        former = (one.unit for one in self.former_units if one.unit.id == unit and day < one.effective)
        return next(former, self.units[unit]).kind

    def hold(self, assignment: Assignment) -> None:
        """Note who holds a new assignment."""
        self.assignments[assignment.id] = assignment
        self.holdings.setdefault(assignment.unit, []).append(assignment.id)

    def hand_over(
        self, id_: str, unit: str, at: datetime, cause: Literal["transfer", "refusal", "reorganisation"]
    ) -> None:
        """Pass an assignment on to another unit, which gets a receipt of its own where it has none."""
        assignment = self.assignments[id_]
        self.holdings[assignment.unit].remove(id_)
        assignment.hand_over(unit, at, cause, self.group_of(assignment.unit, assignment.assigned_on))
        self.holdings.setdefault(unit, []).append(id_)
        self.send(unit, at)

    def send(self, unit: str, at: datetime) -> None:
        """See to it that the unit has a receipt for acting: a new one where it has none that binds it."""
        known = self.receipts.get(unit)
        if known is not None and known.purpose == "act" and known.released_at is None:
            return
        if known is not None and known.revision != self.revision:
            self.earlier_receipts.append(known)
        self.receipts[unit] = Receipt(unit=unit, purpose="act", revision=self.revision, sent_at=at, touched_at=at)

    def renew(self, unit: str, at: datetime) -> None:
        """The unit has to acknowledge the current revision; what is known of the earlier one is kept."""
        known = self.receipts.get(unit)
        if known is not None and known.revision != self.revision:
            self.earlier_receipts.append(known)
        self.receipts[unit] = Receipt(unit=unit, purpose="act", revision=self.revision, sent_at=at, touched_at=at)

    def inform(self, unit: str, at: datetime) -> None:
        """The unit is told from the current revision on."""
        self.receipts[unit] = Receipt(unit=unit, purpose="inform", revision=self.revision, sent_at=at, touched_at=at)

    def inherit(self, unit: str, predecessor: str, at: datetime) -> None:
        """A unit that takes another's place has received what that one had; one that has a receipt keeps its own."""
        known, inherited = self.receipts.get(unit), self.receipts[predecessor]
        if known is not None and known.purpose == "act" and known.released_at is None:
            return
        if known is not None and known.revision < inherited.revision:
            self.earlier_receipts.append(known)
        # Never below the unit's own last one: of an earlier revision it may have a receipt already.
        revision = max(known.revision if known else 0, inherited.revision)
        successor = inherited.copied(unit=unit, purpose="act", revision=revision, touched_at=at)
        if known is not None:
            successor.remember(known)
        self.receipts[unit] = successor

    def relieve(self, unit: str, at: datetime) -> None:
        """A unit that holds nothing in force any more need not answer."""
        receipt = self.receipts.get(unit)
        if receipt is None or receipt.purpose != "act" or receipt.released_at is not None:
            return
        if all(one.status in RELEASED for one in self.held(unit)):
            receipt.released_at = receipt.touched_at = at

    def held(self, unit: str) -> list[Assignment]:
        """The assignments of a unit."""
        return [self.assignments[id_] for id_ in self.holdings.get(unit, ())]

    def copied(self) -> Self:
        """A copy to try something on. Quicker than a deep one by far: what no event changes is shared."""
        return self.model_copy(
            update={
                "obligations": {key: one.model_copy() for key, one in self.obligations.items()},
                "assignments": {key: one.copied() for key, one in self.assignments.items()},
                "holdings": {key: [*ids] for key, ids in self.holdings.items()},
                "receipts": {key: one.copied() for key, one in self.receipts.items()},
                "earlier_receipts": [*self.earlier_receipts],
                "units": {**self.units},
                "delegations": [*self.delegations],
                "parents": [*self.parents],
                "superior": self.superior.model_copy() if self.superior else None,
                "former_units": [*self.former_units],
                "former_calendars": [*self.former_calendars],
                "revised_on": [*self.revised_on],
            }
        )
