"""A list of papers that were running when the service went live, with the figures of the sample letter."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final

from intake import load_calendar, load_directory, load_policy
from intake.importing import Books

_EXAMPLES: Final = Path(__file__).parents[2] / "examples"
BOOKS: Final = Books(
    load_directory(_EXAMPLES / "can-tho.yaml"),
    load_calendar(_EXAMPLES / "calendar.yaml"),
    load_policy(_EXAMPLES / "policy.yaml"),
)
ISSUER: Final = next(unit for unit in BOOKS.directory.units if unit.id == "ubnd-can-tho")
TODAY: Final = date(2026, 11, 24)
GIVEN: Final = {"done_on_time": 547, "done_late": 135, "open_in_time": 177, "open_overdue": 57}
LETTER: Final = {"total": 916, "done": 682, "done_late": 135, "open": 234, "open_overdue": 57}
COLUMNS: Final = (
    "number", "symbol", "issued_date", "kind", "subject", "signer_position", "signer_name", "item", "task", "unit",
    "role", "mode", "deadline", "acknowledged_on", "finished_on", "accepted_on", "priority",
)  # fmt: skip
UNITS: Final = ("so-noi-vu", "so-tai-chinh", "so-y-te", "so-tu-phap", "thanh-tra")
# 31 March 2023 was a Friday: finished on it is in time, the day after is late.
_CELLS: Final = {
    "done_on_time": {"deadline": "31/03/2023", "finished_on": "31/03/2023", "accepted_on": "2023-04-03"},
    "done_late": {"deadline": "2023-03-31", "finished_on": "01/04/2023", "accepted_on": "03.04.2023"},
    "open_in_time": {"deadline": "31/12/2099"},
    "open_overdue": {"deadline": "31/03/2023"},
}


@dataclass(frozen=True)
class Papers:
    """Lines of a list: 916, in so many papers of that symbol."""

    papers: int
    symbol: str = "UBND-NHAP"
    lines: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        numbers = count()
        for cell, times in GIVEN.items():
            self.lines.extend(self._line(cell, next(numbers)) for _ in range(times))

    def csv(self) -> str:
        return "\n".join(self._rows())

    def _rows(self) -> Iterator[str]:
        yield ",".join(COLUMNS)
        for line in self.lines:
            yield ",".join(line.get(column, "") for column in COLUMNS)

    def _line(self, cell: str, place: int) -> dict[str, str]:
        return {**paper_line(str(place % self.papers + 1), self.symbol), **_place(place, self.papers), **_CELLS[cell]}


def paper_line(number: str = "1", symbol: str = "UBND-NHAP", **cells: str) -> dict[str, str]:
    """A line without a deadline, of a unit that has acknowledged."""
    return {
        "number": number,
        "symbol": symbol,
        "issued_date": "03/01/2023",
        "kind": "công văn",
        "subject": f"nhiệm vụ của văn bản {number}",
        "signer_position": "CHỦ TỊCH",
        "signer_name": "Người Ký",
        "item": "1",
        "task": "Thực hiện.",
        "unit": UNITS[0],
        "acknowledged_on": "04/01/2023",
        **cells,
    }


def _place(place: int, papers: int) -> dict[str, str]:
    item = place // papers + 1
    return {"item": str(item), "task": f"Thực hiện việc {item}.", "unit": UNITS[place % len(UNITS)]}
