"""Rows into a table by COPY, many at a time: PostgreSQL's text form, in which it reads JSON's own values."""

import io
import json
from collections.abc import Sequence
from typing import Any, Final

from activities.journal.pool import Connection

_ESCAPED: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


async def copy(connection: Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """All of them have the columns of the first, in its order. ``table``: of this session alone."""
    lines = "".join("\t".join(map(_cell, row.values())) + "\n" for row in rows)
    await connection.copy_to_table(
        table, schema_name="pg_temp", source=io.BytesIO(lines.encode()), columns=list(rows[0]), format="text"
    )


def _cell(value: Any) -> str:  # noqa: ANN401 - any JSON value
    if value is None:
        return "\\N"
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, (bool, dict, list)) else str(value)
    return text.translate(_ESCAPED)
