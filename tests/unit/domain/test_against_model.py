"""Every command against a small independent model: what is carried out, where work stands, in which cell it counts."""

from collections import Counter
from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, ClassVar, Final

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from domain.actor import SYSTEM, Actor, Role
from domain.alarms import next_alarm
from domain.commands import COMMANDS
from domain.policy import Policy
from domain.state import Assignment
from tests.support.builders import (
    ISSUED,
    ISSUER,
    LEADER,
    Json,
    by,
    calendar,
    command,
    delivered,
    directive,
    head_of,
    obligation,
    officer_of,
    someone,
    unit_json,
)
from tests.support.desk import Desk
from tests.support.drawing import Draw
from tests.support.figures import CELLS, cells, counts
from tests.support.model import LOCAL, Due, Model, Work, end_of_day

UNITS: Final = ("unit-a", "unit-b", "unit-c", "unit-d", "unit-e")
"""The last two stand in the directory alone."""
DUE: Final = date(2026, 11, 20)
SAME: Final = "one with two offices"
DOCUMENT: Final[Json] = {"notation": "18/UBND-NC", "issued_date": "2026-11-02"}
LEADERS: Final = (LEADER.person, SAME, "deputy")
PAUSES: Final = [timedelta(**one) for one in ({"minutes": 1}, {"minutes": 1}, {"hours": 5}, {"days": 1}, {"days": 4})]
CHANCE: Final = st.randoms(use_true_random=True)
"""Seeded by hypothesis, so that a life can be lived again; drawn bit by bit it would favour what stands first."""
Given = tuple[str, Actor, Json, Json]
"""Kind; who gives it; what the command says; what the model is told."""

PLAIN: Final = {
    "progress": Role.OFFICER, "attach": Role.OFFICER, "assign_officer": Role.UNIT_HEAD, "explain": Role.UNIT_HEAD,
    "recommend": Role.TRACKER, "urge": Role.CLERK, "escalate": Role.TRACKER, "deny_extension": Role.LEADER,
    "suspend": Role.LEADER, "resume": Role.LEADER, "agree_transfer": Role.LEADER, "decline_transfer": Role.LEADER,
    "demand_explanation": Role.LEADER, "waive": Role.LEADER,
}  # fmt: skip
"""About one assignment, and nothing else matters."""
DECIDED: Final = {
    "approve": Role.UNIT_HEAD, "send_back": Role.UNIT_HEAD, "accept": Role.LEADER, "return": Role.LEADER,
}  # fmt: skip
WHOLE: Final = {"correct": Role.CLERK, "close": Role.LEADER, "supersede": Role.LEADER, "recall": Role.LEADER}
OF_UNIT: Final = {
    "acknowledge": Role.UNIT_HEAD, "refuse": Role.UNIT_HEAD, "agree_recall": Role.UNIT_HEAD,
    "refuse_recall": Role.UNIT_HEAD, "decline_refusal": Role.LEADER,
}  # fmt: skip
OTHER: Final = (
    "report",
    "request_extension",
    "grant_extension",
    "propose_transfer",
    "agree_refusal",
    "reopen",
    "reorganise",
    "correct_time",
    "delegate",
    "revoke_delegation",
    "amend",
    "record_child",
    "apply_calendar",
    "apply_policy",
    "apply_directory",
    "pause",
)
KINDS: Final = (*PLAIN, *DECIDED, *OF_UNIT, *OTHER)
OFTEN: Final = (
    "acknowledge", "report", "report", "approve", "approve", "accept", "accept", "accept", "return",
    "request_extension", "request_extension", "grant_extension", "deny_extension", "agree_transfer",
    "decline_transfer", "resume", "reopen", "close", "demand_explanation", "explain", "refuse", "agree_refusal",
    "decline_refusal",
)  # fmt: skip
"""What leads somewhere."""
NOT_HERE: Final = frozenset(
    {
        "issue", "record_delivery", "superior_changed", "erase",
    }
)  # fmt: skip
"""The first begins each life, deliveries have a rule of their own, nothing is above this directive, and the state knows
no words that could be destroyed."""


