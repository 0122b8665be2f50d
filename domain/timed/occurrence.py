"""A recurring obligation: each occurrence is an assignment of its own for whoever holds the one before."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

from domain.base import LAST_DAY, Day, Item
from domain.calendar import end_of
from domain.deadline import RecurringDeadline, named_after, opening_day
from domain.event import EVERYTHING, Alarm, Concern, Event, EventData, Told
from domain.held import Held
from domain.state import Assignment, DirectiveState, Obligation, Status
from domain.timed import Ripe, at_once

_OUT: frozenset[Status] = frozenset({"withdrawn", "recalled", "superseded"})
"""Who was let off like this is not asked the next time; a waiver is of one occurrence."""


class OccurrenceOpened(EventData):
    """``named``: the day that it names; ``opens_on``: from when it counts (FIGURES). Deadlines are set by events after.

    It opens though the one before is not done: what was missed stays owed, and is counted.
    """

    type: Literal["OccurrenceOpened"] = "OccurrenceOpened"
    item: Item
    occurrence: int
    opens_on: Day
    named: Day
    assignments: list[Held]

    kinds: ClassVar = ("occurrence_opened",)

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Assigned on its opening day, by the document of the obligation."""
        obligation = state.obligations[self.item]
        obligation.occurrence, obligation.named = self.occurrence, self.named
        for held in self.assignments:
            state.hold(held.taken_up(self.opens_on, event.at, self.occurrence))
            state.receipts[held.unit].touched_at = event.at

    def concerns(self) -> Concern:
        """Whoever holds it."""
        return EVERYTHING

    def alarm(self) -> Alarm:
        """One for each occurrence."""
        return Alarm(f"#occurrence/{self.item}/{self.occurrence}", end_of(self.opens_on - timedelta(days=1)))

    def tells(self, state: DirectiveState, event: Event) -> Iterable[Told]:  # noqa: ARG002 - same for all
        """Every holder."""
        return [Told("occurrence_opened", one.unit, None, (one.id,)) for one in self.assignments]


def of_item(state: DirectiveState, obligation: Obligation) -> Iterator[Ripe]:
    """When the next occurrence opens, whether or not somebody is left to hold it."""
    rule, last = obligation.deadline, obligation.named
    if not isinstance(rule, RecurringDeadline) or last is None or obligation.occurrence is None or obligation.dropped:
        return
    named = named_after(rule, last)
    if named is None or named > LAST_DAY:
        return
    opens_on = opening_day(rule, named)
    window = state.superior.deadline if state.superior else None
    if window is not None and end_of(opens_on - timedelta(days=1)) >= window:
        # What the directive is under is over by then: an occurrence would be late when it opens.
        return
    opened = _opened(state, obligation, obligation.occurrence, opens_on, named)
    if opened.assignments or _begun_later(state, obligation.item, obligation.occurrence):
        yield at_once(end_of(opens_on - timedelta(days=1)), opened)


def _begun_later(state: DirectiveState, item: str, last: int) -> bool:
    """Whether somebody joined when the day of that occurrence was over: its first one goes by, and others follow."""
    ahead = (one for one in state.assignments.values() if one.item == item and (one.occurrence or 0) > last)
    return any(_goes_on(state, one) for one in ahead)


def _opened(state: DirectiveState, obligation: Obligation, last: int, opens_on: date, named: date) -> OccurrenceOpened:
    of_item = [one for one in state.assignments.values() if one.item == obligation.item]
    number = max((int(one.id.rpartition(".")[2]) for one in of_item), default=0)
    holders = _holders(state, [one for one in of_item if one.occurrence == last])
    return OccurrenceOpened(
        item=obligation.item,
        occurrence=last + 1,
        opens_on=opens_on,
        named=named,
        assignments=[
            Held(id=f"{one.item}.{number + place}", item=one.item, unit=one.unit, role=one.role)
            for place, one in enumerate(holders, start=1)
        ],
    )


def _holders(state: DirectiveState, of_last: Iterable[Assignment]) -> list[Assignment]:
    """One for each unit, though by a merger or a transfer it has come to hold several; as a lead where it leads one."""
    found: dict[str, Assignment] = {}
    for one in of_last:
        known = found.get(one.unit)
        if _goes_on(state, one) and (known is None or (known.role == "support" and one.role == "lead")):
            found[one.unit] = one
    return list(found.values())


def _goes_on(state: DirectiveState, assignment: Assignment) -> bool:
    return assignment.status not in _OUT and state.receipts[assignment.unit].released_at is None
