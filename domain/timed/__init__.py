"""What time alone brings about, each in a file of its own."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from domain.event import EventData


class Ripe(NamedTuple):
    """``at``: when it is due. ``event``: what it is when it happens at ``now``, which may be later."""

    at: datetime
    event: Callable[[datetime], EventData]


def at_once(at: datetime, event: EventData) -> Ripe:
    """What is the same however late it happens."""
    return Ripe(at, lambda _: event)
