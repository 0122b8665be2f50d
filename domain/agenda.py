"""When something of a directive is due next, kept up to date event by event.

``domain.alarms`` looks at every unit and every assignment. For one command of one unit among thousands that would take
longer than all else: what is known of each unit is kept, and only those are looked at again that an event concerns.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from domain import alarms
from domain.alarms import NEVER
from domain.event import EventData
from domain.rejection import CommandRejected
from domain.state import DirectiveState
from domain.timed import review


class Agenda:
    """Of one directive. It says what ``domain.alarms`` says, which tests hold it to.

    ``of_units``: of each unit when something is due next. ``quiet_until``: nothing is due before. None: not known.
    """

    def __init__(self, before: "Agenda | None" = None) -> None:
        """Go on from the one ``before``, which stays as it is; without one nothing is known yet."""
        known = None if before is None else before.of_units
        self.of_units: dict[str, datetime] | None = None if known is None else {**known}
        self.quiet_until: datetime | None = None if before is None else before.quiet_until

    def quiet(self, state: DirectiveState, now: datetime) -> bool:
        """Whether nothing is due by ``now``."""
        if self.quiet_until is None or self.quiet_until <= now:
            self.quiet_until = self._earliest(state)
        return now < self.quiet_until

    def next_alarm(self, state: DirectiveState) -> datetime | None:
        """As ``domain.alarms.next_alarm``."""
        if state.ended_at is not None or state.phase == "recalling":
            return alarms.next_alarm(state)
        self.quiet_until = self._earliest(state)
        return None if self.quiet_until == NEVER else alarms.shown(self.quiet_until)

    def keep(self, state: DirectiveState, data: EventData) -> None:
        """Take note of an event. One about a unit or an assignment sets no other unit's alarm."""
        if isinstance(data, CommandRejected):
            return
        concern = data.concerns()
        assignments = [state.assignments[id_] for id_ in concern.assignments if id_ in state.assignments]
        units = {unit for unit in concern.units if unit in state.receipts}
        if state.phase == "recalling":
            # One instant for all; looking at every unit for each answer would take long where they are thousands.
            self.of_units, self.quiet_until = None, state.recall_answer_by
            return
        if data.phase_moves or concern.everything or not (units or assignments):
            self.of_units = self.quiet_until = None
            return
        if self.of_units is None:
            self.quiet_until = None
            return
        if units and assignments and any(one.occurrence is not None for one in state.obligations.values()):
            # Who takes something over is bound again, and may be asked for the next occurrence of something else.
            self.quiet_until = None
        for one in assignments:
            units |= {one.unit, *(handed.before for handed in one.handovers[-1:])}
        anew = {unit: _of_unit(state, unit) for unit in units}
        self.of_units |= anew
        if self.quiet_until is not None:
            reviews = _reviews(state, {one.item for one in assignments})
            self.quiet_until = min(self.quiet_until, *anew.values(), *reviews)

    def _earliest(self, state: DirectiveState) -> datetime:
        if state.ended or state.phase == "recalling":
            return alarms.quiet_until(state)
        if self.of_units is None:
            self.of_units = {unit: _of_unit(state, unit) for unit in {**state.receipts, **state.holdings}}
        return min(chain(self.of_units.values(), (one.at for one in alarms.of_items(state))), default=NEVER)


def _of_unit(state: DirectiveState, unit: str) -> datetime:
    return min((one.at for one in alarms.of_unit(state, unit)), default=NEVER)


def _reviews(state: DirectiveState, items: set[str]) -> Iterator[datetime]:
    return (one.at for item in items for one in review.of_item(state, state.obligations[item]))
