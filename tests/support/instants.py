"""Instants at which a life is looked at."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from domain.event import Event


def instants(events: Sequence[Event], random: Random, count: int) -> Iterator[datetime]:
    """Any between issue and long after; the very moments of events and deadlines, and what is next to them."""
    moments = [event.at for event in events]
    moments += [instant for event in events if (instant := getattr(event.data, "instant", None)) is not None]
    first, last = min(moments), max(moments)
    for _ in range(count):
        anywhere = first + (last - first) * random.random() * 1.2
        yield random.choice((anywhere, random.choice(moments) + random.choice((-1, 0, 0, 1)) * timedelta.resolution))
