"""Urging that rests until an operator's pause is over."""

from collections.abc import Iterable

from domain.state import DirectiveState
from domain.timed import Ripe


def after_pause(state: DirectiveState, ripe: Iterable[Ripe]) -> Iterable[Ripe]:
    """The same, none before the pause is over and people work again: then all of it at one moment, and one digest."""
    if state.paused_until is None:
        return ripe
    until = state.calendar.next_open(state.paused_until)
    return (one if one.at >= until else Ripe(until, one.event) for one in ripe)
