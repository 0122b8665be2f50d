"""The four cells of FIGURES, added up from the rows of ``cells.sql``."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

CELLS: Final = ("done_on_time", "done_late", "open_in_time", "open_overdue")


def added(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The cells, ``done``, ``open``, ``total``, ``released`` and ``given`` of the rows together.

    What every grouping has to satisfy is asserted: done + open is the number of assignments, not a sum of convenience.
    Nothing can be released yet, so everything given is in force.
    """
    rows = list(rows)
    cells = {cell: sum(row[cell] for row in rows) for cell in CELLS}
    done = cells["done_on_time"] + cells["done_late"]
    still_open = cells["open_in_time"] + cells["open_overdue"]
    total = sum(row["total"] for row in rows)
    if done + still_open != total:
        raise AssertionError(f"{done} done and {still_open} open of {total} assignments")
    return {**cells, "done": done, "open": still_open, "total": total, "released": 0, "given": total}
