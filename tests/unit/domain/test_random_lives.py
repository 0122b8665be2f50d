"""Random lives on the pure layer: what must hold after every batch, whatever came."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import get_args

import pytest

from activities.journal.rows import assignment_row, directive_row, handover_rows, receipt_rows, touched
from catalogue import LANGUAGES
from catalogue.refusals import refusal
from domain.alarms import due, finished, next_alarm
from domain.arrival import Known, Parcel
from domain.commands import COMMANDS
from domain.commands.accept import ReportAccepted
from domain.commands.apply_calendar import CalendarApplied
from domain.commands.approve import ReportApproved
from domain.commands.assignment_imported import AssignmentImported
from domain.commands.deadline_set import Cause, DeadlineSet
from domain.commands.erase import hushed
from domain.commands.report import ReportSubmitted
from domain.commands.return_report import ReportReturned
from domain.commands.send_back import ReportSentBack
from domain.erasure import KeptWords
from domain.event import Event
from domain.events import EVENTS, read_event
from domain.fold import evolve, fold, folded
from domain.handling import Handling
from domain.held import Held
from domain.notices import notices
from domain.outcome import Outcome
from domain.refusal import Code
from domain.state import ENDED, RELEASED, Assignment, DirectiveState
from domain.superiors import SuperiorFacts
from domain.timed.acknowledgement import AcknowledgementRungReached
from domain.timed.answer import AnswerRungReached
from domain.timed.deadline import Reminded, RungReached
from domain.timed.review import ReviewReached
from tests.support import tables
from tests.support.builders import ISSUED, STREAM
from tests.support.desk import Desk
from tests.support.figures import cells, counts
from tests.support.lives import Life, Sent, kept_in_a_life, parcels_of
from tests.support.shelf import Shelf
from tests.support.state_diagram import DRAWINGS, Edge, steps

LIVES = 400
LONG_AGO = ISSUED - timedelta(days=1000)
ALWAYS = {
    "ReceiptDelivered", "NoticeGivenUp", "CommandRejected", "DelegationRegistered", "DelegationRevoked", "UnitsAdded",
    "UnitsReorganised", "ChildRecorded", "SuperiorDeadlineChanged", "SuperiorReleased", "WordsErased",
}  # fmt: skip
AFTER = {
    "closed": ALWAYS
    | {"DirectiveReopened", "DirectiveRecalled", "DirectiveCorrected", "TimeCorrected", "ExplanationGiven"},
    "recalled": ALWAYS,
    "superseded": ALWAYS,
}
"""What may still happen when a directive has ended."""
ONLY_READ = {Reminded.__name__: "of the first release: its journals hold it, rungs have taken its place"}
"""Events that nothing brings about any more."""


@dataclass
class Coverage:
    """What the lives reached. A test prints it, and fails where something was never reached."""

    commands: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    edges: Counter[Edge] = field(default_factory=Counter)
    lives: int = 0
    batches: int = 0

    def note(self, parcels: Sequence[Parcel], handling: Handling) -> None:
        self.batches += 1
        self.events.update(event.data.type for event in handling.events)
        self.causes.update(event.data.cause for event in handling.events if isinstance(event.data, DeadlineSet))
        for one, outcomes in zip(parcels, handling.outcomes, strict=True):
            for arrival, outcome in zip(one.arrivals, outcomes, strict=True):
                if outcome.code is not None:
                    self.refusals[outcome.code] += 1
                elif arrival.type is not None:
                    self.commands[arrival.type] += 1

    def missing(self) -> dict[str, set[str]]:
        return {
            "commands": COMMANDS.keys() - self.commands.keys(),
            "events": EVENTS.keys() - self.events.keys() - ONLY_READ.keys(),
            "refusals": set(Code) - self.refusals.keys(),
            "causes": set(get_args(Cause)) - self.causes.keys(),
            "edges": {f"{one.before} -> {one.after}" for name in DRAWINGS for one in steps(name) - self.edges.keys()},
        }

    def report(self) -> str:
        """What was reached, in figures."""
        lines = [f"random lives: {self.lives}, batches: {self.batches}"]
        for name, counted, possible in (
            ("commands carried out", self.commands, len(COMMANDS)),
            ("events", self.events, len(EVENTS.keys() - ONLY_READ.keys())),
            ("refusals", self.refusals, len(Code)),
            ("causes of deadlines", self.causes, len(get_args(Cause))),
        ):
            each = ", ".join(f"{key} {number}" for key, number in sorted(counted.items()))
            lines.append(f"{name}, {len(counted)} of {possible}: {each}")
        return "\n".join(lines)


@dataclass
class Journal:
    """All that is remembered, and a second state that follows the first one by events alone."""

    state: DirectiveState | None = None
    mirror: DirectiveState | None = None
    known: dict[str, Known] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    rows: dict[object, object] = field(default_factory=dict)
    edges: Counter[Edge] = field(default_factory=Counter)
    above: SuperiorFacts | None = None

    def handle(self, parcels: Sequence[Parcel], now: datetime) -> Handling:
        """Handle a batch as the activity does, and check all that must hold of it."""
        # Words are destroyed as they were kept before the batch: those of its own are not yet there.
        kept = kept_in_a_life(parcels, self.events)
        split = self._one_by_one(parcels, now, kept)
        handling = Handling(stream=STREAM, state=_copy(self.state), known=self.known, superior=self.above, kept=kept)
        handling.run(parcels, now)
        assert (split.events, split.outcomes, split.state) == (handling.events, handling.outcomes, handling.state)
        self._remember(handling)
        self._check_answers(handling)
        if self.state is not None:
            self._check_state(self.state, now)
            self._check_repetition(parcels, handling.outcomes, now)
        return handling

    def _one_by_one(self, parcels: Sequence[Parcel], now: datetime, kept: KeptWords) -> Handling:
        """The same messages, each in a batch of its own; time moves only at the end, as it does in one batch."""
        whole = Handling(stream=STREAM, state=_copy(self.state), known=dict(self.known))
        for number, one in enumerate(parcels, start=1):
            step = Handling(
                stream=STREAM,
                state=whole.state,
                known={**self.known, **whole.answered},
                superior=self.above,
                kept=kept.without(whole.events),
            )
            step.run([one], now if number == len(parcels) else LONG_AGO)
            whole.state = step.state
            whole.events = hushed([*whole.events, *step.events])
            whole.outcomes += step.outcomes
            whole.answered |= step.answered
        return whole

    def _remember(self, handling: Handling) -> None:
        self.state = handling.state
        if self.state is None:
            assert not handling.events
            return
        self.events += handling.events
        self.known |= handling.answered
        for event in handling.events:
            self.mirror = self._follow(self.mirror, event)
        self._project(self.state, handling.events)
        told = notices(self.state, handling.events)
        assert len({one.id for one in told}) == len(told)
        assert {one.unit for one in told} <= self.state.units.keys()

    def _follow(self, before: DirectiveState | None, event: Event) -> DirectiveState:
        """The state after the event, which changes no status and no phase but as it declares."""
        if before is None:
            return evolve(None, event)
        statuses = {one.id: one.status for one in before.assignments.values()}
        instants = {one.id: [setting.instant for setting in one.settings] for one in before.assignments.values()}
        results = _results(before)
        phase = before.phase
        _check_working_hours(before, event)
        after = evolve(before, event)
        for id_, status in statuses.items():
            assignment = after.assignments[id_]
            known = [setting.instant for setting in assignment.settings]
            assert known[: len(instants[id_])] == instants[id_], "no deadline is ever forgotten"
            if assignment.status != status:
                declared = [(status in move.before, move.after) for move in event.data.moves]
                assert (True, assignment.status) in declared, (event.data.type, status, assignment.status)
                self.edges[Edge(status, assignment.status)] += 1
        if _of_calendar(event):
            assert _results(after) == results, "what is done is judged by what was known then"
        if after.phase != phase:
            steps_ = [(phase in move.before, move.after) for move in event.data.phase_moves]
            assert (True, after.phase) in steps_, (event.data.type, phase, after.phase)
            self.edges[Edge(phase, after.phase)] += 1
        return after

    def _project(self, state: DirectiveState, events: Sequence[Event]) -> None:
        changed = touched(state, events)
        self.rows |= _rows(state, changed.assignments, changed.receipts)

    def _check_answers(self, handling: Handling) -> None:
        recorded = {event.event_id: event for event in self.events}
        for outcome in (one for outcomes in handling.outcomes for one in outcomes):
            for ref in outcome.events:
                event = recorded[ref.event_id]
                assert (ref.version, ref.type) == (event.version, event.data.type)
                assert event.command_id == outcome.command_id
            if outcome.code is None:
                assert outcome.outcome == "done"
            else:
                assert [ref.type for ref in outcome.events] in ([], ["CommandRejected"])
                assert all(refusal(outcome.code, outcome.details, language) for language in LANGUAGES)

    def _check_state(self, state: DirectiveState, now: datetime) -> None:
        assert self.mirror == state
        assert [event.version for event in self.events] == list(range(1, state.version + 1))
        assert len({event.event_id for event in self.events}) == len(self.events)
        assert all(event.at <= now for event in self.events)
        assert due(state, now) == []
        alarm = next_alarm(state)
        assert alarm is None or alarm > now or finished(state, now)

    def _check_repetition(self, parcels: Sequence[Parcel], outcomes: list[list[Outcome]], now: datetime) -> None:
        again = Handling(stream=STREAM, state=self.state, known=self.known)
        again.run(parcels, now)
        assert again.outcomes == outcomes
        assert again.events == []
        assert again.answered == {}

    def check_whole(self, cut: int, now: datetime) -> None:
        """What must hold of the life as a whole."""
        state = self.state
        assert state is not None
        assert fold(self.events) == state
        half = fold(self.events[:cut])
        assert half is not None
        kept = DirectiveState.model_validate_json(half.model_dump_json())
        assert fold(self.events[cut:], kept) == state
        assert all(read_event(event.envelope()) == event for event in self.events)
        assert self.rows == _rows(state, state.assignments.keys(), state.receipts.keys())
        assert directive_row(state)["version"] == len(self.events)
        held = {(unit, one) for unit, ids in state.holdings.items() for one in ids}
        assert held == {(one.unit, one.id) for one in state.assignments.values()}
        _check_deadlines(state, self.events)
        read = Shelf(self.events).read()
        assert folded(read) == state, "the journal, without what was destroyed, folds to the same"
        _check_deciders(read)
        _check_closure(self.events)
        _check_ending(state)
        _check_receipts(state)
        _check_handovers(state, self.events)
        _check_figures(state, self.events, now)


def _check_deadlines(state: DirectiveState, events: Sequence[Event]) -> None:
    """Every deadline ever set is still there, the original one first."""
    for assignment in state.assignments.values():
        own = [e.data for e in events if isinstance(e.data, DeadlineSet) and e.data.assignment == assignment.id]
        assert [one.instant for one in assignment.settings] == [one.instant for one in own]


def _of_calendar(event: Event) -> bool:
    """Whether an announcement moved something."""
    data = event.data
    return isinstance(data, CalendarApplied) or (isinstance(data, DeadlineSet) and data.cause == "calendar")


def _results(state: DirectiveState) -> dict[str, tuple[bool, datetime | None, bool]]:
    """What is done or released, and how it came out."""
    closed = (one for one in state.assignments.values() if not one.owed)
    return {
        one.id: (one.status == "accepted" and one.late(one.touched_at), one.deadline, one.released_overdue)
        for one in closed
    }


def _check_working_hours(state: DirectiveState, event: Event) -> None:
    """Nobody is urged outside of office hours, by the calendar in force when it happens."""
    match data := event.data:
        case RungReached():
            unit = state.assignments[data.assignment].unit
        case AcknowledgementRungReached():
            unit = data.unit
        case AnswerRungReached() | ReviewReached():
            unit = state.document.issuer
        case _:
            return
    assert state.calendar.of(unit).next_open(data.due_at) == data.due_at


def _check_deciders(events: Sequence[Event]) -> None:
    """Nobody decided on a report that they had submitted or let go."""
    hands: dict[tuple[str, int], set[str]] = {}
    for event in events:
        data = event.data
        match data:
            case ReportSubmitted():
                hands[data.assignment, data.report] = set(event.persons)
            case AssignmentImported():
                hands[data.assignment, 1] = set(event.persons)
            case ReportApproved() | ReportSentBack() | ReportAccepted() | ReportReturned():
                involved = hands[data.assignment, data.report]
                assert not involved.intersection(event.persons)
                # Whoever decided may decide again, where it was a slip.
                involved |= set(event.persons) if isinstance(data, ReportApproved) else set()


def _check_closure(events: Sequence[Event]) -> None:
    """Nothing after an end but what is allowed; an end is left only by an event that says so."""
    phase = "in_force"
    state: DirectiveState | None = None
    for event in events:
        if phase in ENDED:
            assert event.data.type in AFTER[phase], (phase, event.data.type)
        state = evolve(state, event)
        phase = state.phase


def _check_ending(state: DirectiveState) -> None:
    """An ended directive is owed nothing; what is released is so from an instant on, and asks for nothing."""
    assert state.ended == (state.ended_at is not None)
    for one in state.assignments.values():
        assert not (state.ended and one.owed)
        assert (one.status in RELEASED) == (one.released_at is not None)
        assert one.owed or (one.pending_extension is None and one.transfer_to is None)


def _check_receipts(state: DirectiveState) -> None:
    """One receipt for each unit and revision; whoever holds work that is owed has one that binds it."""
    every = [*state.earlier_receipts, *state.receipts.values()]
    assert len({(one.unit, one.revision) for one in every}) == len(every)
    for one in state.assignments.values():
        if one.owed:
            receipt = state.receipts[one.unit]
            assert (receipt.purpose, receipt.released_at) == ("act", None)


def _check_handovers(state: DirectiveState, events: Sequence[Event]) -> None:
    """From the first holder to the last, without a gap."""
    created = [one for event in events for one in getattr(event.data, "assignments", ()) if isinstance(one, Held)]
    first = {one.id: one.unit for one in created}
    assert first.keys() == state.assignments.keys()
    for one in state.assignments.values():
        holders = [first[one.id], *(step.after for step in one.handovers)]
        assert [step.before for step in one.handovers] == holders[:-1]
        assert one.unit == holders[-1]


def _check_figures(state: DirectiveState, events: Sequence[Event], now: datetime) -> None:
    """The cells by the events alone are those by the state; the sums hold, for every grouping."""
    by_events = cells(events, now)
    assert by_events == {one.id: _cell(one, now) for one in state.assignments.values()}
    leading = [one for one in state.assignments.values() if one.role == "lead"]
    whole = counts(by_events[one.id] for one in leading)
    assert whole["total"] == whole["done"] + whole["open"]
    assert whole["given"] == whole["total"] + whole["released"] == len(leading)
    assert whole["done"] == sum(one.status == "accepted" for one in leading)
    for grouping in ("unit", "item", "assigned_on", "status", "reopened"):
        parts = [
            counts(by_events[one.id] for one in leading if getattr(one, grouping) == key)
            for key in {getattr(one, grouping) for one in leading}
        ]
        assert all(part["given"] == part["total"] + part["released"] for part in parts)
        assert {name: sum(part[name] for part in parts) for name in whole} == whole


def _cell(assignment: Assignment, now: datetime) -> str:
    if assignment.status in RELEASED:
        return assignment.status
    if assignment.status == "accepted":
        left, limit = assignment.reports[-1].left_unit_at, assignment.judged_by
        assert left is not None
        return "done_late" if limit and left > limit else "done_on_time"
    return "open_overdue" if assignment.overdue(now) else "open_in_time"


def _rows(state: DirectiveState, assignments: Collection[str], units: Collection[str]) -> dict[object, object]:
    """The read models' rows of these, by their keys."""
    found: dict[object, object] = {id_: assignment_row(state, state.assignments[id_]) for id_ in assignments}
    found |= {(row["unit"], row["revision"]): row for row in receipt_rows(state, units)}
    return found | {(row["assignment"], row["number"]): row for row in handover_rows(state, assignments)}


