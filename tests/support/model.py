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
    **dict.fromkeys(("apply_calendar", "apply_policy", "apply_directory", "pause"), ("in_force", "recalling")),
    "reorganise": ("in_force", "closed", "recalled", "superseded"),
    **dict.fromkeys(
        ("delegate", "revoke_delegation", "record_delivery", "record_child"),
        ("in_force", "recalling", "closed", "recalled", "superseded"),
    ),
}
"""Commands that may be given in another phase than in force."""
LONGEST, RECALL_DAYS, FURTHEST = 90, 3, timedelta(days=30)
"""What the policy says where it says nothing else."""
SATURDAY: Final = 5
HOURS: Final = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30)))
ASKED_AT: Final = time(8)
"""The hour at which the late are asked why."""


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
class Due:
    """A deadline, when it was set, and the day that its rule names."""

    set_at: datetime
    instant: datetime
    named: date


@dataclass
class Work:
    """An assignment.

    ``why``: of each question why it was late, whether it was answered. ``children``: version and standing of directives
    under it, by unit.
    """

    item: str
    unit: str
    status: str = "open"
    dues: list[Due] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    asked: tuple[date, datetime] | None = None
    extended: int = 0
    proposed: str | None = None
    suspended: datetime | None = None
    why: list[bool] = field(default_factory=list)
    accepted: tuple[str, date] | None = None
    acknowledged: datetime | None = None
    children: dict[str, tuple[int, str]] = field(default_factory=dict)

    def due(self, at: datetime) -> datetime | None:
        return next((one.instant for one in reversed(self.dues) if one.set_at <= at), None)

    def held(self, at: datetime) -> datetime:
        left = self.sheets[-1].left if self.status in ("with_issuer", "accepted") else None
        return min(one for one in (at, left, self.suspended) if one is not None)

    def late(self, at: datetime) -> bool:
        held = self.held(at)
        due = self.due(held if self.status == "accepted" else at)
        return due is not None and held > due

    def to_explain(self, at: datetime) -> bool:
        """Whether it is late as it would be judged if the report that waits were accepted."""
        held = self.held(at)
        due = self.due(held)
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
    """One directive.

    ``works``: by assignment id; ``papers``: by unit; ``units``: all that are known; ``off``: days off on weekdays.
    """

    off: frozenset[date] = frozenset()
    extensions = 2
    explain_late = True
    paused: datetime | None = None

    def __init__(self, works: dict[str, Work], informed: Iterable[str], units: Iterable[str], at: datetime) -> None:
        self.works = works
        self.papers = {unit: Paper(acting=False, sent=at) for unit in informed}
        self.papers |= {one.unit: Paper(sent=at) for one in works.values()}
        self.units = set(units)
        self.issued = at
        self.phase = "in_force"
        self.answer_by: datetime | None = None
        self.items = {one.item for one in works.values()}
        self.item_due = {
            item: next((w.dues[0].named for w in works.values() if w.item == item and w.dues), None)
            for item in self.items
        }
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
        self.wait(at)
        return True

    def wait(self, now: datetime) -> None:
        """What time alone brings about: whoever does not answer a recall agrees; whoever is late is asked why, once."""
        if self.phase == "recalling" and self.answer_by is not None and now >= self.answer_by:
            for unit, paper in self.papers.items():
                if paper.recall == "asked":
                    self._give_back(unit, "silent")
            self._settle()
        if self.phase == "in_force" and self.explain_late:
            for work in self.works.values():
                if self._is_asked_why(work, now):
                    work.why.append(False)

    def _is_asked_why(self, work: Work, now: datetime) -> bool:
        if not work.dues or work.why or work.suspended or work.status not in (*WORKING, "with_head"):
            return False
        last = (work.dues[-1].instant - timedelta(microseconds=1)).astimezone(LOCAL).date()
        asked_at = datetime.combine(self._plus(last, 1), ASKED_AT, LOCAL)
        return now >= (asked_at if self.paused is None else max(asked_at, self._opens(self.paused)))

    def _opens(self, instant: datetime) -> datetime:
        """The instant itself, or when people work again."""
        day = instant.astimezone(LOCAL).date()
        while True:
            for start, end in HOURS if self._works(day) else ():
                if instant < datetime.combine(day, end, LOCAL):
                    return max(instant, datetime.combine(day, start, LOCAL))
            day += timedelta(days=1)

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

    def request_extension(self, id_: str, day: date, at: datetime) -> None:
        work, until = self._working(id_), self._end(day)
        due = work.due(at)
        need(due is not None, work.asked is None, work.extended < self.extensions)
        assert due is not None
        need(at <= due < until <= due + timedelta(days=LONGEST), until > at)
        work.asked = day, until

    def propose_transfer(self, id_: str, to: str, at: datetime) -> None:
        work = self._owed(id_)
        need(work.status not in PENDING, work.proposed is None, to != work.unit, to in self.units)
        need(not self.papers[work.unit].released)
        work.proposed = to

    def explain(self, id_: str, at: datetime) -> None:
        """What was asked; or, of one's own accord, why it is late."""
        work = self.works[id_]
        if not work.why:
            need(work.status in (*OWED, "accepted"), work.to_explain(at))
            work.why.append(True)
            return
        need(not work.why[-1])
        work.why[-1] = True

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
        need(not self.explain_late or any(work.why) or not work.to_explain(at))
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

    def grant_extension(self, id_: str, day: date | None, at: datetime) -> None:
        work = self._owed(id_)
        need(work.asked is not None, work.status not in PENDING)
        assert work.asked is not None
        named, instant = (day, self._end(day)) if day else work.asked
        due = work.due(at)
        need(due is not None and instant > due)
        work.dues.append(Due(at, instant, named))
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
            days = self._working_days(since, at)
            later = self._moved(due, days)
            later = later if later > at else self._moved(due, days + 1)
            named = (later - timedelta(microseconds=1)).astimezone(LOCAL).date()
            work.dues += [Due(at, later, named)] if later > due else []

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
        need(work.status in (*OWED, "accepted"), work.to_explain(at), all(work.why[-1:]))
        work.why.append(False)

    def waive(self, id_: str, at: datetime) -> None:
        self._release(self._owed(id_), "waived")

    def amend(self, how: str, at: datetime, **said: Any) -> None:
        """One change of the document."""
        getattr(self, f"amend_{how}")(at=at, **said)

    def amend_deadline(self, item: str, day: date, at: datetime) -> None:
        """Owed work gets the new deadline; its units acknowledge again."""
        owed = [one for one in self.works.values() if one.item == item and one.status in OWED]
        until = self._end(day)
        need(self.item_due[item] != day, until > at or not owed)
        self.item_due[item] = day
        for work in owed:
            work.dues.append(Due(at, until, day))
        self._renew({one.unit for one in owed}, at)

    def amend_add(self, unit: str, at: datetime) -> None:
        """One more unit leads item 1 on its own."""
        works = {id_: one for id_, one in self.works.items() if one.item == "1"}
        day = self.item_due["1"]
        assert day is not None
        until = self._end(day)
        need(unit in self.units, until > at)
        need(not any(one.unit == unit and one.status in OWED for one in works.values()))
        number = 1 + max(int(id_.split(".")[1]) for id_ in works)
        self.works[f"1.{number}"] = Work("1", unit, dues=[Due(at, until, day)])
        self._renew({unit}, at)

    def amend_drop(self, unit: str, at: datetime) -> None:
        """A unit leads item 1 no more, however many of it it has come to hold."""
        owed = [one for one in self.works.values() if (one.item, one.unit) == ("1", unit) and one.status in OWED]
        need(owed)
        for work in owed:
            self._release(work, "superseded")
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
        self.answer_by = end_of_day(self._plus(at.astimezone(LOCAL).date(), RECALL_DAYS))
        for paper in self.papers.values():
            paper.recall = "asked" if any(paper is one for one in bound) else None

    def close(self, at: datetime) -> None:
        need(not any(one.status in OWED for one in self.works.values()))
        self.phase = "closed"

    def reopen(self, id_: str, person: str, day: date | None, at: datetime) -> None:
        """``day`` None: the acceptance was a slip."""
        work = self.works[id_]
        need(work.status == "accepted", not self.papers[work.unit].released)
        if day is None:
            need(work.accepted == (person, at.astimezone(LOCAL).date()))
            work.status, work.sheets[-1].ended = "with_issuer", None
        else:
            until = self._end(day)
            need(until > at)
            work.status = "open"
            work.dues.append(Due(at, until, day))
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
        self._empower(new)

    def revoke_delegation(self, by: str | None, principal: str, delegate: str, at: datetime) -> None:
        need(by in (None, principal))
        yesterday = at.astimezone(LOCAL).date() - timedelta(days=1)
        meant = [one for one in self.delegations if one[:2] == (principal, delegate) and one[3] > yesterday]
        need(meant)
        self.delegations = [one for one in self.delegations if one not in meant]
        self.delegations += [(*one[:3], yesterday) for one in meant if one[2] <= yesterday]

    def apply_calendar(self, off: frozenset[date], at: datetime) -> None:
        """Open deadlines move, but nobody becomes late by it."""
        self.off = off
        for work in self.works.values():
            if work.status in OWED and work.dues:
                last = work.dues[-1]
                instant = self._end(last.named)
                if instant > last.instant or last.instant > instant > at:
                    work.dues.append(Due(at, instant, last.named))

    def apply_policy(self, extensions: int, at: datetime, *, own: bool, explain_late: bool) -> None:
        """``own``: it is the issuer's."""
        need(own)
        self.extensions, self.explain_late = extensions, explain_late

    def apply_directory(self, delegation: tuple[str, str, date, date] | None, at: datetime) -> None:
        """Names change nothing that is counted."""
        if delegation is not None and delegation not in self.delegations:
            self._empower(delegation)

    def pause(self, until: datetime, at: datetime) -> None:
        need(until > at or (self.paused is not None and self.paused > at), until != self.paused)
        self.paused = max(until, at)

    # -- what is common

    def _empower(self, new: tuple[str, str, date, date]) -> None:
        """Nobody ends up standing in for themselves."""
        principal, delegate, first, last = new
        reached = {delegate}
        while (
            more := {
                to for who, to, start, end in self.delegations if who in reached and start <= last and first <= end
            }
            - reached
        ):
            reached |= more
        need(principal not in reached)
        self.delegations.append(new)

    def _works(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.off

    def _plus(self, day: date, working_days: int) -> date:
        while working_days or not self._works(day):
            day += timedelta(days=1)
            working_days -= self._works(day) and working_days > 0
        return day

    def _end(self, day: date) -> datetime:
        """24:00 of the day, or of the next one that is worked."""
        return end_of_day(self._plus(day, 0))

    def _working_days(self, since: datetime, until: datetime) -> int:
        first, last = since.astimezone(LOCAL).date(), until.astimezone(LOCAL).date()
        return sum(self._works(first + timedelta(days=n)) for n in range((last - first).days))

    def _moved(self, due: datetime, days: int) -> datetime:
        """The same hour so many working days later; 24:00 belongs to the day that it ends."""
        if not days:
            return due
        moment = due.astimezone(LOCAL) - timedelta(microseconds=1)
        later = self._plus(moment.date(), days)
        return due + (later - moment.date())

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


def end_of_day(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), LOCAL)
