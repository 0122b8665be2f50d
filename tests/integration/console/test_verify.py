"""verify: what was altered is found, and named with its version."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from activities.journal.pool import Connection
from activities.journal.verify import verify
from tests.support.parts import Cluster, TemporalServer
from tests.support.service import Service, issue, life, running_service, stream_of
from tests.support.typed import Type


@dataclass(frozen=True)
class Journal:
    """A database with one directive in it; six events, words of people among them."""

    service: Service
    url: str
    stream: str

    @asynccontextmanager
    async def altered(self, statement: str) -> AsyncIterator[Connection]:
        """Seen after somebody with all rights has run a statement; everything is as before when the block ends."""
        async with self.service.pool.acquire() as connection:
            transaction = connection.transaction()
            await transaction.start()
            try:
                await connection.execute("ALTER TABLE events DISABLE TRIGGER events_append_only")
                await connection.execute(statement)
                yield connection
            finally:
                await transaction.rollback()


@pytest.fixture(scope="module")
async def journal(cluster: Cluster, temporal: TemporalServer) -> AsyncIterator[Journal]:
    start = issue(("unit-a", "unit-b"))
    async with cluster.database() as url, running_service(temporal.client, url) as service:
        handle = await service.issue(start)
        for one in life("unit-a"):
            await handle.execute_update("submit", one)
        yield Journal(service, url, stream_of(start))


async def found(connection: Connection, stream: str) -> list[tuple[str, int | None]]:
    verdict = await verify(connection, stream)
    return [(one.code, one.version) for one in verdict.differences]


async def test_what_was_written_by_the_service_agrees(journal: Journal) -> None:
    async with journal.service.pool.acquire() as connection:
        assert await found(connection, journal.stream) == []


REHASHED = """
    UPDATE events SET prev_hash = sha256('x'), hash = sha256(sha256('x') || convert_to(body, 'UTF8')) WHERE version = 3
"""
INVENT = """
    INSERT INTO assignments
    SELECT (jsonb_populate_record(one, '{"id": "9.9"}')).* FROM assignments AS one WHERE unit = 'unit-b'
"""

HANDED_OVER = """
    INSERT INTO handovers SELECT stream, id, 1, 'unit-z', unit, now(), false, 'transfer' FROM assignments
"""


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE events SET body = replace(body, '30', '90') WHERE version = 3", ("hash", 3)),
        ("UPDATE events SET body = '{' WHERE version = 3", ("body", 3)),
        ("UPDATE events SET at = at + interval '1 day' WHERE version = 2", ("column", 2)),
        ("UPDATE events SET type = 'Reminded' WHERE version = 2", ("column", 2)),
        ("UPDATE events SET command_id = 'x' WHERE version = 2", ("column", 2)),
        (REHASHED, ("link", 3)),
        ("DELETE FROM events WHERE version = 4", ("gap", 5)),
        ("DELETE FROM events WHERE version = 6", ("head", None)),
        ("UPDATE streams SET hash = sha256('x')", ("head", None)),
        ("UPDATE texts SET content = 'không làm gì' WHERE version = 5", ("words", 5)),
        ("DELETE FROM texts", ("words_missing", 5)),
        ("UPDATE assignments SET status = 'open'", ("row", None)),
        ("DELETE FROM assignments WHERE unit = 'unit-b'", ("row", None)),
        ("UPDATE receipts SET acknowledged_at = acknowledged_at - interval '1 day'", ("row", None)),
        ("UPDATE receipts SET current = false WHERE unit = 'unit-b'", ("row", None)),
        ("UPDATE assignments SET held_until = held_until - interval '1 day'", ("row", None)),
        (HANDED_OVER, ("row", None)),
        ("UPDATE directives SET subject = 'khác'", ("row", None)),
        (INVENT, ("row", None)),
    ],
)  # fmt: skip
async def test_every_alteration_is_found(journal: Journal, statement: str, expected: tuple[str, int | None]) -> None:
    async with journal.altered(statement) as connection:
        assert expected in await found(connection, journal.stream)


FORGE = """
    DO $$
    DECLARE row record; before bytea := decode(repeat('00', 32), 'hex');
    BEGIN
        UPDATE events SET body = replace(body, '"percent":60', '"percent":90');
        FOR row IN SELECT * FROM events ORDER BY version LOOP
            UPDATE events SET prev_hash = before, hash = sha256(before || convert_to(row.body, 'UTF8'))
            WHERE stream = row.stream AND version = row.version RETURNING hash INTO before;
        END LOOP;
        UPDATE streams SET hash = before;
    END $$
"""
"""Alters an event and reckons every hash anew."""


async def test_whoever_forges_the_whole_chain_is_given_away_by_the_read_models(journal: Journal) -> None:
    async with journal.altered(FORGE) as connection:
        assert set(await found(connection, journal.stream)) == {("row", None)}


async def test_the_command_tells_what_differs_and_where(
    journal: Journal, type_: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", journal.url)
    good = await asyncio.to_thread(type_, "verify", "--json")
    assert (good.code, good.json["ok"], len(good.json["directives"])) == (0, True, 1)
    await journal.service.pool.execute("UPDATE receipts SET gave_up_at = now() WHERE unit = 'unit-a'")
    said = await asyncio.to_thread(type_, "verify", "--lang", "en")
    as_json = await asyncio.to_thread(type_, "verify", journal.stream, "--json")
    await journal.service.pool.execute("UPDATE receipts SET gave_up_at = NULL WHERE unit = 'unit-a'")
    assert said.code == as_json.code == 1
    assert f"{journal.stream}  –        table receipts, row unit-a/1: gave_up_at differs" in said.out
    assert said.err == f"differs: 1 of 1 directives differ, the first one: {journal.stream}.\n"
    [verdict] = as_json.json["directives"]
    assert verdict["ok"] is False
    assert (verdict["differences"][0]["code"], verdict["differences"][0]["column"]) == ("row", "gave_up_at")