def _copy(state: DirectiveState | None) -> DirectiveState | None:
    return state.model_copy(deep=True) if state else None


def live(random: Random, coverage: Coverage, say: Callable[[str], None] = lambda _: None) -> None:
    """One life from before its issue to wherever it gets. ``say`` is told what is sent."""
    life, journal = Life(random), Journal()

    def send(sent: Sequence[Sent]) -> None:
        say(f"{life.now}: {str(sent)[:2000]}")
        parcels = parcels_of(sent, random, life.now)
        coverage.note(parcels, journal.handle(parcels, life.now))

    journal.above = life.wrong_above()
    send(life.before_the_start())
    journal.above = life.above
    send([Sent([life.start], door="start")])
    assert journal.state is not None
    for _ in range(random.randint(1, 30)):
        life.pass_time(journal.state)
        send(life.batch(journal.state))
    journal.check_whole(random.randint(1, len(journal.events)), life.now)
    coverage.edges += journal.edges
    coverage.lives += 1


@pytest.mark.timeout(200)
def test_random_lives_keep_every_promise_and_reach_every_command_event_and_refusal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    coverage = Coverage()

    # Named by seeds: what hypothesis draws depends on which modules are loaded, and what is reached would on luck.
    for seed in range(LIVES):
        live(Random(seed), coverage)
    coverage.edges.update(edge for desk in tables.lives() for edge in edges_of(desk))
    with capsys.disabled():
        print(f"\n{coverage.report()}")
    assert not any(coverage.missing().values()), coverage.missing()


def edges_of(desk: Desk) -> Iterator[Edge]:
    """The steps that a life of the commands' tables took: some are too rare for chance."""
    state = None
    for event in desk.events:
        before = {one.id: one.status for one in state.assignments.values()} if state else {}
        state = evolve(state, event)
        yield from (Edge(status, state.assignments[id_].status) for id_, status in before.items())


@pytest.mark.parametrize("seed", range(3))
def test_a_life_can_be_named_by_its_seed_and_lived_again(seed: int) -> None:
    first, second = Coverage(), Coverage()
    live(Random(seed), first)
    live(Random(seed), second)
    assert first == second
