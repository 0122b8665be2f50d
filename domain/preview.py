"""What will fire, and when, if nobody does anything."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.actor import SYSTEM
from domain.alarms import due, next_alarm
from domain.event import Event, EventData
from domain.fold import evolve
from domain.state import DirectiveState


class Coming(NamedTuple):
    """``at``: when it happens. ``state``: how the directive stands then. ``recorded``: all but the id of the event."""

    at: datetime
    event: EventData
    state: DirectiveState
    recorded: Event


def preview(state: DirectiveState, now: datetime, until: datetime) -> Iterator[Coming]:
    """All up to ``until``, earliest first. Works on a copy, by the very functions that fire."""
    state = state.copied()
    while (at := next_alarm(state)) is not None and at <= until:
        # What one alarm sets going may have been due before it.
        now = max(now, at)
        ripe = due(state, now)
        if not ripe:
            return
        for data in ripe:
            coming = _happened(state, data, now)
            state = coming.state
            yield coming


def _happened(state: DirectiveState, data: EventData, at: datetime) -> Coming:
    event = Event(
        stream=state.stream,
        version=state.version + 1,
        event_id=UUID(int=0),
        at=at,
        clock="service",
        actor=SYSTEM,
        data=data,
    )
    return Coming(at, data, evolve(state, event), event)
