"""erase on the real journal: of the words and names nothing is left in any table, and everything still verifies."""

import asyncio
import json
import uuid
from typing import Any

import asyncpg
import pytest

from activities.followers.follower import begin, follow
from activities.followers.rights_changes import RightsChanges
from activities.journal.queries import query
from activities.journal.read import fingerprint, lock_head
from activities.journal.verify import verify
from activities.memory import Memory
from activities.record.sequencer import sequence
from domain.erasure import is_placeholder
from domain.fold import folded
from embedded.postgres import binaries
from tests.support.parts import TemporalServer
from tests.support.service import ISSUER, Service, command, issue, running_service, stream_of

Json = dict[str, Any]
OFFICER = "Trần Thị Bích Vân"
HEAD = "Lê Hoàng Thủ Trưởng"
URGED = "Đôn đốc: đơn vị còn nợ báo cáo, đồng chí Phạm Quốc Khánh chú ý."
TOLD = "Chị Hồ Ngọc Lan nghỉ ốm nên chậm."
DEPUTY: Json = {
    "principal": HEAD,
    "for_role": "unit_head",
    "for_unit": "unit-a",
    "delegate": "Đỗ Văn Phó",
    "start": "2026-11-02",
    "end": "2026-11-06",
    "document": "12/QĐ",
}
PAPER = {"notation": "88/QĐ-UBND", "issued_date": "2026-11-02"}


def erase(**fields: Any) -> Json:
    return {
        "type": "erase",
        "command_id": str(uuid.uuid4()),
        "actor": {"person": "Văn thư lưu trữ", "role": "records_officer", "unit": ISSUER},
        "ground": "Điều 14 Luật Bảo vệ dữ liệu cá nhân",
        "document": PAPER,
        **fields,
    }


def by(person: str, one: Json) -> Json:
    return {**one, "actor": {**one["actor"], "person": person}}


def lived() -> list[Json]:
    """Words and names wherever the service takes them, mistakes among them."""
    return [
        by(HEAD, command("acknowledge", "unit-a")),
        by(HEAD, command("assign_officer", "unit-a", officer=OFFICER)),
        by(HEAD, {name: said for name, said in command("delegate", "unit-a", **DEPUTY).items() if name != "item"}),
        by(OFFICER, command("progress", "unit-a", percent=30, text=TOLD, role="officer")),
        command("urge", "unit-a", role="tracker", unit="unit-a", text=URGED),
        by(OFFICER, command("report", "unit-a", role="officer", text="Đã hoàn thành.")),
        # Refused: their own report, a command that the role may not give, an id used again with other content.
        by(OFFICER, command("approve", "unit-a")),
        by(OFFICER, command("waive", "unit-a", role="officer", command_id="twice")),
        by(OFFICER, command("waive", "unit-a", role="officer", command_id="twice", item="9")),
        by(HEAD, command("approve", "unit-a")),
        {"type": "assign_officer", "officer": OFFICER},
    ]


async def lives(service: Service) -> str:
    start = issue(("unit-a", "unit-b"))
    handle = await service.issue(start)
    for one in lived():
        await handle.execute_update("submit", one)
    stream = stream_of(start)
    state = await service.state(stream)
    await service.pool.execute(query("save_snapshot"), stream, state.version, fingerprint(), state.model_dump_json())
    await service.pool.execute("INSERT INTO reads (stream, person, command) VALUES ($1, $2, 'show')", stream, OFFICER)
    async with service.pool.acquire() as connection:
        await sequence(connection)
        await begin(connection, RightsChanges())
        await follow(connection, RightsChanges())
        confirmed = await connection.execute(
            "UPDATE rights_changes SET confirmed_at = now(), confirmed_by = $1", OFFICER
        )
    assert confirmed == "UPDATE 1"
    return stream


async def dumped(service: Service) -> str:
    """All that is in all tables, as a backup would hold it."""
    argv = ("--data-only", "--dbname", service.database_url)
    run = await asyncio.create_subprocess_exec(binaries() / "pg_dump", *argv, stdout=asyncio.subprocess.PIPE)
    out, _ = await run.communicate()
    assert run.returncode == 0
    return out.decode()


def left_of(words: str, dump: str) -> list[str]:
    """Where the words still stand, as they are or as JSON writes them in ASCII."""
    forms = (words, json.dumps(words)[1:-1], json.dumps(words)[1:-1].replace("\\", "\\\\"))
    return [line for line in dump.splitlines() if any(form in line for form in forms)]


async def agrees(service: Service, stream: str) -> bool:
    async with service.pool.acquire() as connection:
        return not (await verify(connection, stream)).differences


async def version_of(service: Service, stream: str, kind: str) -> int:
    return next(one.version for one in await service.events(stream) if one.data.type == kind)


async def test_words_are_gone_from_every_table_and_the_record_verifies(service: Service) -> None:
    stream = await lives(service)
    versions = [await version_of(service, stream, kind) for kind in ("ProgressReported", "Urged")]
    before = await dumped(service)
    assert left_of(TOLD, before)
    assert len(left_of(URGED, before)) == 2, "in the event's text and in the notice that waits"
    answer = await service.submit(stream, erase(version=versions))
    assert answer["outcome"] == "done", answer
    after = await dumped(service)
    assert left_of(TOLD, after) == left_of(URGED, after) == []
    assert left_of(OFFICER, after), "names are erased by themselves"
    assert await agrees(service, stream)
    told = next(one for one in await service.events(stream) if one.data.type == "Urged")
    assert is_placeholder(told.data.model_dump()["text"])


