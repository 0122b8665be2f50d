"""What stands behind a number, line by line, each with what to type to see the events behind it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from console.call import Call
from console.cells import AGES, CELLS, HANDED_ON, RELEASED, SUBSETS
from console.database import Connection, Row, reading
from console.figures.counting import asked, days_shown, handing_on, names
from console.figures.document import Json, check, framed
from console.figures.question import Question

ACKNOWLEDGED: Final = "acknowledged"
LISTED: Final = (
    *CELLS, "done", "open", "total", "given", "released", *RELEASED, "released_when_overdue",
    *SUBSETS, *AGES, *HANDED_ON, "without_deadline", ACKNOWLEDGED,
)  # fmt: skip
"""The numbers that have a list."""


async def read_list(call: Call, question: Question, listed: str, role: str) -> Json:
    """The lines behind the number ``listed``, with the frame of the figures. Raises ``ConsoleError``."""
    check(question)
    async with reading(call) as connection:
        question, frame = await framed(call, connection, question)
        rows = await _rows(connection, question, listed, role)
        units = {row["unit"] for row in rows} | {row["after"] for row in rows if "after" in row}
        named = await names(connection, Question(at=question.at), units)
    lines = [_line(row, named) for row in rows]
    return {**frame, "listed": listed, "role": None if listed == ACKNOWLEDGED else role, "lines": lines}


async def _rows(connection: Connection, question: Question, listed: str, role: str) -> Sequence[Row]:
    if listed == ACKNOWLEDGED:
        found = await connection.fetch(asked("figures_list_acknowledged"), *question.arguments())
    elif listed in HANDED_ON:
        found = await connection.fetch(asked("figures_list_handed_on"), *handing_on(question), listed, role)
    else:
        within = question.of_any_day() if listed == "without_deadline" else question
        found = await connection.fetch(asked("figures_list"), *within.arguments(), listed, role)
    return [dict(row) for row in found]


def _line(row: Row, named: dict[str, str]) -> Json:
    number = f"{row.pop('number')}/{row.pop('notation')}"
    line: Json = {"number": number, **{key: _json(row[key]) for key in row}}
    if "working_days" in row:
        line["working_days"] = days_shown(row["working_days"])
    if "after" in row:
        line["after_name"] = named.get(row["after"], row["after"])
    return {**line, "unit_name": named.get(row["unit"], row["unit"]), "next": f"directives history {row['stream']}"}


def _json(value: Any) -> Any:  # noqa: ANN401 - any column
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
