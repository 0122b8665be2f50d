"""Journals in which names stand in the events themselves: read and verified as ever, and gone on with by reference."""

import json
from typing import Any
from uuid import UUID

import pytest

from activities.journal.chain import GENESIS, chained
from activities.journal.erasable import is_reference
from activities.journal.verify import verify
from domain.canonical import canonical
from tests.integration.erasing.test_erasing import HEAD, OFFICER, agrees, by, erase, version_of
from tests.support.parts import TemporalServer
from tests.support.service import Service, command, issue, running_service, stream_of


async def with_names_in_the_open(service: Service, stream: str) -> None:
    """Write the bodies anew as the release before this one would have written them."""
    async with service.pool.acquire() as connection, connection.transaction():
        await connection.execute("ALTER TABLE events DISABLE TRIGGER events_append_only")
        names = await connection.fetch("DELETE FROM texts WHERE hmac IS NOT NULL RETURNING id, content")
        contents = {row["id"]: row["content"] for row in names}
        before = GENESIS
        for row in await connection.fetch("SELECT version, body FROM events WHERE stream = $1 ORDER BY 1", stream):
            body = canonical(_named(json.loads(row["body"]), contents)).decode()
            hash_ = chained(before, body)
            await connection.execute(
                "UPDATE events SET body = $3, prev_hash = $4, hash = $5 WHERE stream = $1 AND version = $2",
                stream, row["version"], body, before, hash_,
            )  # fmt: skip
            before = hash_
        await connection.execute("UPDATE streams SET hash = $2 WHERE stream = $1", stream, before)
        await connection.execute("ALTER TABLE events ENABLE TRIGGER events_append_only")


def _named(node: Any, contents: dict[UUID, str]) -> Any:
    """Names put back, words left apart."""
    if isinstance(node, dict):
        if is_reference(node):
            return contents.get(UUID(node["$text"]), node)
        return {key: _named(one, contents) for key, one in node.items()}
    return [_named(one, contents) for one in node] if isinstance(node, list) else node


@pytest.fixture
async def old(temporal: TemporalServer, database_url: str) -> Any:
    """A directive that an earlier release began: the worker that goes on with it remembers nothing."""
    start = issue(("unit-a", "unit-b"))
    stream = stream_of(start)
    async with running_service(temporal.client, database_url) as service:
        handle = await service.issue(start)
        for one in (
            by(HEAD, command("acknowledge", "unit-a")),
            by(HEAD, command("assign_officer", "unit-a", officer=OFFICER)),
            by(OFFICER, command("progress", "unit-a", percent=30, text="Đang làm.", role="officer")),
        ):
            await handle.execute_update("submit", one)
        await with_names_in_the_open(service, stream)
    async with running_service(temporal.client, database_url, queue=service.queue) as service:
        yield service, stream


async def test_it_is_read_verified_and_gone_on_with(old: tuple[Service, str]) -> None:
    service, stream = old
    assert await agrees(service, stream)
    before = [event.actor.person for event in await service.events(stream)]
    assert HEAD in before
    answer = await service.submit(stream, by(OFFICER, command("report", "unit-a", role="officer", text="Xong.")))
    assert answer["outcome"] == "done", answer
    own = await service.submit(stream, by(OFFICER, command("approve", "unit-a")))
    assert own["code"] == "own_report"
    assert await agrees(service, stream)
    version = await version_of(service, stream, "ReportSubmitted")
    body = await service.pool.fetchval("SELECT body FROM events WHERE stream = $1 AND version = $2", stream, version)
    assert OFFICER not in body


async def test_a_name_that_its_events_hold_stays_and_the_versions_are_named(old: tuple[Service, str]) -> None:
    service, stream = old
    await service.submit(stream, by(OFFICER, command("report", "unit-a", role="officer", text="Xong.")))
    answer = await service.submit(stream, erase(person=OFFICER))
    assert (answer["code"], answer["details"]) == ("name_in_the_open", {"versions": "3, 4"})
    assert OFFICER not in json.dumps(answer, ensure_ascii=False)


async def test_words_and_newer_names_are_erased_all_the_same(old: tuple[Service, str]) -> None:
    service, stream = old
    await service.submit(stream, by("Vũ Thị Mới", command("acknowledge", "unit-b")))
    version = await version_of(service, stream, "ProgressReported")
    answer = await service.submit(stream, erase(version=[version], person="Vũ Thị Mới"))
    assert answer["outcome"] == "done", answer
    async with service.pool.acquire() as connection:
        assert (await verify(connection, stream)).differences == []
