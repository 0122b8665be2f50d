"""list: the register."""

import asyncio

from catalogue.times import day_shown
from console.call import Call
from console.database import Row, fetch
from console.documents import as_json
from console.paper import Paper, answer
from console.times import deadline_shown

COLUMNS = ("number", "issued_date", "subject", "phase", "acknowledged", "accepted", "next_deadline")


def list_(call: Call) -> None:
    """Every directive, the last one issued first."""
    rows = asyncio.run(fetch(call, "register", None))
    answer(call, [as_json(row) for row in rows], lambda paper: _render(call, rows, paper))


def _render(call: Call, rows: list[Row], paper: Paper) -> None:
    if not rows:
        paper.line(call.text("cli.no_directives"))
        return
    paper.table([call.text(f"column.{name}") for name in COLUMNS], [_row(call, row) for row in rows])


def _row(call: Call, row: Row) -> tuple[str, ...]:
    return (
        f"{row['number']}/{row['notation']}",
        day_shown(row["issued_date"]),
        row["subject"],
        call.text(f"phase.{row['phase']}"),
        f"{row['acknowledged']}/{row['units']}",
        f"{row['accepted']}/{row['assignments']}",
        deadline_shown(row["next_deadline"]),
    )


COMMANDS = {"list": list_}
