"""Random lives of a directive: what offices, units and strangers might send it, sensible or not.

Everything is drawn from a ``random.Random``, so that a property test can shrink a life and a test on the real stack
can name it by its seed.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from domain.actor import Actor
from domain.alarms import next_alarm
from domain.command import AssignmentCommand
from domain.commands import COMMANDS
from domain.state import Assignment, DirectiveState
from tests.support import builders
from tests.support.builders import CLERK, ISSUED, ISSUER, LEADER, Json, before, by, head_of, obligation, officer_of
from workflows.raw import LARGEST

UNITS: Final = ("unit-a", "unit-b", "unit-c")
STRANGER: Final = "unit-z"
TOO_LARGE: Final = b"x" * (LARGEST + 1)
SOMEBODY: Final = "somebody with many offices"
DEADLINES: Final[list[Json]] = [
    {"kind": "none"}, by("2026-11-02"), by("2026-11-04", "16:30"), before("2026-11-10"), by("2026-11-22"),
]  # fmt: skip
PAUSES: Final = [
    timedelta(0), timedelta(0), timedelta(seconds=1), timedelta(minutes=2), timedelta(hours=3), timedelta(days=1),
    timedelta(days=5), timedelta(days=20),
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


@dataclass(frozen=True, slots=True)
class Sent:
    """A message before it is put into a payload. ``contents``: JSON values, or bytes as they are."""

    contents: Sequence[Any]
    door: str = "update"
    name: str = "submit"


@dataclass
class Life:
    """One directive and the people around it. ``start`` is the issue command; ``sent`` all commands so far."""

    random: Random
    stream_number: str = "17"
    start: Json = field(init=False)
    sent: list[Json] = field(default_factory=list)
    now: datetime = ISSUED
    ids: int = 0

    def __post_init__(self) -> None:
        """Draw the directive."""
        self.start = self._command("issue", CLERK, directive=self._content())

    # -- time and batches

    def pass_time(self, state: DirectiveState) -> None:
        """Move on: not at all, by a pause, or to the very instant of the next alarm."""
        alarm = next_alarm(state)
        if alarm is not None and alarm > self.now and self.random.choice((True, False, False)):
            self.now = alarm
        else:
            self.now += self.random.choice(PAUSES)

    def before_the_start(self) -> list[Sent]:
        """What may come to a directive that is not there: commands, and starts that are refused."""
        return [self._before() for _ in range(self.random.randint(0, 3))]

    def _before(self) -> Sent:
        wrong = self._content()
        match self.random.choice(("secret", "late", "elsewhere", "stranger", "command", "garbage")):
            case "secret":
                wrong["document"]["secrecy"] = self.random.choice(("mat", "toi_mat", "tuyet_mat"))
            case "late":
                wrong["obligations"][0]["deadline"] = by("2026-10-01")
            case "elsewhere":
                wrong["document"]["code_number"] = "4711"
            case "stranger":
                wrong["informed"] = [STRANGER]
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
        owed = [one for one in state.assignments.values() if one.owed]
        if not owed:
            return self.random.choice((self._command("close", self._person(LEADER)), self._told(state)))
        if self.random.choice((True, False, False, False, False, False)):
            return self._told(state)
        return self._step(state, self.random.choice(owed))

    def _step(self, state: DirectiveState, assignment: Assignment) -> Json:
        unit = assignment.unit
        head, officer, leader = (self._person(one) for one in (head_of(unit), officer_of(unit), LEADER))
        which: Json = self.random.choice(({"assignment": assignment.id}, {"item": assignment.item, "unit": unit}))
        if state.receipts[unit].acknowledged_at is None and self.random.choice((True, True, True, False)):
            return self._receive(head)
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
        kind = self.random.choice(sorted(COMMANDS))
        role = self.random.choice(
            ("clerk", "leader", "tracker", "unit_head", "officer", "inspector", "operator", "system")
        )
        actor = builders.someone(role, self.random.choice((*UNITS, ISSUER, STRANGER, None)))
        if self.random.choice((True, False)):
            actor = self._fitting(kind)
        return {**self._command(kind, actor, **self._body(kind, state)), **self._whim()}

    def _fitting(self, kind: str) -> Actor:
        if kind in ("issue", "accept", "return", "close"):
            return CLERK if kind == "issue" else LEADER
        if kind == "record_delivery":
            return builders.SYSTEM
        unit = self.random.choice((*UNITS, STRANGER))
        return self.random.choice((head_of(unit), officer_of(unit)))

    def _body(self, kind: str, state: DirectiveState) -> Json:
        own = {
            "issue": {"directive": self.random.choice((self.start["directive"], self._content()))},
            "refuse": {"cause": "duplicate", "reason": "lý do"},
            "progress": {"percent": 10},
            "report": {"text": "xong"},
            "send_back": {"reason": "lý do"},
            "return": {"reason": "lý do"},
            "record_delivery": {"deliveries": [self._delivery(self.random.choice((*UNITS, STRANGER)))]},
        }
        aimed = issubclass(COMMANDS[kind], AssignmentCommand)
        return {**own.get(kind, {}), **(self._target(state) if aimed else {})}

    def _target(self, state: DirectiveState) -> Json:
        if self.random.choice((True, False)):
            return {"assignment": self.random.choice((*sorted(state.assignments), "9.9"))}
        item = self.random.choice((*sorted(state.obligations), "9", "9", None))
        return {"item": item, "unit": self.random.choice((*UNITS, STRANGER, None))}

    def _whim(self) -> Json:
        return self.random.choice(
            ({}, {}, {}, {"expected_revision": 1}, {"expected_revision": 2}, {"on_behalf_of": "absent"}, {"proof": "x"})
        )

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
        tasks = [obligation(*chosen, deadline=self.random.choice(DEADLINES))]
        if self.random.choice((True, False)):
            lead, *support = chosen
            tasks.append(obligation(lead, item="2", support=support, deadline=self.random.choice(DEADLINES)))
        return builders.directive_json(
            *tasks,
            document={"priority": self.random.choice((0, 0, 1)), "code_number": self.stream_number},
            informed=self.random.choice(([], [UNITS[-1]])),
            calendar=builders.calendar(off=["2026-11-03"], worked=["2026-11-21"]),
            policy={
                "rejections_per_day": self.random.choice((2, 100, 100)),
                "linger_days": self.random.choice((0, 7)),
                "acknowledge_working_days": self.random.choice((0, 1)),
                "remind_working_days_before": self.random.choice((0, 1, 3)),
            },
        )

    def _person(self, actor: Actor) -> Actor:
        person = self.random.choice((actor.person,) * 4 + (SOMEBODY,))
        return actor.model_copy(update={"person": person})

    def _command(self, kind: str, actor: Actor, **fields: Any) -> Json:
        claim = self.random.choice(CLAIMS)
        timed = {} if claim is None else {"sent_at": (self.now - claim).isoformat()}
        command = builders.command_json(kind, actor, **{"command_id": self._uuid(), **timed, **fields})
        self.sent.append(command)
        return command

    def _uuid(self) -> str:
        self.ids += 1
        return str(uuid.UUID(int=self.ids))
