"""A second opinion: what a directive is, in plain words, sharing no code with ``domain``.

It predicts of every command whether it is carried out, and says of every assignment in which cell it stands. It knows
no reasons, no notices, no versions: as little as can be wrong.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Final

LOCAL: Final = timezone(timedelta(hours=7))
WORKING: Final = ("open", "sent_back", "returned")
PENDING: Final = ("with_head", "with_issuer")
OWED: Final = (*WORKING, *PENDING)
OUTSIDE: Final = {
    **dict.fromkeys(("correct", "recall", "reopen", "correct_time", "explain"), ("in_force", "closed")),
    **dict.fromkeys(("agree_recall", "refuse_recall"), ("recalling",)),
    "reorganise": ("in_force", "closed", "recalled", "superseded"),
    **dict.fromkeys(
        ("delegate", "revoke_delegation", "record_delivery", "record_child"),
        ("in_force", "recalling", "closed", "recalled", "superseded"),
    ),
}
"""Commands that may be given in another phase than in force."""
EXTENSIONS, LONGEST, RECALL_DAYS, FURTHEST = 2, 90, 3, timedelta(days=30)
"""What the policy says where it says nothing else."""


class No(Exception):  # noqa: N818 - an answer
    """It is not carried out."""


def need(*conditions: object) -> None:
    if not all(conditions):
        raise No


@dataclass
class Sheet:
    """A report: who had a part in it, when it left the unit, when it was answered for good."""

    by: set[str]
    left: datetime | None = None
    ended: datetime | None = None


@dataclass
class Work:
    """An assignment.

    ``dues``: each deadline with the time at which it was set. ``children``: version and standing of directives under
    it, by unit.
    """

    item: str
    unit: str
    status: str = "open"
    dues: list[tuple[datetime, datetime]] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    asked: datetime | None = None
    extended: int = 0
    proposed: str | None = None
    suspended: datetime | None = None
    demanded: bool = False
    accepted: tuple[str, date] | None = None
    acknowledged: datetime | None = None
    children: dict[str, tuple[int, str]] = field(default_factory=dict)

    def due(self, at: datetime) -> datetime | None:
        return next((instant for set_at, instant in reversed(self.dues) if set_at <= at), None)

    def held(self, at: datetime) -> datetime:
        left = self.sheets[-1].left if self.status in ("with_issuer", "accepted") else None
        return min(one for one in (at, left, self.suspended) if one is not None)

    def late(self, at: datetime) -> bool:
        held = self.held(at)
        due = self.due(held if self.status == "accepted" else at)
        return due is not None and held > due

    def cell(self, at: datetime) -> str:
        if self.status == "accepted":
            return "done_late" if self.late(at) else "done_on_time"
        if self.status in OWED:
            return "open_overdue" if self.late(at) else "open_in_time"
        return self.status


@dataclass
class Paper:
    """A unit's receipt."""

    acting: bool = True
    sent: datetime | None = None
    acknowledged: datetime | None = None
    refused: bool = False
    declined: bool = False
    released: bool = False
    recall: str | None = None


