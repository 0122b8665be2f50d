"""The rows of figures, counted by PostgreSQL; every sum that must hold is asserted."""

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from console.cells import COLUMNS, HANDED_ON
from console.database import Connection, Row, statement
from console.figures.question import Question
from domain.durations import shown

Place = tuple[str | None, str]
"""Under which key, in which role."""
Duration = dict[str, Any]
NONE: Final[Duration] = {"count": 0, "median": None, "p90": None}


def asked(name: str) -> str:
    """The statement, with what it counts put in."""
    text = statement(name)
    for part in ("counted", "receipts"):
        text = text.replace(f"{{{part}}}", statement(f"figures_{part}"))
    return text


async def counted(connection: Connection, question: Question) -> list[Row]:
    """A row for each key and role: ``key``, ``role`` and all of ``COLUMNS``."""
    found: dict[Place, Row] = {}
    for row in await connection.fetch(asked("figures_cells"), *question.arguments()):
        found[row["key"], row["role"]] = {**dict.fromkeys(HANDED_ON, 0), **row}
    for row in await connection.fetch(asked("figures_handed_on"), *handing_on(question)):
        none = {**dict.fromkeys(COLUMNS, 0), "key": row["key"], "role": row["role"]}
        found.setdefault((row["key"], row["role"]), none).update(row)
    return [{**row, "key": row["key"] or ""} for row in found.values()]


def handing_on(question: Question) -> tuple[Any, ...]:
    """As the statements on hand-overs want it: the holder that is asked for is the former one."""
    only = question.narrowed
    return *question.of_any_holder().arguments(), only.unit, only.group


async def completed(connection: Connection, question: Question, apart: Collection[str]) -> dict[Place, Duration]:
    """How long what is done took, by key and role; under None that of all keys but those ``apart``."""
    rows = await connection.fetch(asked("figures_completed"), *question.arguments(), list(apart))
    return {(None if row["of_all"] else row["key"] or "", row["role"]): _duration(dict(row)) for row in rows}


async def acknowledged(
    connection: Connection, question: Question, apart: Collection[str]
) -> dict[str | None, Duration]:
    """How long units took to acknowledge, by key; under None as above."""
    rows = await connection.fetch(asked("figures_acknowledged"), *question.arguments(), list(apart))
    return {None if row["of_all"] else row["key"] or "": _duration(dict(row)) for row in rows}


async def without_deadline(connection: Connection, question: Question) -> dict[str, int]:
    """Outside the cohort "due", by role."""
    rows = await connection.fetch(asked("figures_without_deadline"), *question.of_any_day().arguments())
    return {row["role"]: row["n"] for row in rows}


async def in_cascades(connection: Connection, question: Question) -> list[str]:
    """The lower issuers of cascades: with the upper ones they would count the same work twice."""
    rows = await connection.fetch(asked("figures_cascades"), *question.arguments())
    return sorted(row["issuer"] for row in rows)


async def names(connection: Connection, question: Question, keys: Collection[str]) -> dict[str, str]:
    """What stands for keys among people, where that is another word; as it was at the instant asked for."""
    if question.by not in ("unit", "issuer"):
        return {}
    rows = await connection.fetch(statement(f"figures_{question.by}_names"), list(keys), question.at)
    return {row["key"]: row["name"] for row in rows}


def days_shown(days: Decimal | None) -> str | None:
    """Working days with one decimal, half up; None of nothing."""
    return None if days is None else shown(Fraction(days))


def _duration(row: Row) -> Duration:
    return {"count": row["count"], "median": days_shown(row["median"]), "p90": days_shown(row["p90"])}
