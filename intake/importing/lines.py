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
from intake.importing.faults import Fault
from intake.importing.table import Row
from intake.importing.units import Units

_COLUMNS: Final[Mapping[str, str]] = {
    "code_number": "number", "code_notation": "symbol", "type_name": "kind", "subject": "subject",
    "issued_date": "issued_date", "position": "signer_position", "full_name": "signer_name", "item": "item",
    "text": "task",
}  # fmt: skip
"""Where the domain's models find something wrong -> the column that it came from."""
_LIMITS: Final = ("max_length", "min_length", "pattern", "ge", "le")
_PAST: Final = ("issued_date", "acknowledged_on", "finished_on", "accepted_on")


@dataclass(frozen=True, slots=True)
class Line:
    """``values``: by column, as far as the cells could be understood; ``unit`` is the id."""

    number: int
    values: Mapping[str, Any]

    def get(self, column: str) -> Any:  # noqa: ANN401 - of each column its own
        """What the line says there, None where it says nothing."""
        return self.values.get(column)


def read_line(row: Row, columns: Sequence[str | None], units: Units, today: date) -> tuple[Line, list[Fault]]:
    """The line, and everything that is wrong with it alone."""
    reading = _Reading(row, columns)
    reading.look_up(units)
    line = Line(row.line, {**DEFAULTS, **reading.values})
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
        self._line = row.line
        self._cells = dict(zip(columns, row.cells, strict=False))
        self.values: dict[str, Any] = {}
        self.faults: list[Fault] = []
        # Cells that stand under no header belong to nothing; more of them than headers are a comma too many.
        for place, cell in enumerate(row.cells):
            if cell and (place >= len(columns) or columns[place] is None):
                self._fault("", "cell_without_column", cell)
        for column, cell in self._cells.items():
            if column is not None and cell:
                self._take(column, cell)
        for column in NEEDED:
            if not self._cells.get(column):
                self._fault(column, "empty")

    def look_up(self, units: Units) -> None:
        """Put the id in the place of what the unit is called; not without the day, which decides who is meant."""
        day, named = self.values.get("issued_date"), self.values.pop("unit", None)
        if day is None or named is None:
            return
        try:
            self.values["unit"] = units.find(named, day).id
        except CellError as error:
            self._fault("unit", error.code, named, error.limit)

    def _take(self, column: str, cell: str) -> None:
        try:
            self.values[column] = meaning(column, cell)
        except CellError as error:
            self._fault(column, error.code, cell, error.limit)

    def _fault(self, column: str, code: str, value: str = "", limit: str = "") -> None:
        self.faults.append(Fault(line=self._line, column=column, code=code, value=value, limit=limit))


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
                context = one.get("ctx", {})
                limit = next((str(context[name]) for name in _LIMITS if name in context), "")
                yield Fault(
                    line=line.number,
                    column=column,
                    code=one["type"],
                    value=str(line.get(column)),
                    limit=limit,
                    message=one["msg"],
                )


def _wrong_days(line: Line, today: date) -> Iterator[Fault]:
    def fault(column: str, code: str) -> Fault:
        return Fault(line=line.number, column=column, code=code, value=line.get(column).strftime("%d/%m/%Y"))

    for column in _PAST:
        if (day := line.get(column)) is not None and day > today:
            yield fault(column, "in_the_future")
    for earlier, later, code in (
        ("issued_date", "deadline", "before_issue"),
        ("issued_date", "acknowledged_on", "before_issue"),
        ("issued_date", "finished_on", "before_issue"),
        ("acknowledged_on", "finished_on", "before_acknowledged"),
        ("finished_on", "accepted_on", "before_finished"),
    ):
        first, then = line.get(earlier), line.get(later)
        if first is not None and then is not None and then < first:
            yield fault(later, code)
    if line.get("accepted_on") is not None and line.get("finished_on") is None:
        yield fault("accepted_on", "accepted_unfinished")


def _classified(line: Line) -> Iterator[Fault]:
    if line.get("secrecy") is not Secrecy.NONE:
        yield Fault(line=line.number, column="secrecy", code="state_secret", value=str(line.get("secrecy")))
