"""A plan played in memory, by the rules alone: what the service must come to, in seconds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.alarms import next_alarm
from domain.arrival import Arrival, Parcel
from domain.canonical import canonical, digest
from domain.commands import COMMANDS
from domain.event import Event
from domain.figures import Cell, cell
from domain.handling import Handling
from domain.outcome import Outcome
from domain.rejection import Trace
from domain.state import DirectiveState
from simulation.plan import Json, Lead, Life, Plan


@dataclass(slots=True)
class Played:
    """What came of a plan. ``refused``: commands that were answered with no."""

    states: list[DirectiveState] = field(default_factory=list)
    events: dict[str, list[Event]] = field(default_factory=dict)
    refused: list[Outcome] = field(default_factory=list)

    def cells(self, at: datetime) -> dict[Lead, Cell | None]:
        """In which cell every lead assignment stands at the end, which is ``at``."""
        return {
            Lead(state.stream, one.id): cell(one, at)
            for state in self.states
            for one in state.assignments.values()
            if one.role == "lead"
        }


def play(plan: Plan) -> Played:
    """Every life to the end of the scenario, each alarm at its own time."""
    played = Played()
    for life in plan.lives:
        _play(life, plan.ends, played)
    return played


def _play(life: Life, ends: datetime, played: Played) -> None:
    state: DirectiveState | None = None
    events: list[Event] = []
    for at, commands in (*_moments(life), (ends, ())):
        while state is not None and (alarm := next_alarm(state)) is not None and alarm <= at:
            state = _handled(life.stream, state, (), alarm, events, played)
        state = _handled(life.stream, state, commands, at, events, played)
    played.events[life.stream] = events
    if state is not None:
        played.states.append(state)


def _moments(life: Life) -> Iterator[tuple[datetime, Sequence[Json]]]:
    yield life.issued_at, (life.issue,)
    yield from ((one.at, one.commands) for one in life.moments)


def _handled(  # noqa: PLR0913, PLR0917 - what a batch is, and where it is told
    stream: str,
    state: DirectiveState | None,
    commands: Sequence[Json],
    at: datetime,
    events: list[Event],
    played: Played,
) -> DirectiveState | None:
    handling = Handling(stream=stream, state=state, known={})
    parcels = [Parcel(arrivals=[_arrival(one, at) for one in commands])] if commands else []
    handling.run(parcels, at)
    events += handling.events
    played.refused += [one for outcomes in handling.outcomes for one in outcomes if one.outcome == "refused"]
    return handling.state


def _arrival(command: Json, at: datetime) -> Arrival:
    read = COMMANDS[command["type"]].model_validate(command, strict=False)
    sha256 = digest(canonical(command))
    return Arrival(
        command_id=read.command_id,
        digest=sha256,
        at=at,
        clock="sender",
        sent_at=at,
        trace=Trace(door="update", name="submit", sender=read.actor.person, sha256=sha256, size=0, excerpt=""),
        type=read.type,
        command=read,
    )
