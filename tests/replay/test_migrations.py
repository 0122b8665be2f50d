"""What a release before wrote into the read models is, once the schema is brought up to date, what this one expects."""

import json
from copy import deepcopy
from datetime import datetime
from importlib.resources import files
from operator import attrgetter
from typing import Any, Final

import asyncpg
import pytest

from activities.journal.queries import query
from activities.journal.rows import assignment_row
from activities.journal.verify import TABLES
from activities.journal.verify_rows import differing_rows
from domain.events import read_event
from domain.fold import fold
from tests.replay.test_journals import RENAMED, saved

SINCE: Final = "0007"
"""The first migration that changes what rows of the first release say; those before it name columns anew at most."""
STEPS: Final = [
    file.read_text(encoding="utf-8").split("-- migrate:down")
    for file in sorted(files("activities.journal").joinpath("migrations").iterdir(), key=attrgetter("name"))
    if file.name >= SINCE
]
UP: Final = "\n".join(up for up, _ in STEPS)
DOWN: Final = "\n".join(down for _, down in reversed(STEPS))
POPULATE: Final = "INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, $1)).*"
CITED: Final = [
    {"kind": "basis", "notation": "280/CD-TTg", "type_name": "công điện", "issued_date": "2023-04-19"},
    {"kind": "implements", "notation": "74/2022/QH15", "type_name": "nghị quyết", "issued_date": None},
]


@pytest.mark.parametrize("name", sorted(saved()))
async def test_rows_of_the_release_before_agree_with_the_fold_after_the_migrations(
    database_url: str, name: str
) -> None:
    journal = deepcopy(saved()[name])
    for document in (journal["directive"]["document"], journal["events"][0]["data"]["directive"]["document"]):
        document["links"] = CITED
    state = fold(read_event(envelope) for envelope in journal["events"])
    assert state is not None
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(DOWN)
        await connection.execute("INSERT INTO streams VALUES ($1, $2, sha256('x'))", state.stream, state.version)
        await put(connection, "directives", {RENAMED.get(key, key): one for key, one in journal["directive"].items()})
        for table in ("assignments", "receipts"):
            for row in journal[table]:
                await put(connection, table, {"stream": state.stream, **row})
        await connection.execute(UP)
        found = {table: await connection.fetch(query(f"verify_{table}"), state.stream) for table in TABLES}
    finally:
        await connection.close()
    assert differing_rows(state, found) == []


async def test_since_when_a_unit_head_has_a_report_is_taken_from_the_events(database_url: str) -> None:
    journal = next(iter(saved().values()))
    to_head = (
        one["version"] for one in journal["events"] if one["type"] == "ReportSubmitted" and one["data"]["to"] == "head"
    )
    events = journal["events"][: next(to_head)]
    state = fold(read_event(envelope) for envelope in events)
    assert state is not None
    [then, *_] = journal["assignments"]
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(DOWN)
        await connection.execute("INSERT INTO streams VALUES ($1, $2, sha256('x'))", state.stream, state.version)
        for one in events:
            row = {column: one[column] for column in ("stream", "version", "event_id", "type", "schema", "at")}
            hashes = dict.fromkeys(("prev_hash", "hash"), rf"\x{'00' * 32}")
            recorded = {"body": json.dumps(one), "recorded_at": one["at"]}
            await put(connection, "events", {**row, **hashes, **recorded})
        for assignment in state.assignments.values():
            row = {column: value for column, value in assignment_row(state, assignment).items() if column in then}
            await put(connection, "assignments", {"stream": state.stream, **row})
        await connection.execute(UP)
        found = await connection.fetch("SELECT id, reported_at FROM assignments WHERE reported_at IS NOT NULL")
    finally:
        await connection.close()
    at = datetime.fromisoformat(events[-1]["at"])
    assert [tuple(row) for row in found] == [(events[-1]["data"]["assignment"], at)]


async def put(connection: asyncpg.Connection, table: str, row: dict[str, Any]) -> None:
    await connection.execute(POPULATE.format(table=table), json.dumps(row))
