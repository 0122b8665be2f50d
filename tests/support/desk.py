"""A directive on the pure layer: decided as ``handle`` decides, remembered as the journal remembers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from domain.actor import SYSTEM
from domain.alarms import next_alarm
from domain.arrival import Arrival, Known, Parcel
from domain.canonical import canonical, digest
from domain.command import Command
from domain.directive import Directive
from domain.document import stream_of
from domain.event import Event, EventData, event_id
from domain.fold import evolve
from domain.handling import Handling
from domain.notices import Notice, notices
from domain.outcome import Outcome
from domain.rejection import Trace
from domain.state import DirectiveState
from domain.superiors import SuperiorFacts
from tests.support import builders
from tests.support.builders import ISSUED
from tests.support.shelf import kept_for


class Desk:
    """Holds what the journal would hold. ``now`` moves with the times given and never back."""

    def __init__(
        self, content: Directive | None = None, at: datetime = ISSUED, above: DirectiveState | None = None
    ) -> None:
        """Issue a directive, the plain one of ``builders`` where none is given. ``above``: what it is under."""
        content = content or builders.directive()
        self.stream = stream_of(content.document)
        self.known: dict[str, Known] = {}
        self.events: list[Event] = []
        self.now = at
        self.in_the_open: dict[str, tuple[int, ...]] = {}
        self._state: DirectiveState | None = None
        self._superior = SuperiorFacts.of(above, content.under) if content.under else None
        self.last = self.run([])
        self.do(builders.issue(content, builders.someone("clerk", content.document.issuer)))

    @staticmethod
    def first(command: Command, stream: str = builders.STREAM, at: datetime = ISSUED) -> Outcome:
        """What a command is answered where there is no directive yet."""
        handling = Handling(stream=stream, state=None, known={})
        handling.run([Parcel(arrivals=[arrival(command, at)])], at)
        return handling.outcomes[0][0]

    @property
    def state(self) -> DirectiveState:
        assert self._state is not None
        return self._state

    def run(self, parcels: Sequence[Parcel], now: datetime | None = None) -> Handling:
        """Handle a batch and remember what came of it."""
        self.now = max(self.now, now or self.now)
        handling = Handling(
            stream=self.stream,
            state=self._state,
            known=self.known,
            superior=self._superior,
            kept=replace(kept_for(parcels, self.events), in_the_open=self.in_the_open),
        )
        handling.run(parcels, self.now)
        self._state = handling.state
        self.known |= handling.answered
        self.events += handling.events
        self.last = handling
        return handling

    def give(self, *commands: Command, at: datetime | None = None, atomic: bool = False) -> list[Outcome]:
        """Commands of one message, all of that time; now, where none is given."""
        self.now = max(self.now, at or self.now)
        arrivals = [arrival(command, at or self.now) for command in commands]
        return self.run([Parcel(arrivals=arrivals, atomic=atomic)]).outcomes[0]

    def one(self, command: Command, at: datetime | None = None) -> Outcome:
        """The outcome of one command."""
        return self.give(command, at=at)[0]

    def do(self, *commands: Command, at: datetime | None = None) -> list[Event]:
        """Carry out, one after the other, what must be allowed. The events that came of it."""
        start = len(self.events)
        for command in commands:
            outcome = self.one(command, at)
            assert outcome.outcome == "done", outcome
        return self.events[start:]

    def run_at(self, at: datetime, command: Command, now: datetime | None = None) -> list[Event]:
        """A command whose own time lies before now. The events that came of it."""
        return self.run([Parcel(arrivals=[arrival(command, at)])], now).events

    def wait_until(self, instant: datetime) -> list[Event]:
        """Let time pass. The events that it brought."""
        return self.run([], instant).events

    def live_until(self, instant: datetime) -> list[Event]:
        """The same, with a worker that is always there: every alarm rings at its own moment."""
        start = len(self.events)
        while (at := next_alarm(self.state)) is not None and at <= instant and self.wait_until(at):
            pass
        if self.now < instant:
            self.wait_until(instant)
        return self.events[start:]

    def take(self, data: EventData, at: datetime) -> None:
        """An event of time as the journal of an earlier release holds it: this one makes none such any more."""
        alarm = data.alarm()
        assert alarm is not None
        self.now = max(self.now, at)
        event = Event(
            stream=self.stream,
            version=self.state.version + 1,
            event_id=event_id(self.stream, alarm.key, 0),
            at=at,
            clock="service",
            actor=SYSTEM,
            data=data,
        )
        self._state = evolve(self._state, event)
        self.events.append(event)

    def notices(self) -> Sequence[Notice]:
        """Who is to be told what after the last batch."""
        return notices(self.state, self.last.events)


def arrival(command: Command, at: datetime) -> Arrival:
    """A command that came through a door at that time."""
    body = canonical(command.model_dump(mode="json"))
    return Arrival(
        command_id=command.command_id,
        digest=digest(body),
        at=at,
        clock="sender" if command.sent_at else "service",
        sent_at=command.sent_at,
        trace=Trace(
            door="update",
            name="submit",
            sender=command.actor.person,
            sha256=sha256(body).hexdigest(),
            size=len(body),
            excerpt=body[:60].decode(errors="replace"),
        ),
        type=command.type,
        command=command,
    )
