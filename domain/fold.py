"""The fold: from events to state, in time linear in their number."""

from collections.abc import Iterable

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
    if state is None:
        if not isinstance(event.data, DirectiveIssued):
            raise BrokenStreamError(f"{event.stream}: begins with {event.data.type}")
        return event.data.begin(event)
    event.data.apply(state, event)
    state.version = event.version
    state.touched_at = max(state.touched_at, event.at)
    return state


def fold(events: Iterable[Event], state: DirectiveState | None = None) -> DirectiveState | None:
    """All events, one after the other; None where there are none."""
    for event in events:
        state = evolve(state, event)
    return state
