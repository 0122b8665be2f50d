"""Random lives on the pure layer: what must hold after every batch, whatever came."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from activities.command_time import needs_look_up
from activities.journal.rows import assignment_row, directive_row, receipt_row, touched
from activities.reading import open_message
from activities.signal_times import Seen
from catalogue import LANGUAGES
from catalogue.refusals import refusal
from domain.alarms import due, finished, next_alarm
from domain.arrival import Known, Parcel
from domain.commands import COMMANDS
from domain.commands.accept import ReportAccepted
from domain.commands.approve import ReportApproved
from domain.commands.deadline_set import DeadlineSet
from domain.commands.report import ReportSubmitted
from domain.commands.return_report import ReportReturned
from domain.commands.send_back import ReportSentBack
from domain.event import Event
from domain.events import EVENTS, read_event
from domain.fold import fold
from domain.handling import Handling
from domain.notices import notices
from domain.outcome import Outcome
from domain.refusal import Code
from domain.state import Assignment, DirectiveState
from tests.support.builders import ISSUED, STREAM
from tests.support.doors import message, parcel
from tests.support.figures import cells, counts
from tests.support.lives import Life, Sent

LIVES = 150
LONG_AGO = ISSUED - timedelta(days=1000)
AFTER_CLOSING = {"ReceiptDelivered", "NoticeGivenUp", "CommandRejected"}


@dataclass
class Coverage:
    """What the lives reached. A test prints it, and fails where something was never reached."""

    commands: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    lives: int = 0
    batches: int = 0

    def note(self, parcels: Sequence[Parcel], handling: Handling) -> None:
        self.batches += 1
        self.events.update(event.data.type for event in handling.events)
        for one, outcomes in zip(parcels, handling.outcomes, strict=True):
            for arrival, outcome in zip(one.arrivals, outcomes, strict=True):
                if outcome.code is not None:
                    self.refusals[outcome.code] += 1
                elif arrival.type is not None:
                    self.commands[arrival.type] += 1

    def missing(self) -> dict[str, set[str]]:
        return {
            "commands": COMMANDS.keys() - self.commands.keys(),
            "events": EVENTS.keys() - self.events.keys(),
            "refusals": set(Code) - self.refusals.keys(),
        }

    def report(self) -> str:
        lines = [f"random lives: {self.lives}, batches: {self.batches}"]
        for name, counted, possible in (
            ("commands carried out", self.commands, len(COMMANDS)),
            ("events", self.events, len(EVENTS)),
            ("refusals", self.refusals, len(Code)),
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
    rows: dict[str, dict[str, object]] = field(default_factory=dict)

    def handle(self, parcels: Sequence[Parcel], now: datetime) -> Handling:
        """Handle a batch as the activity does, and check all that must hold of it."""
        split = self._one_by_one(parcels, now)
        handling = Handling(stream=STREAM, state=_copy(self.state), known=self.known)
        handling.run(parcels, now)
        assert (split.events, split.outcomes, split.state) == (handling.events, handling.outcomes, handling.state)
        self._remember(handling)
        self._check_answers(handling)
        if self.state is not None:
            self._check_state(self.state, now)
            self._check_repetition(parcels, handling.outcomes, now)
        return handling

    def _one_by_one(self, parcels: Sequence[Parcel], now: datetime) -> Handling:
        """The same messages, each in a batch of its own; time moves only at the end, as it does in one batch."""
        whole = Handling(stream=STREAM, state=_copy(self.state), known=dict(self.known))
        for number, one in enumerate(parcels, start=1):
            step = Handling(stream=STREAM, state=whole.state, known={**self.known, **whole.answered})
            step.run([one], now if number == len(parcels) else LONG_AGO)
            whole.state = step.state
            whole.events += step.events
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
        self.mirror = fold(handling.events, self.mirror)
        self._project(self.state, handling.events)
        told = notices(self.state, handling.events)
        assert len({one.id for one in told}) == len(told)
        assert {one.unit for one in told} <= self.state.units.keys()

    def _project(self, state: DirectiveState, events: Sequence[Event]) -> None:
        changed = touched(state, events)
        for one in changed.assignments:
            self.rows[one] = assignment_row(state, state.assignments[one])
        for one in changed.receipts:
            self.rows[one] = receipt_row(state, state.receipts[one])

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
        assert self.rows == {
            **{one.id: assignment_row(state, one) for one in state.assignments.values()},
            **{one.unit: receipt_row(state, one) for one in state.receipts.values()},
        }
        assert directive_row(state)["version"] == len(self.events)
        held = {(unit, one) for unit, ids in state.holdings.items() for one in ids}
        assert held == {(one.unit, one.id) for one in state.assignments.values()}
        _check_deadlines(state, self.events)
        _check_deciders(self.events)
        _check_closure(self.events)
        _check_figures(state, self.events, now)


def _check_deadlines(state: DirectiveState, events: Sequence[Event]) -> None:
    """Every deadline ever set is still there, the original one first."""
    for assignment in state.assignments.values():
        own = [e.data for e in events if isinstance(e.data, DeadlineSet) and e.data.assignment == assignment.id]
        assert assignment.deadlines == [one.instant for one in own]


def _check_deciders(events: Sequence[Event]) -> None:
    """Nobody decided on a report that they had submitted or let go."""
    hands: dict[tuple[str, int], set[str]] = {}
    for event in events:
        data = event.data
        match data:
            case ReportSubmitted():
                hands[data.assignment, data.report] = {event.actor.person}
            case ReportApproved() | ReportSentBack() | ReportAccepted() | ReportReturned():
                involved = hands[data.assignment, data.report]
                assert event.actor.person not in involved
                involved.add(event.actor.person)


def _check_closure(events: Sequence[Event]) -> None:
    types = [event.data.type for event in events]
    if "DirectiveClosed" in types:
        after = types[types.index("DirectiveClosed") + 1 :]
        assert set(after) <= AFTER_CLOSING


def _check_figures(state: DirectiveState, events: Sequence[Event], now: datetime) -> None:
    """The cells by the events alone are those by the state; the sums hold, for each role, unit and item."""
    by_events = cells(events, now)
    assert by_events == {one.id: _cell(one, now) for one in state.assignments.values()}
    leading = [one for one in state.assignments.values() if one.role == "lead"]
    whole = counts(by_events[one.id] for one in leading)
    assert whole["total"] == whole["done"] + whole["open"] == len(leading)
    assert whole["done"] == sum(not one.owed for one in leading)
    for grouping in ("unit", "item"):
        parts = [
            counts(by_events[one.id] for one in leading if getattr(one, grouping) == key)
            for key in {getattr(one, grouping) for one in leading}
        ]
        assert {name: sum(part[name] for part in parts) for name in whole} == whole


def _cell(assignment: Assignment, now: datetime) -> str:
    left = assignment.reports[-1].left_unit_at if assignment.reports else None
    limit = assignment.deadline
    if not assignment.owed:
        return "done_late" if limit and left and left > limit else "done_on_time"
    held = left if assignment.status == "with_issuer" else now
    return "open_overdue" if limit and held and held > limit else "open_in_time"


def _copy(state: DirectiveState | None) -> DirectiveState | None:
    return state.model_copy(deep=True) if state else None


def _parcels(sent: Sequence[Sent], random: Random, now: datetime) -> list[Parcel]:
    """Received now; signals whose own time says nothing were seen by the server some time ago."""
    ready = []
    for one in sent:
        id_ = f"message-{random.getrandbits(40)}"
        opened = open_message(message(*one.contents, door=one.door, name=one.name, id_=id_, at=now))
        ago = random.choice((timedelta(0), timedelta(minutes=3), timedelta(hours=30)))
        seen = Seen(max(now - ago, ISSUED), "a client") if needs_look_up(opened) else None
        ready.append(parcel(opened, seen))
    return ready


def live(random: Random, coverage: Coverage, say: Callable[[str], None] = lambda _: None) -> None:
    """One life from before its issue to wherever it gets. ``say`` is told what is sent."""
    life, journal = Life(random), Journal()

    def send(sent: Sequence[Sent]) -> None:
        say(f"{life.now}: {str(sent)[:2000]}")
        parcels = _parcels(sent, random, life.now)
        coverage.note(parcels, journal.handle(parcels, life.now))

    send(life.before_the_start())
    send([Sent([life.start], door="start")])
    assert journal.state is not None
    for _ in range(random.randint(1, 25)):
        life.pass_time(journal.state)
        send(life.batch(journal.state))
    journal.check_whole(random.randint(1, len(journal.events)), life.now)
    coverage.lives += 1


def test_random_lives_keep_every_promise_and_reach_every_command_event_and_refusal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    coverage = Coverage()

    # Derandomized: the same lives in every run, so that what they reach does not depend on luck.
    @settings(
        max_examples=LIVES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        # Shrinking a life takes minutes; what was sent until it broke is printed instead.
        phases=[Phase.generate],
    )
    @given(st.randoms(use_true_random=False))
    def lives(random: Random) -> None:
        live(random, coverage, note)

    lives()
    with capsys.disabled():
        print(f"\n{coverage.report()}")
    assert not any(coverage.missing().values()), coverage.missing()


@pytest.mark.parametrize("seed", range(3))
def test_a_life_can_be_named_by_its_seed_and_lived_again(seed: int) -> None:
    first, second = Coverage(), Coverage()
    live(Random(seed), first)
    live(Random(seed), second)
    assert first == second
