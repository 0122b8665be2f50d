"""A batch of messages and the time, handled: the pure half of the activity ``handle``.

Commands are taken in the order in which they came. Each is met by a state in which all that was due at its time has
happened, so that a preview and what really fires agree.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.actor import SYSTEM
from domain.agenda import Agenda
from domain.alarms import due
from domain.arrival import Arrival, Known, Parcel
from domain.commands.erase import Erase, hushed
from domain.commands.issue import Issue
from domain.decide import decide
from domain.document import stream_of
from domain.erasure import NOTHING_KEPT, KeptWords
from domain.event import Event, EventData, event_id
from domain.outcome import EventRef, Outcome
from domain.refusal import Code, Refused
from domain.rejection import CommandRejected, may_record_rejection
from domain.relays import Relay, relays, watched
from domain.spans import Spans
from domain.state import DirectiveState
from domain.superiors import SuperiorFacts


@dataclass(slots=True)
class Handling:
    """What one batch came to. ``state`` is consumed and changed; ``answered`` is what the journal has to remember.

    ``superior``: of the assignment that an issue in the batch is under. ``kept``: of the words that an erase in it is
    about. ``shift``: of a simulation, for its events.
    ``relays``: what other directives are told. ``spans``: how assignments stand differently from when on.
    """

    stream: str
    state: DirectiveState | None
    known: Mapping[str, Known]
    superior: SuperiorFacts | None = None
    kept: KeptWords = NOTHING_KEPT
    shift: int | None = None
    events: list[Event] = field(default_factory=list)
    outcomes: list[list[Outcome]] = field(default_factory=list)
    answered: dict[str, Known] = field(default_factory=dict)
    relays: list[Relay] = field(default_factory=list)
    spans: Spans = field(default_factory=Spans)
    agenda: Agenda = field(default_factory=Agenda)

    def run(self, parcels: Iterable[Parcel], now: datetime) -> None:
        """Handle the parcels in order, then what is due by ``now``."""
        before = watched(self.state)
        for parcel in parcels:
            self.outcomes.append(self._parcel(parcel))
        self._advance(now)
        self.events = hushed(self.events)
        if self.state is not None and self.events:
            self.relays = relays(before, self.state, self.events)

    def _parcel(self, parcel: Parcel) -> list[Outcome]:
        # One command is all or none by itself; a trial would copy the whole state for it.
        if not parcel.atomic or len(parcel.arrivals) == 1:
            return [self._answer(arrival) for arrival in parcel.arrivals]
        trial = Handling(
            stream=self.stream,
            state=self.state.copied() if self.state else None,
            known={**self.known, **self.answered},
            superior=self.superior,
            kept=self.kept.without(self.events),
            shift=self.shift,
            spans=Spans(self.spans),
            agenda=Agenda(self.agenda),
        )
        outcomes = [trial._answer(arrival) for arrival in parcel.arrivals]
        if any(outcome.outcome == "refused" for outcome in outcomes):
            return [self._abort(arrival, outcome) for arrival, outcome in zip(parcel.arrivals, outcomes, strict=True)]
        self.state = trial.state
        self.agenda = trial.agenda
        self.events += trial.events
        self.answered |= trial.answered
        self.spans = trial.spans
        return outcomes

    def _abort(self, arrival: Arrival, outcome: Outcome) -> Outcome:
        if outcome.code is not None:
            return self._answer(arrival, Refused(outcome.code, **outcome.details))
        return self._answer(arrival, Refused(Code.ATOMIC_ABORTED))

    def _answer(self, arrival: Arrival, verdict: Refused | None = None) -> Outcome:
        key = arrival.command_id
        first = self.answered.get(key) or self.known.get(key)
        if first is not None and first.of_other_content(arrival.digest):
            # Remembered under a name of its own, so that even this answer is given once and repeated afterwards.
            key = reused_key(arrival)
            verdict = Refused(Code.COMMAND_ID_REUSED, command_id=arrival.command_id)
            first = self.answered.get(key) or self.known.get(key)
        if first is not None:
            return first.outcome
        outcome = self._decide(arrival, key, verdict)
        self.answered[key] = Known(arrival.kept_digest, outcome)
        return outcome

    def _decide(self, arrival: Arrival, key: str, verdict: Refused | None) -> Outcome:
        at = self._time_of(arrival)
        self._advance(at)
        try:
            if verdict is not None:
                raise verdict
            happened = self._happened(arrival, at)
        except Refused as refusal:
            return self._reject(arrival, key, refusal, at)
        refs = [self._record(arrival, key, data, index, at) for index, data in enumerate(happened)]
        return Outcome.done(arrival.command_id, self._version, refs)

    def _happened(self, arrival: Arrival, at: datetime) -> Sequence[EventData]:
        command = arrival.command
        if command is None:
            raise Refused(arrival.code or Code.UNREADABLE, **arrival.details)
        if isinstance(command, Issue) and stream_of(command.directive.document) != self.stream:
            raise Refused(Code.ID_MISMATCH, expected=stream_of(command.directive.document), stream=self.stream)
        kept = self.kept.without(self.events) if isinstance(command, Erase) else NOTHING_KEPT
        return decide(self.state, command, at, self.superior, kept)

    def _time_of(self, arrival: Arrival) -> datetime:
        if self.state is None:
            return arrival.at
        if arrival.command is None:
            return max(arrival.at, self.state.issued_at)
        return max(arrival.at, arrival.command.not_before(self.state))

    def _reject(self, arrival: Arrival, key: str, refusal: Refused, at: datetime) -> Outcome:
        refs: list[EventRef] = []
        if self.state is not None and may_record_rejection(self.state, at):
            data = CommandRejected(
                code=refusal.code, details=refusal.details, command=arrival.type, trace=arrival.trace
            )
            refs.append(self._record(arrival, key, data, 0, at))
        return Outcome(
            command_id=arrival.command_id,
            outcome="refused",
            version=self._version,
            events=refs,
            code=refusal.code,
            details=refusal.details,
        )

    def _advance(self, now: datetime) -> None:
        while self.state is not None and not self.agenda.quiet(self.state, now):
            for data in due(self.state, now):
                alarm = data.alarm()
                if alarm is None:
                    raise TypeError(f"{data.type} is due, but is no alarm")
                self._append(
                    Event(
                        stream=self.stream,
                        version=self._version + 1,
                        event_id=event_id(self.stream, alarm.key, 0),
                        at=max(now, self.state.touched_at),
                        clock="service",
                        actor=SYSTEM,
                        shift=self.shift,
                        data=data,
                    )
                )

    def _record(self, arrival: Arrival, key: str, data: EventData, index: int, at: datetime) -> EventRef:
        command = arrival.command
        event = Event(
            stream=self.stream,
            version=self._version + 1,
            event_id=event_id(self.stream, key, index),
            at=at,
            sent_at=arrival.sent_at,
            clock=arrival.clock,
            actor=SYSTEM if command is None else command.actor,
            on_behalf_of=None if command is None else command.on_behalf_of,
            command_id=arrival.command_id,
            shift=self.shift,
            data=data,
        )
        self._append(event)
        return EventRef(version=event.version, event_id=event.event_id, type=data.type)

    def _append(self, event: Event) -> None:
        self.state = self.spans.evolve(self.state, event)
        self.agenda.keep(self.state, event.data)
        self.events.append(event)

    @property
    def _version(self) -> int:
        return 0 if self.state is None else self.state.version


def reused_key(arrival: Arrival) -> str:
    """Under what name the refusal of a command id used again with other content is remembered."""
    return f"{arrival.command_id}#{arrival.kept_digest or arrival.type}"
