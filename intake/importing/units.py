"""The units that a list names, by id or by name, as they were on the day of the paper."""

from datetime import date

from intake.directory import Directory, Entry
from intake.importing.cells import CellError
from intake.resolving import Resolver


class Units:
    """Looks a unit up; what a day's names are is found out once."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._by_id = {unit.id: unit for unit in directory.units}
        self._on: dict[date, Resolver] = {}

    def find(self, named: str, day: date) -> Entry:
        """The unit. Raises ``CellError``, which names those that are near."""
        known = self._by_id.get(named)
        if known is not None and known.exists_on(day):
            return known
        resolver = self._resolver(day)
        found = resolver.unit(named)
        if found is None:
            near = ", ".join(f"{one.name} ({one.id})" for one in resolver.nearest(named) if isinstance(one, Entry))
            raise CellError("unknown_unit_near" if near else "unknown_unit", near)
        return found

    def _resolver(self, day: date) -> Resolver:
        if day not in self._on:
            self._on[day] = Resolver(self._directory, day)
        return self._on[day]
