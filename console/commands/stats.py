"""stats: how many were given, done, late, open, overdue, by unit, at this moment."""

import asyncio
from datetime import datetime
from typing import Any, Final

from console.call import Call
from console.cells import CELLS, added
from console.database import Row, reading, rows
from console.paper import Alert, Paper, answer
from console.sorting import name_key
from console.times import shown

ROLES: Final = ("lead", "support")
_COUNTED: Final = (*CELLS, "done", "open", "total")


def stats(call: Call) -> None:
    """All directives. Lead assignments are what is counted; supporting ones stand in a block of their own."""
    document = asyncio.run(_read(call))
    answer(call, document, lambda paper: _render(call, document, paper))


async def _read(call: Call) -> dict[str, Any]:
    async with reading(call) as connection:
        as_of = await connection.fetchval("SELECT now()")
        counted = await rows(connection, "cells", None)
    blocks = {role: _block([row for row in counted if row["role"] == role]) for role in ROLES}
    return {"as_of": as_of.isoformat(), "cohort": "all", "unit_of_count": "lead assignment", **blocks}


def _block(counted: list[Row]) -> dict[str, Any]:
    counted = sorted(counted, key=lambda row: (name_key(row["unit_name"]), row["unit"]))
    units = [{"unit": row["unit"], "unit_name": row["unit_name"], **added([row])} for row in counted]
    return {"units": units, "all": added(counted)}


def _render(call: Call, document: dict[str, Any], paper: Paper) -> None:
    paper.line(call.text("cli.stats", as_of=shown(datetime.fromisoformat(document["as_of"]))))
    for role in ROLES:
        if role == "lead" or document[role]["units"]:
            _render_block(call, role, document[role], paper)
    paper.line()
    paper.line(call.text("cli.stats_assumption"))


def _render_block(call: Call, role: str, block: dict[str, Any], paper: Paper) -> None:
    paper.heading(call.text(f"cli.stats_{role}"))
    lines = [_row(unit["unit_name"], unit["unit"], unit) for unit in block["units"]]
    lines.append(_row(call.text("cli.all_units"), "", block["all"]))
    paper.table([call.text(f"column.{name}") for name in ("unit_name", "unit", *_COUNTED)], lines)


def _row(name: str, unit: str, counted: dict[str, Any]) -> list[str]:
    figures = [str(counted[column]) for column in _COUNTED]
    at = _COUNTED.index("open_overdue")
    if counted["open_overdue"]:
        figures[at] = Alert(figures[at])
    return [name, unit, *figures]


COMMANDS = {"stats": stats}