async def test_a_name_is_gone_from_every_table_and_the_record_verifies(service: Service) -> None:
    stream = await lives(service)
    assert len(left_of(OFFICER, await dumped(service))) > 5
    answer = await service.submit(stream, erase(person=OFFICER))
    assert answer["outcome"] == "done", answer
    after = await dumped(service)
    assert left_of(OFFICER, after) == []
    assert left_of(HEAD, after)
    assert left_of(TOLD, after)
    assert await agrees(service, stream)


async def test_what_a_worker_remembers_is_what_another_one_reads(temporal: TemporalServer, database_url: str) -> None:
    memory = Memory()
    async with running_service(temporal.client, database_url, memory=memory) as service:
        stream = await lives(service)
        await service.submit(stream, erase(person=OFFICER))
        state = folded(await service.events(stream))
        async with service.pool.acquire() as connection, connection.transaction():
            head = await lock_head(connection, stream)
        assert head is not None
        kept = memory.take(stream, head)
        assert kept is not None
        assert kept.state == state
        assert is_placeholder(state.assignments["1.1"].officer or "")
        assert OFFICER not in kept.people


async def test_erased_again_is_refused_and_does_not_bring_the_words_back(service: Service) -> None:
    stream = await lives(service)
    version = await version_of(service, stream, "ProgressReported")
    first = erase(person=OFFICER)
    answer = await service.submit(stream, first)
    await service.submit(stream, erase(version=[version]))
    codes = [
        (await service.submit(stream, one)).get("code")
        for one in (
            erase(person=OFFICER),
            erase(version=[version]),
            erase(version=[version, 900]),
            erase(version=[1]),
            {**erase(person=OFFICER), "ground": ""},
        )
    ]
    assert codes == [
        "unknown_person", "already_erased", "unknown_version", "no_words", "invalid_field",
    ]  # fmt: skip
    # The same command again, under its own id, has its first answer.
    assert await service.submit(stream, first) == answer
    assert left_of(OFFICER, await dumped(service)) == []
    assert await agrees(service, stream)


async def test_a_command_whose_words_are_gone_still_gets_its_first_answer(service: Service) -> None:
    stream = stream_of(start := issue(("unit-a",)))
    await service.issue(start)
    given = by(HEAD, command("acknowledge", "unit-a"))
    first = await service.submit(stream, given)
    await service.submit(stream, erase(person=HEAD))
    assert await service.pool.fetchval("SELECT digest FROM commands WHERE command_id = $1", given["command_id"]) == b""
    assert await service.submit(stream, given) == first
    assert left_of(HEAD, await dumped(service)) == []


async def test_in_one_message_with_what_comes_before_and_after(service: Service) -> None:
    stream = await lives(service)
    answers = await service.submit(
        stream,
        [
            by(OFFICER, command("waive", "unit-a", role="officer")),
            {"type": "assign_officer", "officer": OFFICER},
            erase(person=OFFICER),
            by(OFFICER, command("progress", "unit-b", percent=1, role="officer")),
            by(HEAD, command("acknowledge", "unit-b")),
        ],
    )
    assert [one.get("code") for one in answers] == [
        "invalid_field", "invalid_field", None, "not_acknowledged", None,
    ]  # fmt: skip
    # Whoever comes back is somebody new, and is there again.
    again = left_of(OFFICER, await dumped(service))
    assert await agrees(service, stream)
    await service.submit(stream, erase(person=OFFICER))
    assert again
    assert left_of(OFFICER, await dumped(service)) == []
    assert await agrees(service, stream)


async def test_a_person_has_one_row_however_often_they_act(service: Service) -> None:
    stream = await lives(service)
    rows = await service.pool.fetch("SELECT content FROM texts WHERE stream = $1 AND hmac IS NOT NULL", stream)
    names = [row["content"] for row in rows]
    assert sorted(names) == sorted({"clerk", HEAD, OFFICER, f"tracker of {ISSUER}"} | set(names))
    assert len(names) == len(set(names))
    bodies = await service.pool.fetch("SELECT body FROM events WHERE stream = $1", stream)
    assert not [row["body"] for row in bodies if OFFICER in row["body"] or HEAD in row["body"]]
    [text] = [row["id"] for row in await service.pool.fetch("SELECT id FROM texts WHERE content = $1", OFFICER)]
    assert sum(str(text) in row["body"] for row in bodies) > 3


async def test_words_that_somebody_destroyed_without_a_word_are_told_of(service: Service) -> None:
    stream = await lives(service)
    await service.submit(stream, erase(person=OFFICER))
    await service.pool.execute("DELETE FROM texts WHERE content = $1", HEAD)
    async with service.pool.acquire() as connection:
        found = {one.code for one in (await verify(connection, stream)).differences}
    assert "words_missing" in found


async def test_who_read_a_directive_is_never_changed_but_by_erasing(service: Service) -> None:
    stream = await lives(service)
    for statement in (
        "UPDATE reads SET person = 'somebody else'",
        "UPDATE reads SET command = 'list', person = 'erased-000000000000'",
        "DELETE FROM reads",
        "TRUNCATE reads",
    ):
        with pytest.raises(asyncpg.RaiseError):
            await service.pool.execute(statement)
    await service.submit(stream, erase(person=OFFICER))
    [reader] = await service.pool.fetch("SELECT person FROM reads")
    assert is_placeholder(reader["person"])
