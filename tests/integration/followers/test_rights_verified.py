"""A change of rights that is taken off the list, or never put on it, is found by verify."""

import uuid
from typing import Any

import pytest

from activities.followers.follower import begin, follow
from activities.followers.rights_changes import RightsChanges
from activities.journal.pool import Connection
from activities.journal.verify import verify
from activities.record.sequencer import sequence
from tests.support.service import Service, issue, stream_of

HEAD = "head of unit-a"
DELEGATE: dict[str, Any] = {
    "type": "delegate",
    "actor": {"person": HEAD, "role": "unit_head", "unit": "unit-a"},
    "principal": HEAD,
    "for_role": "unit_head",
    "for_unit": "unit-a",
    "delegate": "deputy of unit-a",
    "start": "2026-11-02",
    "end": "2026-11-06",
    "document": "12/QĐ",
}


async def delegated(service: Service) -> str:
    start = issue(("unit-a",))
    await service.issue(start)
    answer = await service.submit(stream_of(start), {**DELEGATE, "command_id": str(uuid.uuid4())})
    assert answer["outcome"] == "done", answer
    return stream_of(start)


async def differing(connection: Connection, stream: str) -> list[tuple[str, str]]:
    found = (await verify(connection, stream)).differences
    return [(one.details["table"], one.details["column"]) for one in found]


async def test_what_the_follower_has_not_come_to_is_not_missed(service: Service) -> None:
    stream = await delegated(service)
    async with service.pool.acquire() as connection:
        assert await differing(connection, stream) == []
        await sequence(connection)
        await begin(connection, RightsChanges())
        assert await differing(connection, stream) == []
        await follow(connection, RightsChanges())
        assert await connection.fetchval("SELECT count(*) FROM rights_changes") == 1
        assert await differing(connection, stream) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("DELETE FROM rights_changes", "missing"),
        ("UPDATE rights_changes SET at = at - interval '1 day'", "at"),
        ("UPDATE rights_changes SET type = 'PolicyApplied'", "type"),
        ("INSERT INTO rights_changes SELECT 99, stream, 1, type, at FROM rights_changes", "extra"),
    ],
)
async def test_what_is_altered_on_the_list_is_found(service: Service, statement: str, expected: str) -> None:
    stream = await delegated(service)
    async with service.pool.acquire() as connection:
        await sequence(connection)
        await begin(connection, RightsChanges())
        await follow(connection, RightsChanges())
        await connection.execute(statement)
        assert await differing(connection, stream) == [("rights_changes", expected)]


async def test_a_follower_that_is_made_to_skip_an_entry_is_found(service: Service) -> None:
    stream = await delegated(service)
    async with service.pool.acquire() as connection:
        await begin(connection, RightsChanges())
        await connection.execute("UPDATE followers SET seq = 100000")
        await sequence(connection)
        assert await differing(connection, stream) == [("rights_changes", "missing")]
