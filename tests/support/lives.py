"""Random lives of a directive: what offices, units and strangers might send it, sensible or not.

Everything is drawn from a ``random.Random``, so that a property test can shrink a life and a test on the real stack
can name it by its seed.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from activities.command_time import needs_look_up
from activities.reading import open_message
from activities.signal_times import Seen
from domain.actor import UNIT_SIDE, Actor, Role
from domain.alarms import next_alarm
from domain.arrival import Known, Parcel
from domain.command import AssignmentCommand, SelectionCommand
from domain.commands import COMMANDS
from domain.erasure import KeptWords
from domain.event import Event
from domain.handling import Handling
from domain.state import Assignment, DirectiveState, Receipt
from domain.superiors import DEEPEST, SuperiorFacts, UnderAssignment
from tests.support import builders
from tests.support.builders import (
    CLERK,
    ISSUED,
    ISSUER,
    LEADER,
    Json,
    before,
    by,
    head_of,
    local_time,
    obligation,
    officer_of,
)
from tests.support.doors import message, parcel
from tests.support.drawing import NEW_UNITS, STARTS, STRANGER, Draw, policy
from tests.support.shelf import kept_for
from workflows.raw import LARGEST

UNITS: Final = ("unit-a", "unit-b", "unit-c")
STRICT: Final = frozenset({"delegate", "reopen", "correct_time", "superior_changed", "erase"})
"""Commands whose fields must fit one another."""
PEOPLE: Final = ("deputy", "somebody with many offices")
AIMS: Final = frozenset({"assignment", "item", "unit", "whole"})
"""The fields that say which assignments are meant."""
TOO_LARGE: Final = b"x" * (LARGEST + 1)
SOMEBODY: Final = "somebody with many offices"
IN_THE_OPEN: Final = "somebody"
"""Whose name stands in the first event itself, as if an earlier release had written it."""
DEADLINES: Final[list[Json]] = [
    {"kind": "none"}, by("2026-11-02"), by("2026-11-04", "16:30"), before("2026-11-10"), by("2026-11-22"),
    by("2026-12-18"), by("2027-01-29"),
]  # fmt: skip
CLOCKS: Final[list[Json]] = [
    {"kind": "none", "review": "2026-11-05"},
    *({"kind": "after", "count": 3, "days": "working", "start": start} for start in STARTS),
    *({"kind": "after", "count": 9, "days": "calendar", "start": start} for start in STARTS),
    {"kind": "period_end", "period": "month"},
    {"kind": "period_end", "period": "quarter", "within": "2027-01-10"},
    {"kind": "recurring", "every": "month", "day": 25, "bound": "before"},
    {"kind": "recurring", "every": "month", "day": 1, "bound": "before"},
    {"kind": "recurring", "every": "month", "day": 31, "until": "2027-01-31"},
]
"""Rules that name no day, or more than one."""
OVER: Final[Json] = {"kind": "recurring", "every": "month", "day": 25, "until": "2026-10-31"}
"""A rule that comes to nothing."""
PAUSES: Final = [
    timedelta(0), timedelta(0), timedelta(seconds=1), timedelta(minutes=2), timedelta(hours=3), timedelta(days=1),
    timedelta(days=5), timedelta(days=20), timedelta(days=45),
]  # fmt: skip
CLAIMS: Final = [
    None,
    None,
    timedelta(0),
    timedelta(minutes=1),
    timedelta(minutes=4),
    timedelta(minutes=9),
    -timedelta(minutes=1),
]


UNDER: Final = {"stream": "directive/ministry/2026/05-BO", "assignment": "3.1"}


def above(**changes: Any) -> SuperiorFacts:
    """How the assignment above stands: open and held by the issuer, unless said otherwise."""
    facts = {**UNDER, "deadline": None, "level": 1, "version": 9}
    said = {"holder": ISSUER, "open": True} | {
        name: changes.pop(name) for name in ("holder", "open") if name in changes
    }
    return SuperiorFacts(**said, facts=UnderAssignment(**{**facts, **changes}))


@dataclass(frozen=True, slots=True)
class Sent:
    """A message before it is put into a payload. ``contents``: JSON values, or bytes as they are."""

    contents: Sequence[Any]
    door: str = "update"
    name: str = "submit"


@dataclass
class Life:
    """One directive and the people around it. ``start`` is the issue command; ``sent`` all commands so far.

    ``above``: of the assignment that it is issued under; some are.
    """

    random: Random
    stream_number: str = "17"
    start: Json = field(init=False)
    sent: list[Json] = field(default_factory=list)
    now: datetime = ISSUED
    ids: int = 0
    above: SuperiorFacts | None = None

    def __post_init__(self) -> None:
        """Draw the directive."""
        content = self._content()
        if self.random.choice((True, False, False)):
            content["under"] = UNDER
            named = all(one["deadline"]["kind"] == "date" for one in content["obligations"])
            window = self.random.choice((None, local_time("2027-01-30 00:00"))) if named else None
            self.above = above(deadline=window)
        self.start = self._command("issue", CLERK, directive=content)

    # -- time and batches

    def pass_time(self, state: DirectiveState) -> None:
        """Move on: not at all, by a pause, or to the very instant of the next alarm."""
        alarm = next_alarm(state)
        if alarm is not None and alarm > self.now and self.random.choice((True, False, False)):
            self.now = alarm
        else:
            self.now += self.random.choice(PAUSES)

    def before_the_start(self) -> list[Sent]:
        """What may come to a directive that is not there: commands, and starts that are refused.

        Those under an assignment are so by ``wrong_above``.
        """
        return [self._before() for _ in range(self.random.randint(0, 3))]

    def wrong_above(self) -> SuperiorFacts:
        """An assignment that nothing may be issued under."""
        return self.random.choice((above(open=False), above(level=DEEPEST + 1), above(holder=UNITS[0])))

    def _before(self) -> Sent:
        wrong = self._content()
        match self.random.choice(("secret", "late", "over", "elsewhere", "stranger", "below", "command", "garbage")):
            case "secret":
                wrong["document"]["secrecy"] = self.random.choice(("mat", "toi_mat", "tuyet_mat"))
            case "late":
                wrong["obligations"][0]["deadline"] = by("2026-10-01")
            case "over":
                wrong["obligations"][0]["deadline"] = OVER
            case "elsewhere":
                wrong["document"]["code_number"] = "4711"
            case "stranger":
                wrong["informed"] = [STRANGER]
            case "below":
                wrong["under"] = UNDER
            case "command":
                return Sent([self._command("acknowledge", head_of(UNITS[0]))])
            case "garbage":
                return self._garbage()
        return Sent([self._command("issue", CLERK, directive=wrong)], door="start")

    def batch(self, state: DirectiveState) -> list[Sent]:
        """One to four messages."""
        return [self._message(state) for _ in range(self.random.randint(1, 4))]

    def _message(self, state: DirectiveState) -> Sent:
        door = self.random.choice(("update", "update", "signal"))
        match self.random.choice(("one",) * 6 + ("list", "list", "atomic", "atomic", "garbage")):
            case "one":
                return Sent([self.command(state)], door)
            case "list":
                return Sent([self._several(state)], door)
            case "atomic":
                # One refusal aborts all: lists that are carried out have to be mostly short and sensible.
                sensible = [self._sensible(state) for _ in range(self.random.randint(1, 2))]
                several = self.random.choice((sensible, sensible, sensible, self._several(state)))
                return Sent([{"commands": several, "atomic": True}], door)
            case _:
                return self._garbage()

    def _several(self, state: DirectiveState) -> list[Any]:
        several: list[Any] = [self.command(state) for _ in range(self.random.randint(1, 4))]
        if self.random.choice((True, False, False, False)):
            several.append(self.random.choice((17, None, {}, {"type": "obey"}, [])))
        return several

    def command(self, state: DirectiveState) -> Json:
        """The next command: mostly what makes sense, at times anything, at times something said before."""
        match self.random.choice(("sensible",) * 8 + ("wild",) * 3 + ("again", "reused")):
            case "again" if self.sent:
                return self.random.choice(self.sent)
            case "reused" if self.sent:
                earlier = self.random.choice(self.sent)
                return {**self._sensible(state), "command_id": earlier["command_id"]}
            case "wild":
                return self._wild(state)
            case _:
                return self._sensible(state)

    # -- what makes sense

    def _sensible(self, state: DirectiveState) -> Json:
        """What somebody might do next, as the directive stands."""
        if state.phase == "recalling":
            asked = [unit for unit, one in sorted(state.receipts.items()) if one.recall == "asked"]
            if asked and self.random.choice((True, True, False)):
                answer = self.random.choice(("agree_recall", "agree_recall", "refuse_recall"))
                return self.drawn(answer, state, head_of(self.random.choice(asked)))
        if any(self._runs(one) for one in state.receipts.values()) and self.random.choice((True, *(False,) * 5)):
            kind = self.random.choice(("apply_calendar", "apply_policy"))
            return self.drawn(kind, state, self._fitting(kind, state))
        if state.ended or self.random.choice((True, *(False,) * 7)):
            return self._about_the_whole(state)
        owed = [one for one in state.assignments.values() if one.owed]
        if not owed or self.random.choice((True, *(False,) * 7)):
            return self.random.choice((self._told(state), self._command("close", self._person(LEADER))))
        assignment = self.random.choice(owed)
        return self.random.choice((self._step, self._step, self._turn))(state, assignment)

    def _runs(self, receipt: Receipt) -> bool:
        """Whether its time to acknowledge does."""
        return receipt.acknowledge_by is not None and not receipt.answered and receipt.acknowledge_by > self.now

    def _about_the_whole(self, state: DirectiveState) -> Json:
        """What an office does with the directive as a whole, or an operator with the units."""
        accepted = [one for one in state.assignments.values() if one.status == "accepted"]
        kinds = [
            "amend", "amend", "correct", "delegate", "delegate", "revoke_delegation", "reorganise",
            "record_child", "superior_changed", "correct_time", "apply_calendar", "apply_calendar", "apply_policy",
            "apply_directory", "pause", "erase", "erase",
        ]  # fmt: skip
        # What ends a life is rare, or few would be long.
        kinds += ["supersede", "recall", "recall"] if self.random.choice((True, False, False, False)) else []
        kinds += ["reopen"] * (6 if accepted else 0)
        kind = self.random.choice([one for one in kinds if one in COMMANDS])
        if kind == "reopen":
            one = self.random.choice(accepted)
            who = one.reports[-1].accepted_by if one.reports else None
            person = LEADER.model_copy(update={"person": self.random.choice((who or "leader", LEADER.person))})
            return self.drawn(kind, state, person, assignment=one.id, **self.said(kind, state))
        return self.drawn(kind, state, self._fitting(kind, state), **self.said(kind, state))

    def _step(self, state: DirectiveState, assignment: Assignment) -> Json:
        """One step of the ordinary way: received, reported, answered."""
        unit = assignment.unit
        head, officer, leader = (self._person(one) for one in (head_of(unit), officer_of(unit), LEADER))
        which = self._which(assignment)
        receipt = state.receipts[unit]
        if receipt.refusal_waits and self.random.choice((True, False)):
            kind = self.random.choice(("agree_refusal", "decline_refusal", "decline_refusal"))
            return self.drawn(kind, state, leader, **{**self.said(kind, state), "unit": unit})
        if receipt.acknowledged_at is None and self.random.choice((True, True, True, False)):
            return self._receive(head)
        if assignment.suspended_at is not None and self.random.choice((True, False)):
            return self.drawn("resume", state, leader, **which)
        match assignment.status:
            case "with_head":
                answer = {"reason": "thiếu số liệu"}
                return self._either("approve", "send_back", head, which, answer)
            case "with_issuer":
                return self._either("accept", "return", leader, which, {"reason": "chưa đủ căn cứ"})
            case _:
                who = self.random.choice((head, officer))
                told = {"percent": self.random.choice((0, 50, 100))}
                report = self._command("report", who, text="Đã hoàn thành.", **which)
                return self.random.choice((report, report, self._command("progress", who, **told, **which)))

    def _turn(self, state: DirectiveState, assignment: Assignment) -> Json:
        """Something beside the ordinary way: more time, another holder, a word from above."""
        unit = assignment.unit
        waits: list[str] = []
        if assignment.pending_extension is not None:
            waits += ["grant_extension", "grant_extension", "deny_extension"]
        if assignment.transfer_to is not None:
            waits += ["agree_transfer", "agree_transfer", "decline_transfer"]
        unasked = assignment.late(self.now) and not assignment.explanations
        if assignment.pending_explanation is not None or unasked:
            waits += ["explain"]
        if assignment.status == "with_issuer":
            waits += ["recommend"]
        if assignment.overdue(self.now):
            waits += ["demand_explanation", "urge", "escalate"]
        usual = [
            "assign_officer", "attach", "request_extension", "request_extension", "propose_transfer", "urge",
            "escalate", "suspend",
        ]  # fmt: skip
        usual += ["waive"] if self.random.choice((True, False, False)) else []
        if assignment.deadline is not None and assignment.deadline > self.now:
            usual += ["request_extension"] * 6
        kind = self.random.choice(waits if waits and self.random.choice((True, True, False)) else usual)
        who = self._person(self._fitting(kind, state, unit))
        return self.drawn(kind, state, who, **{**self.said(kind, state), **self._which(assignment)})

    def _which(self, assignment: Assignment) -> Json:
        return self.random.choice(({"assignment": assignment.id}, {"item": assignment.item, "unit": assignment.unit}))

    def said(self, kind: str, state: DirectiveState) -> Json:
        """Words that make it more likely to be carried out than any others would be."""
        draw, maybe = self._draw(state), self.random.choice((True, False))
        known: dict[str, Callable[[], Json]] = {
            "request_extension": lambda: {"until": draw.deadline(9, 20, 60)},
            "grant_extension": lambda: {"until": draw.deadline(9, 20, 60)} if maybe else {},
            "demand_explanation": lambda: {"by": draw.deadline(2, 5, 9)} if maybe else {},
            "propose_transfer": self._another_unit,
            "agree_refusal": lambda: self._another_unit() if maybe else {},
            "delegate": lambda: self._delegation(state),
            "revoke_delegation": lambda: self._revocation(state),
            "amend": lambda: self._amendment(state),
            "reorganise": lambda: self._reorganisation(state),
            "correct_time": lambda: self._time(state),
            "reopen": lambda: {"slip": True} if maybe else {"slip": False, "until": draw.deadline(9, 20, 60)},
            "record_child": lambda: {"standing": self.random.choice(("done", "done", "in_time", "overdue"))},
            "superior_changed": lambda: self._from_above(state),
            "apply_directory": lambda: {"directory": self._directory(state)},
            "pause": lambda: {"until": draw.later() if maybe else draw.instant()},
            "erase": lambda: self._erasure(state),
        }
        return known[kind]() if kind in known else {}

    def _erasure(self, state: DirectiveState) -> Json:
        reports = [report for one in state.assignments.values() for report in one.reports]
        people = {one.officer for one in state.assignments.values() if one.officer} | {LEADER.person, IN_THE_OPEN}
        people |= {person for report in reports for person in report.persons}
        if self.random.choice((True, False)):
            return {"person": self.random.choice((*sorted(people), "Nguyễn Văn Không"))}
        return {"version": sorted(self.random.sample(range(1, state.version + 2), self.random.choice((1, 1, 2))))}

    def _another_unit(self) -> Json:
        to = self.random.choice((*UNITS, *NEW_UNITS))
        return {"to": to, "units": [builders.unit_json(to)] if to in NEW_UNITS else []}

    def _from_above(self, state: DirectiveState) -> Json:
        version = state.superior.version if state.superior else 0
        said = {"superior_version": max(1, version + self.random.choice((-1, 0, 1, 1, 1)))}
        kind = self.random.choice(("deadline", "deadline", "deadline", "released", "recalled"))
        tomorrow = (self.now + timedelta(days=1)).isoformat()
        deadline = {"deadline": self.random.choice((self._draw(state).later(), tomorrow))} if kind == "deadline" else {}
        return {"kind": kind, **said, **deadline}

    def _revocation(self, state: DirectiveState) -> Json:
        if not state.delegations:
            return {}
        one = self.random.choice(state.delegations)
        return {"principal": one.principal, "delegate": one.delegate, "for_role": one.role, "for_unit": one.unit}

    def _reorganisation(self, state: DirectiveState) -> Json:
        old, new = self.random.choice(sorted(state.receipts)), self.random.choice((*NEW_UNITS, *UNITS))
        return {"units": self._draw(state).entries(), "moves": [{"unit": old, "to": new}], "splits": []}

    def _delegation(self, state: DirectiveState) -> Json:
        draw, choice = self._draw(state), self.random.choice
        if state.delegations and choice((True, False, False)):
            # The other way round: somebody would stand in for themselves.
            one = choice(state.delegations)
            turned = {"principal": one.delegate, "delegate": one.principal, "for_role": one.role, "for_unit": one.unit}
            return {**turned, "start": one.start.isoformat(), "end": one.end.isoformat(), "document": "13/QĐ-UB"}
        principal = choice((LEADER, *(head_of(unit) for unit in UNITS)))
        people = (*PEOPLE, *(head_of(unit).person for unit in UNITS), LEADER.person)
        others = [one for one in people if one != principal.person]
        return {
            "principal": principal.person,
            "for_role": principal.role,
            "for_unit": principal.unit,
            "delegate": choice(others),
            "start": draw.day(-3, 0, 0, 1),
            "end": draw.day(1, 5, 20, 60),
            "document": "12/QĐ-UB",
            "commands": choice(([], [], ["accept", "report"])),
        }

    def _directory(self, state: DirectiveState) -> Json:
        known = self._draw(state).directory()
        if self.random.choice((True, True, False)):
            return known
        said = self._delegation(state)
        new = {name.removeprefix("for_"): value for name, value in said.items()}
        return {**known, "delegations": [new]}

    def _amendment(self, state: DirectiveState) -> Json:
        draw, choice = self._draw(state), self.random.choice
        item = choice(sorted(state.obligations))
        unit = choice((*UNITS, *NEW_UNITS))
        said: Json = {"add": [], "change": [], "drop": [], "inform": [], "units": draw.entries()}
        match choice(("add", "add", "change", "lead", "drop", "inform")):
            case "add":
                new = str(len(state.obligations) + 1)
                deadline = choice(({"kind": "none"}, draw.deadline(9, 20), draw.rule()))
                said["add"] = [obligation(unit, item=new, deadline=deadline)]
            case "change":
                said["change"] = [{"item": item, "deadline": draw.deadline(9, 20, 60)}]
            case "lead":
                said["change"] = [
                    {"item": item, choice(("add_lead", "drop_lead", "add_support", "drop_support")): [unit]}
                ]
            case "drop":
                said["drop"] = [item]
            case _:
                said["inform"] = [unit]
        return said

    def _time(self, state: DirectiveState) -> Json:
        reported = [one for one in state.assignments.values() if any(report.left_unit_at for report in one.reports)]
        ago = self.random.choice((timedelta(minutes=1), timedelta(hours=2), timedelta(days=1), timedelta(days=40)))
        if reported and self.random.choice((True, False)):
            one = self.random.choice(reported)
            left = [report.left_unit_at for report in one.reports if report.left_unit_at is not None][-1]
            return {"what": "report", "assignment": one.id, "to": (left - ago).isoformat()}
        unit = self.random.choice(sorted(state.receipts))
        acknowledged = state.receipts[unit].acknowledged_at or self.now
        return {"what": "acknowledgement", "unit": unit, "to": (acknowledged - ago).isoformat()}

    def _receive(self, head: Actor) -> Json:
        refuse = self._command("refuse", head, cause="invalid", reason="không hợp lệ")
        return self.random.choice((self._command("acknowledge", head),) * 3 + (refuse,))

    def _either(self, well: str, badly: str, who: Actor, which: Json, why: Json) -> Json:
        good = self._command(well, who, **which)
        return self.random.choice((good, good, self._command(badly, who, **why, **which)))

    def _told(self, state: DirectiveState) -> Json:
        unit = self.random.choice(sorted(state.receipts))
        return self._command("record_delivery", builders.SYSTEM, deliveries=[self._delivery(unit)])

    def _delivery(self, unit: str) -> Json:
        problem = self.random.choice((None, None, "550 no such user"))
        at = self.now - self.random.choice((timedelta(0), timedelta(hours=2), timedelta(days=9), -timedelta(hours=1)))
        return {**builders.delivery(unit, at, problem), "notice": self._uuid()}

    # -- what makes none

    def _wild(self, state: DirectiveState) -> Json:
        """Any command from anybody, in words that its types allow."""
        kind = self.random.choice(sorted(COMMANDS))
        units = (*UNITS, ISSUER, STRANGER, None)
        actor = builders.someone(self.random.choice(list(Role)), self.random.choice(units))
        if self.random.choice((True, False)):
            actor = self._fitting(kind, state)
        said = self.said(kind, state) if self.random.choice((True, False)) else {}
        return {**self.drawn(kind, state, actor, **{**self._target(kind, state), **said}), **self._whim(state)}

    def _fitting(self, kind: str, state: DirectiveState, unit: str | None = None) -> Actor:
        """Somebody in a role that may give it."""
        if kind == "delegate" and self.random.choice((True, False)):
            return self.random.choice((LEADER, *(head_of(one) for one in UNITS)))
        role = self.random.choice(COMMANDS[kind].roles)
        if role is Role.SYSTEM:
            return builders.SYSTEM
        if role in UNIT_SIDE:
            return builders.someone(role, unit or self.random.choice((*sorted(state.receipts), STRANGER)))
        return builders.someone(role)

    def _target(self, kind: str, state: DirectiveState) -> Json:
        if not issubclass(COMMANDS[kind], (AssignmentCommand, SelectionCommand)):
            return {}
        if self.random.choice((True, False)):
            return {"assignment": self.random.choice((*sorted(state.assignments), "9.9"))}
        item = self.random.choice((*sorted(state.obligations), "9", "9", None))
        return {"item": item, "unit": self.random.choice((*sorted(state.receipts), STRANGER, None))}

    def _whim(self, state: DirectiveState) -> Json:
        """Something about the envelope; at times a principal, at times one who delegated nothing."""
        principals = [one.principal for one in state.delegations]
        return self.random.choice(
            (
                {}, {}, {}, {"expected_revision": 1}, {"expected_revision": 2}, {"proof": "x"},
                {"on_behalf_of": self.random.choice((*principals, *principals, "absent", "erased-000000000000"))},
            )
        )  # fmt: skip

    def drawn(self, kind: str, state: DirectiveState, actor: Actor, /, **said: Any) -> Json:
        """A command with what is said, and whatever else it needs."""
        if kind == "issue":
            said = {"directive": self.random.choice((self.start["directive"], self._content()))}
        if kind == "record_delivery":
            said = {"deliveries": [self._delivery(self.random.choice((*sorted(state.receipts), STRANGER)))]}
        known = {name: value for name, value in said.items() if name in COMMANDS[kind].model_fields}
        draw = self._draw(state)
        if kind in STRICT:
            body = draw.needed(COMMANDS[kind], {**({} if known else self.said(kind, state)), **known})
            return self._command(kind, actor, **body)
        body = draw.body(COMMANDS[kind], known)
        if issubclass(COMMANDS[kind], (AssignmentCommand, SelectionCommand)):
            # What was not said to be meant is not meant.
            body = {name: value for name, value in body.items() if name in known or name not in AIMS}
        return self._command(kind, actor, **body)

    def _draw(self, state: DirectiveState) -> Draw:
        return Draw(self.random, state, self.now)

    def _garbage(self) -> Sent:
        door = self.random.choice(("update", "signal"))
        progress = self._command("progress", officer_of(UNITS[0]), percent=10)
        return self.random.choice(
            (
                Sent([b"{"], door),
                Sent([b"\xff\x00"], door),
                Sent([17], door),
                Sent([[0] * 501], door),
                Sent([], "signal"),
                Sent([progress, progress], "signal"),
                Sent([progress], "signal", "obey"),
                Sent([], "cancel"),
                Sent([TOO_LARGE], door),
                Sent([{**progress, "type": "obey"}], door),
                Sent([{**progress, "percent": 101}], door),
                Sent([{**progress, "text": "a\x00b"}], door),
                Sent([{key: value for key, value in progress.items() if key != "command_id"}], door),
            )
        )

    # -- parts

    def _content(self) -> Json:
        chosen = list(UNITS[: self.random.randint(1, len(UNITS))])
        tasks = [obligation(*chosen, deadline=self._rule())]
        if self.random.choice((True, False)):
            lead, *support = chosen
            tasks.append(obligation(lead, item="2", support=support, deadline=self._rule()))
        return builders.directive_json(
            *tasks,
            **self.random.choice(({}, {}, {}, {"imported": self._imported(chosen)})),
            document={"priority": self.random.choice((0, 0, 1)), "code_number": self.stream_number},
            informed=self.random.choice(([], [UNITS[-1]])),
            calendar=builders.calendar(off=["2026-11-03"], worked=["2026-11-21"]),
            policy=policy(self.random),
        )

    def _rule(self) -> Json:
        return self.random.choice(self.random.choice((DEADLINES, DEADLINES, CLOCKS)))

    def _imported(self, units: Sequence[str]) -> Json:
        """How the first item stood already on the day of its issue, which is the day of the import."""
        today, lines = ISSUED.date().isoformat(), []
        for number, _ in enumerate(units, start=1):
            known = self.random.choice((0, 1, 2, 3))
            days = dict.fromkeys(("acknowledged_on", "finished_on", "accepted_on")[:known], today)
            lines.append({"assignment": f"1.{number}", "line": number + 1, **days})
        return {"file": "dang-chay.csv", "sha256": "0" * 64, "lines": lines}

    def _person(self, actor: Actor) -> Actor:
        person = self.random.choice((actor.person,) * 4 + (SOMEBODY,))
        return actor.model_copy(update={"person": person})

    def _command(self, kind: str, actor: Actor, /, **fields: Any) -> Json:
        claim = self.random.choice(CLAIMS)
        timed = {} if claim is None else {"sent_at": (self.now - claim).isoformat()}
        command = builders.command_json(kind, actor, **{"command_id": self._uuid(), **timed, **fields})
        self.sent.append(command)
        return command

    def _uuid(self) -> str:
        self.ids += 1
        return str(uuid.UUID(int=self.ids))


def parcels_of(sent: Sequence[Sent], random: Random, now: datetime) -> list[Parcel]:
    """Received now; signals whose own time says nothing were seen by the server some time ago."""
    ready = []
    for one in sent:
        id_ = f"message-{random.getrandbits(40)}"
        opened = open_message(message(*one.contents, door=one.door, name=one.name, id_=id_, at=now))
        ago = random.choice((timedelta(0), timedelta(minutes=3), timedelta(hours=30)))
        seen = Seen(max(now - ago, ISSUED), "a client") if needs_look_up(opened) else None
        ready.append(parcel(opened, seen))
    return ready


def kept_in_a_life(parcels: Sequence[Parcel], events: Sequence[Event]) -> KeptWords:
    """What there is to destroy, where the batch asks for it."""
    return replace(kept_for(parcels, events), in_the_open={IN_THE_OPEN: (1,)})


def lived(seed: int, batches: int = 30, stream_number: str = "17") -> Iterator[tuple[Life, Handling]]:
    """One life, batch by batch: what came of each. The state is the caller's to look at, not to change."""
    random = Random(seed)
    life = Life(random, stream_number)
    known: dict[str, Known] = {}
    events: list[Event] = []
    state: DirectiveState | None = None
    stream = builders.STREAM.replace("/17-", f"/{stream_number}-")
    sent = [Sent([life.start], door="start")]
    for _ in range(batches):
        before = state.copied() if state else None
        parcels = parcels_of(sent, random, life.now)
        handling = Handling(
            stream=stream, state=before, known=known, superior=life.above, kept=kept_in_a_life(parcels, events)
        )
        handling.run(parcels, life.now)
        known |= handling.answered
        events += handling.events
        state = handling.state
        assert state is not None
        yield life, handling
        life.pass_time(state)
        sent = life.batch(state)


def reached(seed: int, batches: int = 30) -> Iterator[tuple[Life, DirectiveState]]:
    """The states of one life, one after each batch. They are the caller's to look at, not to change."""
    for life, handling in lived(seed, batches):
        assert handling.state is not None
        yield life, handling.state
