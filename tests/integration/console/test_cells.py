"""The four cells, each clause of FIGURES with a row of its own, long before and long after the deadline."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from tests.support.typed import Type

BEFORE, AFTER, AGO = "now() - interval '9 days'", "now() - interval '2 days'", "now() - interval '5 days'"
AHEAD = "now() + interval '5 days'"

FLAGS = (
    "done", "released", "released_overdue", "released_overdue_originally", "suspended", "refused", "extended",
    "reopened", "transferred", "registered_late", "time_corrected",
)  # fmt: skip
PLAIN = {
    "since": "now() - interval '30 days'",
    "version": "1",
    "assigned_on": "'2026-01-01'",
    "role": "'lead'",
    "unit": "'unit-a'",
    "unit_group": "'so'",
    "stream": "'s'",
    "assignment": "'1.1'",
    **dict.fromkeys(FLAGS, "false"),
}
INSERT = "INSERT INTO spans ({names}) VALUES ({values})"
Count = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def count(type_: Type, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Count:
    """What is counted of one assignment with these columns, after whatever else stands in the tables."""
    monkeypatch.setenv("DATABASE_URL", database_url)

    async def do(*others: str, **columns: str) -> dict[str, Any]:
        connection = await asyncpg.connect(database_url)
        await connection.execute("INSERT INTO streams VALUES ('s', 1, sha256('x'))")
        row = {**PLAIN, **columns}
        await connection.execute(INSERT.format(names=", ".join(row), values=", ".join(row.values())))
        for other in others:
            await connection.execute(other)
        await connection.close()
        said = await asyncio.to_thread(type_, "stats", "--json")
        counted: dict[str, Any] = said.json["lead"]
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
    status, deadline, left = columns
    done = str(status == "accepted")
    counted = (await count(status=f"'{status}'", done=done, judged_by=deadline, held_until=left))["all"]
    cells = ("done_on_time", "done_late", "open_in_time", "open_overdue")
    assert {name: counted[name] for name in cells} == {name: int(name == cell) for name in cells}
    sums = (counted["done"], counted["open"], counted["total"], counted["released"], counted["given"])
    assert sums == (int(cell.startswith("done")), int(cell.startswith("open")), 1, 0, 1)


@pytest.mark.parametrize("kind", ["waived", "withdrawn", "recalled", "superseded"])
@pytest.mark.parametrize("overdue", [True, False])
async def test_what_is_released_is_counted_apart(count: Count, kind: str, overdue: bool) -> None:
    released = {"released": "true", "released_overdue": str(overdue)}
    counted = (await count(status=f"'{kind}'", judged_by=AGO, held_until="NULL", **released))["all"]
    assert (counted["done"], counted["open"], counted["total"]) == (0, 0, 0)
    assert (counted["released"], counted["given"], counted["released_when_overdue"]) == (1, 1, int(overdue))
    assert {name: number for name, number in counted["released_as"].items() if number} == {kind: 1}
    assert not any(counted["of_which"].values())


@pytest.mark.parametrize(
    ("columns", "subsets"),
    [
        ({"status": "'open'", "judged_by": AGO}, set()),
        ({"status": "'open'"}, {"no_deadline"}),
        ({"status": "'accepted'", "done": "true", "held_until": AGO}, {"no_deadline"}),
        ({"status": "'with_issuer'", "judged_by": AGO, "held_until": AGO}, {"awaiting_issuer"}),
        ({"status": "'open'", "judged_by": AGO, "suspended": "true"}, {"suspended"}),
        ({"status": "'open'", "judged_by": AGO, "refused": "true"}, {"refused_undecided"}),
        ({"status": "'accepted'", "done": "true", "judged_by": AGO, "extended": "true"}, {"extended"}),
        ({"status": "'open'", "judged_by": AGO, "reopened": "true"}, {"reopened"}),
        ({"status": "'open'", "judged_by": AGO, "transferred": "true"}, {"transferred"}),
        ({"status": "'open'", "judged_by": AGO, "registered_late": "true"}, {"registered_late"}),
        ({"status": "'accepted'", "done": "true", "judged_by": AGO, "time_corrected": "true"}, {"time_corrected"}),
    ],
)
async def test_what_stands_beside_the_cells_is_counted_as_of_which(
    count: Count, columns: dict[str, str], subsets: set[str]
) -> None:
    counted = (await count(**columns))["all"]
    assert counted["total"] == 1
    assert {name: number for name, number in counted["of_which"].items() if number} == dict.fromkeys(subsets, 1)


HANDED_ON = """
    INSERT INTO handovers VALUES
        ('s', '1.1', 1, 'unit-z', 'unit-b', now(), true, 'transfer', true, ''),
        ('s', '1.1', 2, 'unit-b', 'unit-a', now(), false, 'transfer', false, '')
"""


async def test_former_holders_appear_with_what_they_handed_on_and_the_sum_stays(count: Count) -> None:
    counted = await count(HANDED_ON, status="'open'", judged_by=AGO)
    found = {one["unit"]: (one["handed_on"], one["handed_on_overdue"], one["total"]) for one in counted["units"]}
    assert found == {"unit-a": (0, 0, 1), "unit-b": (1, 0, 0), "unit-z": (1, 1, 0)}
    assert counted["all"]["total"] == 1


async def test_people_see_what_is_counted_apart(count: Count, type_: Type) -> None:
    named = """
        INSERT INTO receipts (stream, unit, unit_name, purpose, revision, sent_at)
        VALUES ('s', 'unit-a', 'Sở A', 'act', 1, now() - interval '30 days')
    """
    await count(HANDED_ON, named, status="'waived'", released="true", released_overdue="true")
    said = (await asyncio.to_thread(type_, "stats", "--lang", "en")).out
    apart = said.partition("Beside the four cells")[2]
    rows = [line.split() for line in apart.splitlines()]
    assert ["Sở", "A", "unit-a", "1", "0", "0", "0", "1", "1", "0", "0", "1"] in rows
    assert ["unit-z", "unit-z", "0", "0", "0", "0", "0", "0", "1", "1", "0"] in rows
