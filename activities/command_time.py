"""Which time a command bears, and whose clock gave it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from activities.reading import Item, Opened
from activities.signal_times import Seen
from domain.event import Clock

TOLERANCE: Final = timedelta(minutes=5)
"""How far a sender's clock may lie behind the moment at which the command reached us."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The time that counts, whose it is, and what the sender claimed."""

    at: datetime
    clock: Clock
    sent_at: datetime | None


def needs_look_up(opened: Opened) -> bool:
    """A signal whose own time cannot be taken as it stands; updates and starts are answered as they come."""
    if opened.message.door != "signal":
        return False
    return any(not _credible(_sent_at(item), opened.message.received_at) for item in opened.items)


def stamp(opened: Opened, item: Item, seen: Seen | None) -> Stamp:
    """The sender's time where it is credible against the moment of arrival; else that moment."""
    sent_at = _sent_at(item)
    arrived = seen.at if seen else opened.message.received_at
    if sent_at is not None and _credible(sent_at, arrived):
        return Stamp(sent_at, "sender", sent_at)
    return Stamp(arrived, "server" if seen else "service", sent_at)


def _sent_at(item: Item) -> datetime | None:
    return item.command.sent_at if item.command else None


def _credible(sent_at: datetime | None, arrived: datetime) -> bool:
    return sent_at is not None and timedelta(0) <= arrived - sent_at <= TOLERANCE
