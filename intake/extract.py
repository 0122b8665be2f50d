"""What a directive has to know of the directory."""

from collections.abc import Iterable
from typing import Any

from intake.directory import Directory


def extract(directory: Directory, needed: Iterable[str]) -> dict[str, Any]:
    """The units named and all above them, and who acts for their people, as ``domain.directive.Directory`` has them."""
    parents = {unit.id: unit.parent for unit in directory.units}
    taken: set[str] = set()
    for unit in needed:
        above: str | None = unit
        while above is not None and above not in taken:
            taken.add(above)
            above = parents[above]
    fields = {"id", "name", "short_name", "kind", "parent", "email"}
    units = [unit.model_dump(include=fields) for unit in directory.units if unit.id in taken]
    delegations = [one.model_dump() for one in directory.delegations if one.unit in taken]
    return {"version": directory.version, "sha256": directory.sha256(), "units": units, "delegations": delegations}
