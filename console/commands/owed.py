"""owed: what a unit has to do next, and by when."""

import asyncio
import sys
from typing import Final

from console.call import Call
from console.database import Row, reading, rows, statement
from console.documents import as_json
from console.naming import assignment_named
from console.options import Unit
from console.paper import Alert, Paper, answer, shortened
from console.times import deadline_shown

COLUMNS: Final = ("due", "next", "number", "assignment", "what")
LETTERS: Final = 60
"""Of an obligation's text, for people; JSON has all of it."""


def owed(call: Call, unit: Unit) -> None:
    """Sorted by deadline, what has none last."""
    known, owing = asyncio.run(_read(call, unit))
    if not known:
        # An empty answer to a mistyped unit would be taken for good news.
        sys.stderr.write(call.text("cli.unit_never_named", unit=unit) + "\n")
    answer(call, [as_json(row) for row in owing], lambda paper: _render(call, owing, paper))


async def _read(call: Call, unit: str) -> tuple[bool, list[Row]]:
    async with reading(call) as connection:
        known = await connection.fetchval(statement("unit_known"), unit)
        return bool(known), await rows(connection, "owed", unit)


def _render(call: Call, owing: list[Row], paper: Paper) -> None:
    if not owing:
        paper.line(call.text("cli.nothing_owed"))
        return
    paper.table([call.text(f"column.{name}") for name in COLUMNS], [_row(call, row) for row in owing])


def _row(call: Call, row: Row) -> list[str]:
    due = deadline_shown(row["due"])
    what = row["text"]
    if row["assignment"] is None:
        key = "cli.recall_of" if row["next"] == "answer_recall" else "cli.acknowledgement_of"
        what = call.text(key, subject=row["subject"])
    return [
        Alert(due) if row["overdue"] else due,
        call.text(f"next.{row['next']}"),
        f"{row['number']}/{row['notation']}",
        assignment_named(call, row["assignment"] or "", row["occurrence"]),
        shortened(what, LETTERS),
    ]


COMMANDS = {"owed": owed}
