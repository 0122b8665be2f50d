"""One line of the list, read and checked by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from domain.directive import Obligation
from domain.document import Document, Secrecy
from intake.importing.cells import DEFAULTS, CellError, meaning
from intake.importing.columns import NEEDED
from intake.importing.faults import Fault, limit_of
from intake.importing.table import Row
from intake.importing.units import Units

_COLUMNS: Final[Mapping[str, str]] = {
    "code_number": "number", "code_notation": "symbol", "type_name": "kind", "subject": "subject",
    "issued_date": "issued_date", "position": "signer_position", "full_name": "signer_name", "item": "item",
    "text": "task",
}  # fmt: skip
"""Where the domain's models find something wrong -> the column that it came from."""
_PAST: Final = ("issued_date", "acknowledged_on", "finished_on", "accepted_on")


@dataclass(frozen=True, slots=True)
class Line:
    """``cells``: by column, those that are not empty. ``values``: what they say; ``unit`` is the id."""

    number: int
    cells: Mapping[str, str]
    values: Mapping[str, Any]

    def get(self, column: str) -> Any:  # noqa: ANN401 - of each column its own
        """What the line says there, None where it says nothing."""
        return self.values.get(column)

    def fault(self, column: str, code: str, limit: str = "", message: str = "") -> Fault:
        """Something is wrong with the cell; with the whole line where ``column`` is empty."""
        value = self.cells.get(column, "")
        return Fault(line=self.number, column=column, code=code, value=value, limit=limit, message=message)


def read_line(row: Row, columns: Sequence[str | None], units: Units, today: date) -> tuple[Line, list[Fault]]:
    """The line, and everything that is wrong with it alone."""
    reading = _Reading(row, columns)
    reading.look_up(units)
    line = reading.line
    return line, [*reading.faults, *_refused(line), *_wrong_days(line, today), *_classified(line)]


def document_of(line: Line) -> dict[str, Any]:
    """The document's part of a line, as ``Document`` has it."""
    return {
        "code_number": line.get("number"),
        "code_notation": line.get("symbol"),
        "type_name": line.get("kind"),
        "subject": line.get("subject"),
        "issued_date": line.get("issued_date"),
        "priority": line.get("priority"),
        "signer": {"position": line.get("signer_position"), "full_name": line.get("signer_name")},
    }


class _Reading:
    def __init__(self, row: Row, columns: Sequence[str | None]) -> None:
        cells = {column: cell for column, cell in zip(columns, row.cells, strict=False) if column is not None and cell}
        self._values: dict[str, Any] = {**DEFAULTS}
        self.line = Line(row.line, cells, self._values)
        self.faults: list[Fault] = []
        # Cells that stand under no header belong to nothing; more of them than headers are a comma too many.
        for place, cell in enumerate(row.cells):
            if cell and (place >= len(columns) or columns[place] is None):
                self.faults.append(Fault(line=row.line, column="", code="cell_without_column", value=cell))
        for column, cell in cells.items():
            self._take(column, cell)
        self.faults += [self.line.fault(column, "empty") for column in NEEDED if column not in cells]

    def look_up(self, units: Units) -> None:
        """Put the id in the place of what the unit is called; not without the day, which decides who is meant."""
        day, named = self._values.get("issued_date"), self._values.pop("unit", None)
        if day is None or named is None:
            return
        try:
            self._values["unit"] = units.find(named, day).id
        except CellError as error:
            self.faults.append(self.line.fault("unit", error.code, error.limit))

    def _take(self, column: str, cell: str) -> None:
        try:
            self._values[column] = meaning(column, cell)
        except CellError as error:
            self.faults.append(self.line.fault(column, error.code, error.limit))


def _refused(line: Line) -> Iterator[Fault]:
    """What the domain would not take; cells that are empty or meant nothing have their fault already."""
    obligation = {"item": line.get("item"), "text": line.get("task"), "mode": "each", "lead": ["any"]}
    yield from _problems(line, Document, {**document_of(line), "issuer": "any", "organ_name": "any"})
    yield from _problems(line, Obligation, obligation)


def _problems(line: Line, model: type[BaseModel], content: dict[str, Any]) -> Iterator[Fault]:
    try:
        model.model_validate(content)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            column = _COLUMNS[str(one["loc"][-1])]
            if line.get(column) is not None:
                yield line.fault(column, one["type"], limit_of(one), one["msg"])


def _wrong_days(line: Line, today: date) -> Iterator[Fault]:
    for column in _PAST:
        if (day := line.get(column)) is not None and day > today:
            yield line.fault(column, "in_the_future")
    for earlier, later, code in (
        ("issued_date", "deadline", "before_issue"),
        ("issued_date", "acknowledged_on", "before_issue"),
        ("issued_date", "finished_on", "before_issue"),
        ("acknowledged_on", "finished_on", "before_acknowledged"),
        ("finished_on", "accepted_on", "before_finished"),
    ):
        first, then = line.get(earlier), line.get(later)
        if first is not None and then is not None and then < first:
            yield line.fault(later, code)
    if line.get("accepted_on") is not None and line.get("finished_on") is None:
        yield line.fault("accepted_on", "accepted_unfinished")


def _classified(line: Line) -> Iterator[Fault]:
    if line.get("secrecy") is not Secrecy.NONE:
        yield line.fault("secrecy", "state_secret")
