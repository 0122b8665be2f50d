"""What a directive has to know of the directory."""

from collections.abc import Iterable
from typing import Any

from intake.directory import Directory


class Extracts:
    """Taken from one edition of the directory; what they have in common is reckoned once."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._sha256 = directory.sha256()
        self._parents = {unit.id: unit.parent for unit in directory.units}

    def of(self, needed: Iterable[str]) -> dict[str, Any]:
        """The units named and all above them, and who acts for their people: a ``domain.directive.Directory``."""
        taken: set[str] = set()
        for unit in needed:
            above: str | None = unit
            while above is not None and above not in taken:
                taken.add(above)
                above = self._parents[above]
        whole = self._directory
        fields = {"id", "name", "short_name", "kind", "parent", "email"}
        units = [unit.model_dump(include=fields) for unit in whole.units if unit.id in taken]
        delegations = [one.model_dump() for one in whole.delegations if one.unit in taken]
        return {"version": whole.version, "sha256": self._sha256, "units": units, "delegations": delegations}
