"""The four cells, each clause of FIGURES with a row of its own, long before and long after the deadline."""

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from tests.support.typed import Type

BEFORE, AFTER, AGO = "now() - interval '9 days'", "now() - interval '2 days'", "now() - interval '5 days'"
AHEAD = "now() + interval '5 days'"

INSERT = """
    INSERT INTO assignments
        (stream, id, item, unit, unit_name, role, assigned_on, reports, status, deadline, left_unit_at)
    VALUES ('s', '1.1', '1', 'unit-a', 'Sở A', 'lead', '2026-01-01', 0, '{}', {}, {})
"""
Count = Callable[..., Awaitable[dict[str, int]]]


@pytest.fixture
async def count(type_: Type, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Count:
    """What is counted of one assignment with that status, deadline and time of leaving the unit."""
    monkeypatch.setenv("DATABASE_URL", database_url)

    async def do(*columns: str) -> dict[str, int]:
        connection = await asyncpg.connect(database_url)
        await connection.execute("INSERT INTO streams VALUES ('s', 1, sha256('x'))")
        await connection.execute(INSERT.format(*columns))
        await connection.close()
        said = await asyncio.to_thread(type_, "stats", "--json")
        counted: dict[str, int] = said.json["lead"]["all"]
        return counted

    return do


@pytest.mark.parametrize(
    ("columns", "cell"),
    [
        (("accepted", AGO, BEFORE), "done_on_time"),
        (("accepted", AGO, AGO), "done_on_time"),
        (("accepted", AGO, AFTER), "done_late"),
        (("accepted", "NULL", AFTER), "done_on_time"),
        (("accepted", AHEAD, AFTER), "done_on_time"),
        (("open", AHEAD, "NULL"), "open_in_time"),
        (("open", AGO, "NULL"), "open_overdue"),
        (("open", "NULL", "NULL"), "open_in_time"),
        (("with_head", AGO, "NULL"), "open_overdue"),
        (("with_issuer", AGO, BEFORE), "open_in_time"),
        (("with_issuer", AGO, AFTER), "open_overdue"),
        (("returned", AGO, "NULL"), "open_overdue"),
    ],
)
async def test_an_assignment_is_counted_in_one_cell(count: Count, columns: tuple[str, str, str], cell: str) -> None:
    counted = await count(*columns)
    cells = ("done_on_time", "done_late", "open_in_time", "open_overdue")
    assert {name: counted[name] for name in cells} == {name: int(name == cell) for name in cells}
    sums = (counted["done"], counted["open"], counted["total"], counted["given"])
    assert sums == (int(cell.startswith("done")), int(cell.startswith("open")), 1, 1)