class Model:
    """One directive. ``works``: by assignment id; ``papers``: by unit; ``units``: all that are known."""

    def __init__(self, works: dict[str, Work], informed: Iterable[str], units: Iterable[str], at: datetime) -> None:
        self.works = works
        self.papers = {unit: Paper(acting=False, sent=at) for unit in informed}
        self.papers |= {one.unit: Paper(sent=at) for one in works.values()}
        self.units = set(units)
        self.issued = at
        self.phase = "in_force"
        self.answer_by: datetime | None = None
        self.items = {one.item for one in works.values()}
        self.item_due = {item: next((w.due(at) for w in works.values() if w.item == item), None) for item in self.items}
        self.delegations: list[tuple[str, str, date, date]] = []

    def give(self, kind: str, at: datetime, **said: Any) -> bool:
        """Whether it is carried out; if so, it has happened."""
        self.wait(at)
        if self.phase not in OUTSIDE.get(kind, ("in_force",)):
            return False
        try:
            getattr(self, kind)(at=at, **said)
        except No:
            return False
        return True

    def wait(self, now: datetime) -> None:
        """What time alone brings about: whoever does not answer a recall agrees."""
        if self.phase == "recalling" and self.answer_by is not None and now >= self.answer_by:
            for unit, paper in self.papers.items():
                if paper.recall == "asked":
                    self._give_back(unit, "silent")
            self._settle()

    def cells(self, at: datetime) -> dict[str, str]:
        return {id_: one.cell(at) for id_, one in self.works.items()}

    # -- the unit

    def acknowledge(self, unit: str, at: datetime) -> None:
        paper = self._paper(unit)
        need(not paper.released, paper.acknowledged is None)
        paper.acknowledged, paper.refused, paper.declined = at, False, False

    def refuse(self, unit: str, at: datetime) -> None:
        paper = self._paper(unit)
        need(not paper.released, paper.acknowledged is None, not paper.refused)
        paper.refused = True

    def progress(self, id_: str, at: datetime) -> None:
        self._working(id_)

    def report(self, id_: str, person: str, at: datetime, *, head: bool) -> None:
        work = self._working(id_)
        self._no_child_owes(work)
        work.sheets.append(Sheet({person}, at if head else None))
        work.status = "with_issuer" if head else "with_head"

    def approve(self, id_: str, person: str, at: datetime) -> None:
        work = self._decided(id_, "with_head", person)
        work.status = "with_issuer"
        work.sheets[-1].left = at
        work.sheets[-1].by.add(person)

    def send_back(self, id_: str, person: str, at: datetime) -> None:
        work = self._decided(id_, "with_head", person)
        work.status, work.sheets[-1].ended = "sent_back", at

    def assign_officer(self, id_: str, at: datetime) -> None:
        self._acknowledged(id_)

    def attach(self, id_: str, at: datetime) -> None:
        need(self._acknowledged(id_).suspended is None)

    def request_extension(self, id_: str, until: datetime, at: datetime) -> None:
        work = self._working(id_)
        due = work.due(at)
        need(due is not None, work.asked is None, work.extended < EXTENSIONS)
        assert due is not None
        need(at <= due < until <= due + timedelta(days=LONGEST), until > at)
        work.asked = until

    def propose_transfer(self, id_: str, to: str, at: datetime) -> None:
        work = self._owed(id_)
        need(work.status not in PENDING, work.proposed is None, to != work.unit, to in self.units)
        need(not self.papers[work.unit].released)
        work.proposed = to

    def explain(self, id_: str, at: datetime) -> None:
        need(self.works[id_].demanded)
        self.works[id_].demanded = False

    def agree_recall(self, unit: str, at: datetime) -> None:
        need(self._paper(unit).recall == "asked")
        self._give_back(unit, "agreed")
        self._settle()

    def refuse_recall(self, unit: str, at: datetime) -> None:
        need(self._paper(unit).recall == "asked")
        self.papers[unit].recall = "refused"
        self._settle()

    # -- the issuer

    def accept(self, id_: str, person: str, at: datetime, behalf: str | None = None) -> None:
        work = self._decided(id_, "with_issuer", *self._persons(person, behalf, at))
        self._no_child_owes(work)
        work.status, work.accepted = "accepted", (person, at.astimezone(LOCAL).date())
        work.asked = work.proposed = None
        work.sheets[-1].ended = at

    def return_(self, id_: str, person: str, at: datetime, behalf: str | None = None) -> None:
        work = self._decided(id_, "with_issuer", *self._persons(person, behalf, at))
        work.status, work.sheets[-1].ended = "returned", at

    def recommend(self, id_: str, at: datetime) -> None:
        need(self.works[id_].status == "with_issuer")

    def urge(self, id_: str, at: datetime) -> None:
        work = self._owed(id_)
        need(work.status != "with_issuer", work.suspended is None)

    def escalate(self, id_: str, at: datetime) -> None:
        self._owed(id_)

    def grant_extension(self, id_: str, until: datetime | None, at: datetime) -> None:
        work = self._owed(id_)
        need(work.asked is not None, work.status not in PENDING)
        instant, due = until or work.asked, work.due(at)
        assert instant is not None
        need(due is not None and instant > due)
        work.dues.append((at, instant))
        work.asked, work.extended = None, work.extended + 1

    def deny_extension(self, id_: str, at: datetime) -> None:
        work = self._owed(id_)
        need(work.asked is not None)
        work.asked = None

    def suspend(self, id_: str, at: datetime) -> None:
        work = self._owed(id_)
        need(work.suspended is None, work.status not in PENDING)
        work.suspended = at

    def resume(self, id_: str, at: datetime) -> None:
        work = self._owed(id_)
        need(work.suspended is not None)
        since, work.suspended = work.suspended, None
        assert since is not None
        due = work.due(at)
        if due is not None and due >= since:
            days = _working_days(since, at)
            later = _moved(due, days)
            later = later if later > at else _moved(due, days + 1)
            work.dues += [(at, later)] if later > due else []

    def agree_transfer(self, id_: str, at: datetime) -> None:
        work = self._owed(id_)
        need(work.proposed is not None, work.status not in PENDING)
        assert work.proposed is not None
        before = work.unit
        self._hand_over(work, work.proposed, at)
        self._relieve(before)

    def decline_transfer(self, id_: str, at: datetime) -> None:
        work = self._owed(id_)
        need(work.proposed is not None)
        work.proposed = None

    def agree_refusal(self, unit: str, to: str | None, at: datetime) -> None:
        paper = self._paper(unit)
        need(paper.refused, not paper.declined, not paper.released)
        need(to is None or (to != unit and to in self.units))
        need(not any(work.status in PENDING for work in self._owed_by(unit)))
        for work in self._owed_by(unit):
            if to is None:
                self._release(work, "withdrawn")
            else:
                self._hand_over(work, to, at)
        paper.released = True

    def decline_refusal(self, unit: str, at: datetime) -> None:
        paper = self._paper(unit)
        need(paper.refused, not paper.declined, not paper.released)
        paper.declined = True

    def demand_explanation(self, id_: str, at: datetime) -> None:
        work = self.works[id_]
        need(work.status in (*OWED, "accepted"), work.late(at), not work.demanded)
        work.demanded = True

    def waive(self, id_: str, at: datetime) -> None:
        self._release(self._owed(id_), "waived")

    def amend(self, how: str, at: datetime, **said: Any) -> None:
        """One change of the document."""
        getattr(self, f"amend_{how}")(at=at, **said)

    def amend_deadline(self, item: str, until: datetime, at: datetime) -> None:
        """Owed work gets the new deadline; its units acknowledge again."""
        owed = [one for one in self.works.values() if one.item == item and one.status in OWED]
        need(self.item_due[item] != until, until > at or not owed)
        self.item_due[item] = until
        for work in owed:
            work.dues.append((at, until))
        self._renew({one.unit for one in owed}, at)

    def amend_add(self, unit: str, at: datetime) -> None:
        """One more unit leads item 1 on its own."""
        works = {id_: one for id_, one in self.works.items() if one.item == "1"}
        until = self.item_due["1"]
        need(unit in self.units, until is None or until > at)
        need(not any(one.unit == unit and one.status in OWED for one in works.values()))
        number = 1 + max(int(id_.split(".")[1]) for id_ in works)
        self.works[f"1.{number}"] = Work("1", unit, dues=[] if until is None else [(at, until)])
        self._renew({unit}, at)

    def amend_drop(self, unit: str, at: datetime) -> None:
        """A unit leads item 1 no more."""
        owed = [one for one in self.works.values() if (one.item, one.unit) == ("1", unit) and one.status in OWED]
        need(owed)
        self._release(owed[-1], "superseded")
        self._renew({unit}, at)

    def _renew(self, units: set[str], at: datetime) -> None:
        for unit in units:
            if any(self._owed_by(unit)):
                self.papers[unit] = Paper(sent=at, recall=None)
            else:
                self._relieve(unit)

    def record_child(self, id_: str, unit: str, standing: str, version: int, at: datetime) -> None:
        """The last word of a unit's own directive counts."""
        need(id_ in self.works)
        known = self.works[id_].children.get(unit)
        if known is None or known[0] < version:
            self.works[id_].children[unit] = (version, standing)

    def _no_child_owes(self, work: Work) -> None:
        _, standing = work.children.get(work.unit, (0, "done"))
        need(standing == "done")

    def correct(self, at: datetime) -> None:
        """Changes nothing that is counted."""

    def supersede(self, at: datetime) -> None:
        for work in self.works.values():
            if work.status in OWED:
                self._release(work, "superseded")
        self.phase = "superseded"

    def recall(self, at: datetime) -> None:
        bound = [paper for paper in self.papers.values() if paper.acting and not paper.released]
        need(bound)
        self.phase = "recalling"
        self.answer_by = end_of_day(_plus(at.astimezone(LOCAL).date(), RECALL_DAYS))
        for paper in self.papers.values():
            paper.recall = "asked" if any(paper is one for one in bound) else None

    def close(self, at: datetime) -> None:
        need(not any(one.status in OWED for one in self.works.values()))
        self.phase = "closed"

    def reopen(self, id_: str, person: str, until: datetime | None, at: datetime) -> None:
        """``until`` None: the acceptance was a slip."""
        work = self.works[id_]
        need(work.status == "accepted", not self.papers[work.unit].released)
        if until is None:
            need(work.accepted == (person, at.astimezone(LOCAL).date()))
            work.status, work.sheets[-1].ended = "with_issuer", None
        else:
            need(until > at)
            work.status = "open"
            work.dues.append((at, until))
        self.phase = "in_force"

    def correct_time(self, to: datetime, at: datetime, unit: str | None = None, id_: str | None = None) -> None:
        """Of the unit's acknowledgement, or of the last report that left."""
        if unit is not None:
            paper = self._paper(unit)
            need(paper.acknowledged is not None)
            assert paper.acknowledged is not None
            assert paper.sent is not None
            need(max(paper.sent, paper.acknowledged - FURTHEST) <= to < paper.acknowledged)
            paper.acknowledged = to
        if id_ is not None:
            work = self.works[id_]
            number = max((n for n, one in enumerate(work.sheets) if one.left), default=None)
            need(number is not None)
            assert number is not None
            sheet, earlier = work.sheets[number], work.sheets[:number]
            left = sheet.left
            assert left is not None
            known = [self.issued, self.papers[work.unit].acknowledged, *(one.ended for one in earlier)]
            first = max(one for one in known if one is not None and one <= left)
            need(max(first, left - FURTHEST) <= to < left)
            sheet.left = to

    # -- the operator

    def reorganise(self, unit: str, to: str, at: datetime) -> None:
        paper = self._paper(unit)
        need(to in self.units, to != unit)
        known = self.papers.get(to)
        if known is None or not known.acting or known.released:
            self.papers[to] = Paper(**{**vars(paper), "acting": True})
        for work in self._owed_by(unit):
            work.unit = to
            work.asked = work.proposed = None
        paper.released = True

    def delegate(self, by: str | None, principal: str, delegate: str, days: tuple[date, date], at: datetime) -> None:
        """Of a leader's powers. ``by`` None: the operator."""
        need(by in (None, principal))
        new = (principal, delegate, *days)
        need(new not in self.delegations)
        reached = {delegate}
        while (
            more := {
                to for who, to, start, end in self.delegations if who in reached and start <= days[1] and days[0] <= end
            }
            - reached
        ):
            reached |= more
        need(principal not in reached)
        self.delegations.append(new)

    def revoke_delegation(self, by: str | None, principal: str, delegate: str, at: datetime) -> None:
        need(by in (None, principal))
        yesterday = at.astimezone(LOCAL).date() - timedelta(days=1)
        meant = [one for one in self.delegations if one[:2] == (principal, delegate) and one[3] > yesterday]
        need(meant)
        self.delegations = [one for one in self.delegations if one not in meant]
        self.delegations += [(*one[:3], yesterday) for one in meant if one[2] <= yesterday]

    # -- what is common

    def _paper(self, unit: str) -> Paper:
        need(unit in self.papers)
        return self.papers[unit]

    def _owed(self, id_: str) -> Work:
        work = self.works[id_]
        need(work.status in OWED)
        return work

    def _acknowledged(self, id_: str) -> Work:
        work = self._owed(id_)
        need(self.papers[work.unit].acknowledged is not None)
        return work

    def _working(self, id_: str) -> Work:
        work = self._acknowledged(id_)
        need(work.suspended is None, work.status in WORKING)
        return work

    def _persons(self, person: str, behalf: str | None, at: datetime) -> list[str]:
        today = at.astimezone(LOCAL).date()
        if behalf is None:
            return [person]
        need(any(one[:2] == (behalf, person) and one[2] <= today <= one[3] for one in self.delegations))
        return [person, behalf]

    def _decided(self, id_: str, status: str, *persons: str) -> Work:
        work = self.works[id_]
        need(work.status == status)
        need(not work.sheets[-1].by.intersection(persons))
        return work

    def _owed_by(self, unit: str) -> Iterator[Work]:
        yield from [one for one in self.works.values() if one.unit == unit and one.status in OWED]

    def _release(self, work: Work, status: str) -> None:
        work.status = status
        work.asked = work.proposed = None

    def _hand_over(self, work: Work, to: str, at: datetime) -> None:
        work.unit = to
        work.asked = work.proposed = None
        known = self.papers.get(to)
        if known is None or not known.acting or known.released:
            self.papers[to] = Paper(sent=at)

    def _relieve(self, unit: str) -> None:
        """Whoever holds nothing that is owed or done is bound no longer."""
        if not any(one.unit == unit and one.status in (*OWED, "accepted") for one in self.works.values()):
            self.papers[unit].released |= self.papers[unit].acting

    def _give_back(self, unit: str, answer: str) -> None:
        self.papers[unit].recall = answer
        self.papers[unit].released = True
        for work in self._owed_by(unit):
            self._release(work, "recalled")

    def _settle(self) -> None:
        answers = [paper.recall for paper in self.papers.values()]
        if "asked" not in answers:
            self.phase = "in_force" if "refused" in answers else "recalled"


def _works(day: date) -> bool:
    return day.weekday() < 5


def _plus(day: date, working_days: int) -> date:
    while working_days or not _works(day):
        day += timedelta(days=1)
        working_days -= _works(day) and working_days > 0
    return day


def end_of_day(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), LOCAL)


def _working_days(since: datetime, until: datetime) -> int:
    first, last = since.astimezone(LOCAL).date(), until.astimezone(LOCAL).date()
    return sum(_works(first + timedelta(days=n)) for n in range((last - first).days))


def _moved(due: datetime, days: int) -> datetime:
    """The same hour so many working days later; 24:00 belongs to the day that it ends."""
    moment = due.astimezone(LOCAL) - timedelta(microseconds=1)
    later = _plus(moment.date(), days)
    return due + (later - moment.date())
