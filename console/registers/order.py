"""In which order a register is kept: by its day, then by number, as people count."""

from typing import Any

from console.database import Row
from console.registers.columns import Register
from console.sorting import name_key


def in_order(register: Register, rows: list[Row]) -> list[Row]:
    """The rows of that register's statement."""
    return sorted(rows, key=lambda row: (*_first(register, row), name_key(row["stream"]), *_last(register, row)))


def _first(register: Register, row: Row) -> tuple[Any, ...]:
    if register == "follow-up":
        return (row["assigned_on"],)
    return (row["arrived_at"],) if register == "in" else (row["issuer"], row["issued_date"])


def _last(register: Register, row: Row) -> tuple[Any, ...]:
    if register == "follow-up":
        return (name_key(row["id"]),)
    return (name_key(row["unit_name"]), row["revision"]) if register == "in" else ()
