"""Urging that rests until an operator's pause is over."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from domain.calendar import Calendar
from domain.state import DirectiveState
from domain.timed import Ripe


def after_pause(state: DirectiveState, ripe: Iterable[Ripe]) -> Iterable[Ripe]:
    """The same, none before the pause is over and people work again: then all of it at one moment, and one digest."""
    if state.paused_until is None:
        return ripe
    until = _work_begins(state.calendar, state.paused_until)
    return (one if one.at >= until else Ripe(until, one.event) for one in ripe)


# Asked for every unit and every assignment, each time anew.
@lru_cache(maxsize=1024)
def _work_begins(calendar: Calendar, paused_until: datetime) -> datetime:
    return calendar.next_open(paused_until)
