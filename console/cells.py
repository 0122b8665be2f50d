"""The four cells of FIGURES and what stands beside them, added up from the rows of ``figures_cells.sql``."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

CELLS: Final = ("done_on_time", "done_late", "open_in_time", "open_overdue")
RELEASED: Final = ("waived", "withdrawn", "recalled", "superseded")
"""Kinds of release, which are counted apart."""
SUBSETS: Final = (
    "no_deadline",
    "awaiting_issuer",
    "suspended",
    "refused_undecided",
    "extended",
    "reopened",
    "transferred",
    "registered_late",
    "time_corrected",
)
"""Of the assignments in force: never cells, and one assignment may be in several."""
AGES: Final = ("overdue_1_10", "overdue_11_30", "overdue_31_120", "overdue_over_120")
"""Of what is open and overdue, by local days since the deadline."""
HANDED_ON: Final = ("handed_on", "handed_on_overdue")
"""How often a unit passed one on, and how often when it was overdue."""
COLUMNS: Final = (*CELLS, "total", "given", *RELEASED, "released_when_overdue", *SUBSETS, *AGES, *HANDED_ON)
"""All that a row counts."""


def added(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The cells with their sums, ``released`` by kind, ``given``, the subsets ("of which"), ages and hand-overs.

    What every grouping has to satisfy is asserted: done + open is the number of assignments in force, not a sum of
    convenience, and with the released ones it is all that were given.
    """
    rows = list(rows)

    def summed(names: Iterable[str]) -> dict[str, int]:
        return {name: sum(row[name] for row in rows) for name in names}

    cells, kinds = summed(CELLS), summed(RELEASED)
    done = cells["done_on_time"] + cells["done_late"]
    still_open = cells["open_in_time"] + cells["open_overdue"]
    counted = summed(("total", "given", "released_when_overdue"))
    released, ages = sum(kinds.values()), summed(AGES)
    if sum(ages.values()) != cells["open_overdue"]:
        raise AssertionError(f"{ages} do not make up {cells['open_overdue']} overdue")
    if done + still_open != counted["total"] or counted["total"] + released != counted["given"]:
        raise AssertionError(f"{done} done, {still_open} open and {released} released do not make up {counted}")
    return {
        **cells,
        "done": done,
        "open": still_open,
        "total": counted["total"],
        "released": released,
        "given": counted["given"],
        "released_as": kinds,
        "released_when_overdue": counted["released_when_overdue"],
        "of_which": summed(SUBSETS),
        "overdue_days": ages,
        **summed(HANDED_ON),
    }
