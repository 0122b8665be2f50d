"""A plan: what will be said to the service, and when. It says nothing of what will come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from domain.calendar import Calendar

Json = dict[str, Any]


class Lead(NamedTuple):
    """A lead assignment, by its directive and its id."""

    stream: str
    assignment: str


@dataclass(frozen=True, slots=True)
class Moment:
    """All commands that one directive gets at one instant, in order."""

    at: datetime
    commands: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Life:
    """One directive: its issue, and what follows, the earliest first."""

    stream: str
    issued_at: datetime
    issue: Json
    moments: tuple[Moment, ...]

    @property
    def commands(self) -> int:
        """How many there are, the issue included."""
        return 1 + sum(len(one.commands) for one in self.moments)


@dataclass(frozen=True, slots=True)
class Plan:
    """``begins``, ``ends``: of the scenario. ``behaviours``: how each lead assignment will be dealt with."""

    begins: datetime
    ends: datetime
    lives: tuple[Life, ...]
    behaviours: Mapping[Lead, str]

    @property
    def commands(self) -> int:
        """How many there are in all."""
        return sum(one.commands for one in self.lives)

    def under(self, calendar: Calendar) -> "Plan":
        """The same people doing the same at the same time, under a calendar that says otherwise."""
        content = calendar.model_dump(mode="json")
        return replace(self, lives=tuple(_under(one, content) for one in self.lives))


def _under(life: Life, calendar: Json) -> Life:
    return replace(life, issue={**life.issue, "directive": {**life.issue["directive"], "calendar": calendar}})