def content() -> Any:
    book = {"version": "1", "sha256": "0" * 64, "units": [unit_json(unit) for unit in (ISSUER, *UNITS)]}
    tasks = (
        obligation("unit-a", "unit-b", "unit-c", deadline=by(DUE.isoformat())),
        obligation("unit-a", item="2", support=["unit-b"]),
    )
    return directive(*tasks, informed=["unit-d"], directory=book, policy=policy(explain_late=True))


def policy(**said: Any) -> Json:
    """With every ladder as it is assumed: whoever is urged is counted as before."""
    return {**Policy().model_dump(mode="json"), **said}


ROUNDS: Final = range(1, 4)
"""Seeds. What is drawn depends on the modules that are loaded, too, so one round may miss what is rare."""


class Life(RuleBasedStateMachine):
    """The service and the model live the same life. ``counted``: which commands were carried out, or not."""

    counted: ClassVar[Counter[tuple[str, bool]]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk(content())
        due = Due(ISSUED, end_of_day(DUE), DUE)
        works = {f"1.{n}": Work("1", unit, dues=[due]) for n, unit in enumerate(UNITS[:3], start=1)}
        works |= {"2.1": Work("2", "unit-a"), "2.2": Work("2", "unit-b")}
        self.model = Model(works, ["unit-d"], (ISSUER, *UNITS), ISSUED)
        self.first = {id_: [*one.settings] for id_, one in self.desk.state.assignments.items()}

    @rule(pause=st.sampled_from(PAUSES))
    def time_passes(self, pause: timedelta) -> None:
        self._wait(self.desk.now + pause)

    @precondition(lambda self: next_alarm(self.desk.state) is not None)
    @rule()
    def time_passes_to_the_next_alarm(self) -> None:
        alarm = next_alarm(self.desk.state)
        assert alarm is not None
        self._wait(alarm)

    @rule()
    def a_unit_is_told(self) -> None:
        self.desk.do(delivered("unit-a", at=self.desk.now))

    @rule(random=CHANCE)
    def something_sensible_is_commanded(self, random: Random) -> None:
        for _ in range(3):
            for kinds in (OFTEN,) * 12 + (KINDS,) * 6:
                given = self._any(random.choice(kinds), random)
                if deepcopy(self.model).give(_method(given[0]), self.desk.now, **given[3]):
                    break
            self._give(given, random)

    @precondition(lambda self: self.model.phase == "recalling")
    @rule(random=CHANCE)
    def a_recall_is_answered(self, random: Random) -> None:
        """Or given once more, while units are still asked."""
        kind = random.choice(("agree_recall", "agree_recall", "refuse_recall", "recall"))
        self._give(self._any(kind, random), random)

    @rule(random=CHANCE)
    def anything_is_commanded(self, random: Random) -> None:
        self._give(self._any(random.choice(KINDS if random.random() < 0.9 else list(WHOLE)), random), random)

    @invariant()
    def both_say_the_same(self) -> None:
        state, now = self.desk.state, self.desk.now
        assert state.phase == self.model.phase
        works = self.model.works
        assert {id_: (one.unit, one.status) for id_, one in state.assignments.items()} == {
            id_: (one.unit, one.status) for id_, one in works.items()
        }
        found = cells(self.desk.events, now)
        assert found == self.model.cells(now)
        assert {id_: one.deadline for id_, one in state.assignments.items()} == {
            id_: one.due(now) for id_, one in works.items()
        }

    @invariant()
    def the_figures_add_up(self) -> None:
        found = cells(self.desk.events, self.desk.now)
        whole = counts(found.values())
        assert whole["given"] == sum(whole[cell] for cell in CELLS) + whole["released"] == len(found)

    @invariant()
    def the_first_deadline_stays(self) -> None:
        for id_, settings_ in self.first.items():
            assert self.desk.state.assignments[id_].settings[: len(settings_)] == settings_

    @invariant()
    def whoever_was_late_is_asked_or_has_said_why(self) -> None:
        assert {id_: [why.given_at is not None for why in one.explanations] for id_, one in self._known()} == {
            id_: one.why for id_, one in self.model.works.items()
        }

    def _known(self) -> Iterable[tuple[str, Assignment]]:
        return self.desk.state.assignments.items()

    def _wait(self, until: datetime) -> None:
        self.desk.wait_until(until)
        self.model.wait(self.desk.now)

    def _give(self, given: Given, random: Random) -> None:
        kind, actor, said, told = given
        envelope = {name: said.pop(name) for name in ("on_behalf_of",) if name in said}
        body = Draw(random, self.desk.state, self.desk.now).needed(COMMANDS[kind], said) | envelope
        outcome = self.desk.one(command(kind, actor, **body))
        self.counted[kind, outcome.outcome == "done"] += 1
        before = [one.data for one in self.desk.events[-12:]]
        same = (outcome.outcome == "done") == self.model.give(_method(kind), self.desk.now, **told)
        assert same, (given, outcome, self.desk.state.phase, before)

    def _any(self, kind: str, random: Random) -> Given:
        id_ = random.choice(sorted(self.model.works))
        unit = random.choice(sorted(self.model.papers))
        groups = ((WHOLE, self._whole), (OF_UNIT, self._of_unit), (PLAIN, self._plain), (DECIDED, self._decided))
        for group, make in groups:
            if kind in group:
                return make(kind, id_, unit, random)
        others: dict[str, Callable[[str, str, Random], Given]] = {
            "report": self._report,
            "request_extension": self._request,
            "grant_extension": self._grant,
            "propose_transfer": self._propose,
            "agree_refusal": self._agree,
            "reopen": self._reopen,
            "reorganise": self._reorganise,
            "correct_time": self._correct_time,
            "delegate": self._delegate,
            "revoke_delegation": self._revoke,
            "amend": self._amend,
            "record_child": self._child,
            "apply_calendar": self._calendar,
            "apply_policy": self._policy,
            "apply_directory": self._directory,
            "pause": self._pause,
        }
        return others[kind](id_, unit, random)

    def _whole(self, kind: str, _id: str, _unit: str, _random: Random) -> Given:
        said = {"subject": f"chủ đề {len(self.desk.events)}"} if kind == "correct" else {}
        return kind, someone(WHOLE[kind]), said, {}

    def _of_unit(self, kind: str, _id: str, unit: str, _random: Random) -> Given:
        if OF_UNIT[kind] is Role.LEADER:
            return kind, LEADER, {"unit": unit}, {"unit": unit}
        return kind, someone(OF_UNIT[kind], unit), {}, {"unit": unit}

    def _plain(self, kind: str, id_: str, _unit: str, _random: Random) -> Given:
        return kind, self._who(PLAIN[kind], id_), {"assignment": id_}, {"id_": id_}

    def _decided(self, kind: str, id_: str, _unit: str, random: Random) -> Given:
        actor = self._either(self._who(DECIDED[kind], id_), random)
        said, told = {"assignment": id_}, {"id_": id_, "person": actor.person}
        if DECIDED[kind] is not Role.LEADER or random.choice((True, True, False)):
            return kind, actor, said, told
        behalf = random.choice([one for one in LEADERS if one != actor.person])
        return kind, actor, {**said, "on_behalf_of": behalf}, {**told, "behalf": behalf}

    def _report(self, id_: str, _unit: str, random: Random) -> Given:
        head = random.choice((True, False))
        actor = self._either(self._who(Role.UNIT_HEAD if head else Role.OFFICER, id_), random)
        return "report", actor, {"assignment": id_}, {"id_": id_, "person": actor.person, "head": head}

    def _request(self, id_: str, _unit: str, random: Random) -> Given:
        day = self._day(random)
        said = {"assignment": id_, "until": by(day.isoformat())}
        return "request_extension", self._who(Role.UNIT_HEAD, id_), said, {"id_": id_, "day": day}

    def _grant(self, id_: str, _unit: str, random: Random) -> Given:
        day = random.choice((None, None, self._day(random)))
        said = {"assignment": id_, **({"until": by(day.isoformat())} if day else {})}
        return "grant_extension", LEADER, said, {"id_": id_, "day": day}

    def _propose(self, id_: str, _unit: str, random: Random) -> Given:
        to = random.choice((*UNITS, "unit-z"))
        said = {"assignment": id_, "to": to}
        return "propose_transfer", self._who(Role.UNIT_HEAD, id_), said, {"id_": id_, "to": to}

    def _agree(self, _id: str, unit: str, random: Random) -> Given:
        to = random.choice((None, None, *UNITS, "unit-z"))
        said = {"unit": unit, **({"to": to} if to else {})}
        return "agree_refusal", LEADER, said, {"unit": unit, "to": to}

    def _reopen(self, id_: str, _unit: str, random: Random) -> Given:
        actor = self._either(LEADER, random)
        if random.choice((True, False)):
            said = {"assignment": id_, "slip": True}
            return "reopen", actor, said, {"id_": id_, "person": actor.person, "day": None}
        day = self._day(random)
        said = {"assignment": id_, "until": by(day.isoformat())}
        return "reopen", actor, said, {"id_": id_, "person": actor.person, "day": day}

    def _amend(self, _id: str, unit: str, random: Random) -> Given:
        said: Json = {"document": DOCUMENT, "add": [], "drop": []}
        said |= {"inform": [], "units": []}
        match random.choice(("deadline", "add", "drop")):
            case "deadline":
                item, day = random.choice("12"), self._day(random)
                change = {"item": item, "deadline": by(day.isoformat())}
                told = {"how": "deadline", "item": item, "day": day}
            case "add":
                unit = random.choice(UNITS)
                change, told = {"item": "1", "add_lead": [unit]}, {"how": "add", "unit": unit}
            case _:
                change, told = {"item": "1", "drop_lead": [unit]}, {"how": "drop", "unit": unit}
        return "amend", someone(Role.CLERK), {**said, "change": [change]}, told

    def _child(self, id_: str, _unit: str, random: Random) -> Given:
        # Mostly done, or nothing could be reported any more.
        standing = random.choice(("in_time", "overdue", "done", "done", "done", "done"))
        unit, version = random.choice(UNITS), random.randint(1, 9)
        id_ = random.choice((id_, id_, id_, "9.9"))
        said = {"assignment": id_, "child": f"directive/{unit}/2026/05-VP", "standing": standing}
        told = {"id_": id_, "unit": unit, "standing": standing, "version": version}
        return "record_child", SYSTEM, {**said, "child_version": version, "window": None}, told

    def _calendar(self, _id: str, _unit: str, random: Random) -> Given:
        today = self.desk.now.astimezone(LOCAL).date()
        near = (today + timedelta(days=random.randint(-3, 30)) for _ in range(random.randint(0, 9)))
        off = frozenset(day for day in (*near, *random.sample(sorted(self.model.off), len(self.model.off) // 2)))
        said = {"calendar": calendar([day.isoformat() for day in sorted(off)]), "document": DOCUMENT}
        return "apply_calendar", someone(Role.OPERATOR), said, {"off": off}

    def _policy(self, _id: str, _unit: str, random: Random) -> Given:
        told: Json = {"own": random.choice((True, True, False)), "explain_late": random.choice((True, True, False))}
        told |= {"extensions": random.choice((1, 2, 5))}
        laid = {"explain_late": told["explain_late"], "extensions_most": told["extensions"]}
        laid |= {"issuer": random.choice((None, ISSUER)) if told["own"] else "unit-a"}
        return "apply_policy", someone(Role.OPERATOR), {"policy": policy(**laid), "document": DOCUMENT}, told

    def _directory(self, _id: str, _unit: str, random: Random) -> Given:
        names = [unit_json(unit) for unit in (ISSUER, *UNITS)]
        names[-1]["name"] += random.choice(("", " (mới)"))
        book: Json = {"version": "2", "sha256": "1" * 64, "units": names}
        told: Json = {"delegation": None}
        if random.choice((True, False)):
            (principal, delegate), (start, end) = random.sample(LEADERS, 2), self._days(random)
            told["delegation"] = principal, delegate, start, end
            days = {"start": start.isoformat(), "end": end.isoformat(), "document": "12/QĐ-UB"}
            people = {"principal": principal, "delegate": delegate, "role": "leader", "unit": ISSUER}
            book["delegations"] = [{**people, **days}]
        return "apply_directory", someone(Role.OPERATOR), {"directory": book, "document": DOCUMENT}, told

    def _pause(self, _id: str, _unit: str, random: Random) -> Given:
        until = self.desk.now + timedelta(days=random.choice((-1, 1, 5, 20)))
        until = random.choice((until, until, self.model.paused or until))
        return "pause", someone(Role.OPERATOR), {"until": until.isoformat()}, {"until": until}

    def _reorganise(self, _id: str, unit: str, random: Random) -> Given:
        to = random.choice(UNITS)
        said = {"kind": "merge", "moves": [{"unit": unit, "to": to}], "splits": [], "units": []}
        return "reorganise", someone(Role.OPERATOR), said, {"unit": unit, "to": to}

    def _correct_time(self, id_: str, unit: str, random: Random) -> Given:
        to = self.desk.now - random.choice(
            (timedelta(minutes=1), timedelta(hours=4), timedelta(days=2), timedelta(days=40))
        )
        said: Json = {"to": to.isoformat()}
        if random.choice((True, False)):
            said |= {"what": "acknowledgement", "unit": unit}
            return "correct_time", LEADER, said, {"unit": unit, "to": to}
        return "correct_time", LEADER, {**said, "what": "report", "assignment": id_}, {"id_": id_, "to": to}

    def _delegate(self, _id: str, _unit: str, random: Random) -> Given:
        actor, said, told = self._powers(random)
        start, end = self._days(random)
        days = {"start": start.isoformat(), "end": end.isoformat(), "commands": [], "document": "12/QĐ-UB"}
        return "delegate", actor, {**said, **days}, {**told, "days": (start, end)}

    def _revoke(self, _id: str, _unit: str, random: Random) -> Given:
        return "revoke_delegation", *self._powers(random)

    def _powers(self, random: Random) -> tuple[Actor, Json, Json]:
        """Who disposes of which leader's powers."""
        principal, delegate = random.sample(LEADERS, 2)
        by_ = random.choice((principal, principal, delegate, None))
        actor = someone(Role.OPERATOR) if by_ is None else LEADER.model_copy(update={"person": by_})
        told = {"principal": principal, "delegate": delegate}
        return actor, {**told, "for_role": "leader", "for_unit": ISSUER}, {**told, "by": by_}

    def _days(self, random: Random) -> tuple[date, date]:
        """The first and the last of a delegation."""
        start = self.desk.now.astimezone(LOCAL).date() + timedelta(days=random.choice((-1, 0, 3)))
        return start, start + timedelta(days=random.choice((0, 5, 40)))

    def _day(self, random: Random) -> date:
        """A working day, some time from now."""
        day = self.desk.now.astimezone(LOCAL).date() + timedelta(days=random.choice((-2, 1, 10, 25, 60, 150)))
        return day - timedelta(days=max(0, day.weekday() - 4))

    def _who(self, role: Role, id_: str) -> Actor:
        unit = self.model.works[id_].unit
        known = {Role.UNIT_HEAD: head_of(unit), Role.OFFICER: officer_of(unit)}
        return known.get(role) or someone(role)

    def _either(self, actor: Actor, random: Random) -> Actor:
        """At times somebody who acts for the issuer and for units alike."""
        return actor.model_copy(update={"person": random.choice((actor.person, actor.person, SAME))})


def _method(kind: str) -> str:
    return "return_" if kind == "return" else kind


@pytest.mark.timeout(400)
def test_every_command_does_what_the_model_says_and_is_both_carried_out_and_refused() -> None:
    reached = Counter[tuple[str, bool]]()

    class Counted(Life):
        counted = reached

    kinds = {*PLAIN, *DECIDED, *WHOLE, *OF_UNIT, *OTHER}
    wanted = {(kind, done) for kind in kinds for done in (True, False)}
    for number in ROUNDS:
        _live(seed(number)(Counted))
        if not wanted - reached.keys():
            break
    assert wanted - reached.keys() == set()


def _live(lives: type[Life]) -> None:
    run_state_machine_as_test(
        lives,
        settings=settings(
            max_examples=330,
            stateful_step_count=40,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # Shrinking a life takes minutes; the steps that led to the difference are printed as they were.
            phases=[Phase.generate],
        ),
    )


def test_the_model_is_asked_about_every_command() -> None:
    assert {*PLAIN, *DECIDED, *WHOLE, *OF_UNIT, *OTHER, *NOT_HERE} == COMMANDS.keys()
