"""A register as a document: what was asked, the columns by their titles, a line for each entry."""

import json
from datetime import date
from typing import Any

from console.call import Call
from console.circulation import noted
from console.database import reading, rows
from console.registers.columns import BY_HAND, COLUMNS, Register
from console.registers.lines import LINES
from console.registers.order import in_order

Json = dict[str, Any]


async def read_register(call: Call, register: Register, since: date, until: date, unit: str | None) -> Json:
    """What was entered on the days from ``since`` to ``until``. Raises ``ConsoleError``."""
    async with reading(call) as connection:
        found = await rows(connection, f"register_{register.replace('-', '_')}", since, until, unit)
        await noted(call, connection, {row["stream"] for row in found}, "register")
    for row in found:
        if isinstance(row.get("document"), str):
            row["document"] = json.loads(row["document"])
    columns = COLUMNS[register]
    filled = [LINES[register](call, row) for row in in_order(register, found)]
    return {
        "register": register,
        "title": call.text(f"register.title_{register.replace('-', '_')}"),
        "from": since.isoformat(),
        "to": until.isoformat(),
        "unit": unit,
        "columns": [
            {"name": name, "title": call.text(f"register.{name}"), "by_hand": name in BY_HAND} for name in columns
        ],
        "lines": [{name: line.get(name, "") for name in columns} for line in filled],
    }
