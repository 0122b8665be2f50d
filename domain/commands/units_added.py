"""UnitsAdded: entries of the directory that the directive did not need at its issue."""

from collections.abc import Iterable, Sequence
from typing import Literal

from domain.directive import Unit
from domain.event import Event, EventData
from domain.refusal import Code, Refused
from domain.state import DirectiveState


class UnitsAdded(EventData):
    """They extend the extract; no entry that is there is replaced."""

    type: Literal["UnitsAdded"] = "UnitsAdded"
    units: list[Unit]

    def apply(self, state: DirectiveState, event: Event) -> None:  # noqa: ARG002 - same for all
        """They may be named from now on."""
        for unit in self.units:
            state.units.setdefault(unit.id, unit)


def added(state: DirectiveState, named: Iterable[str], entries: Sequence[Unit]) -> list[UnitsAdded]:
    """What has to come first where units are named that the extract does not hold. Raises ``Refused``."""
    known = {entry.id: entry for entry in entries}
    new: dict[str, Unit] = {}
    for unit in named:
        if unit in state.units:
            continue
        if unit not in known:
            raise Refused(Code.UNKNOWN_UNIT, unit=unit)
        new[unit] = known[unit]
    return [UnitsAdded(units=list(new.values()))] if new else []
