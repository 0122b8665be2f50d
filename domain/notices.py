"""Who is to be told what. The events say it; ``handle`` writes it down; the dispatcher delivers it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from domain.base import Fact, Instant, Narrative, UnitId, Word
from domain.event import Event, Told
from domain.events import EVENTS
from domain.state import DirectiveState

KINDS: Final = frozenset(kind for event in EVENTS.values() for kind in event.kinds)
"""What a notice may say."""


class Notice(Fact):
    """One thing to tell one unit. ``assignments`` are ids; ``about``: the unit it is about, where another is told.

    ``not_before``: when work begins again, where time called for it outside of working hours.
    """

    id: UUID
    kind: Word
    unit: UnitId
    about: UnitId | None = None
    assignments: list[str]
    detail: Narrative | None = None
    not_before: Instant | None = None


def notices(state: DirectiveState, events: Iterable[Event]) -> Sequence[Notice]:
    """The notices that the events call for. What one batch has to tell a unit in the same words is one notice."""
    first: dict[tuple[str, str, str | None, str | None], UUID] = {}
    told: dict[UUID, list[str]] = {}
    kept: dict[UUID, Told] = {}
    rests: dict[UUID, datetime | None] = {}
    for event in events:
        for one in event.data.tells(state, event):
            key = (one.kind, one.unit, one.about, one.detail)
            id_ = first.setdefault(key, notice_id(event.event_id, one.kind, one.unit))
            kept.setdefault(id_, one)
            rests.setdefault(id_, _rest(state, event, one.unit))
            told.setdefault(id_, []).extend(one.assignments)
    return [
        Notice(
            id=id_,
            kind=one.kind,
            unit=one.unit,
            about=one.about,
            assignments=told[id_],
            detail=one.detail,
            not_before=rests[id_],
        )
        for id_, one in kept.items()
    ]


def notice_id(event_id: UUID, kind: str, unit: str) -> UUID:
    """Of the notice by which that unit is told of that event."""
    return uuid5(event_id, f"{kind}/{unit}")


def _rest(state: DirectiveState, event: Event, unit: str) -> datetime | None:
    """Until when the notice waits: what time alone calls for is not told at night, unless it is urgent (policy)."""
    if event.data.alarm() is None or state.document.priority >= state.policy.quiet_below_priority:
        return None
    opens = state.calendar.of(unit).next_open(event.at)
    return opens if opens > event.at else None
