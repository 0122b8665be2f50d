"""The fold: from events to state, in time linear in their number."""

from collections.abc import Iterable
from datetime import datetime

from domain.commands.issue import DirectiveIssued
from domain.event import Event
from domain.state import DirectiveState


class BrokenStreamError(Exception):
    """Events are missing, doubled or out of order."""


def evolve(state: DirectiveState | None, event: Event) -> DirectiveState:
    """The state after the event. ``state`` is consumed: it is changed, not copied. Raises ``BrokenStreamError``."""
    expected = 1 if state is None else state.version + 1
    if event.version != expected:
        raise BrokenStreamError(f"{event.stream}: version {event.version} where {expected} was expected")
    return _applied(state, event)


def fold(events: Iterable[Event], state: DirectiveState | None = None) -> DirectiveState | None:
    """All events, one after the other; None where there are none."""
    for event in events:
        state = evolve(state, event)
    return state


def folded(events: Iterable[Event]) -> DirectiveState:
    """The same of a stream that is there. Raises ``BrokenStreamError`` where it has no event."""
    state = fold(events)
    if state is None:
        raise BrokenStreamError("there is no event")
    return state


def fold_as_of(events: Iterable[Event], at: datetime) -> DirectiveState | None:
    """What was known at that instant (FIGURES): only events of no later time; None where it was not yet issued.

    Versions may have gaps: time's own event bears the moment at which it was recorded, and a command of an earlier time
    may come behind it.
    """
    state: DirectiveState | None = None
    for event in events:
        if event.at <= at:
            state = _applied(state, event)
        elif state is None:
            return None
    return state


def _applied(state: DirectiveState | None, event: Event) -> DirectiveState:
    if state is None:
        if not isinstance(event.data, DirectiveIssued):
            raise BrokenStreamError(f"{event.stream}: begins with {event.data.type}")
        return event.data.begin(event)
    event.data.apply(state, event)
    state.version = event.version
    state.touched_at = max(state.touched_at, event.at)
    return state
