"""A part of the record is lost: the keeper says so in the record itself, and only where it is true."""

from pathlib import Path

import asyncpg
import pytest

from activities.journal.verify_anchors import read_anchors
from activities.journal.verify_whole import WholeVerdict, verify_whole
from activities.record.anchor import Anchor
from activities.record.gap import Incomplete, Loss, NothingLostError, declare
from activities.record.notes import SigningKey
from activities.record.sequencer import read_tree, sequence
from activities.record.service import keep
from domain.wire import Declaration
from tests.integration.recovery.parts import copied, reconcile, recovery, serving
from tests.support.parts import Cluster, TemporalServer
from tests.support.service import Service, command, issue, stream_of

SAID = Declaration(person="Nguyễn Văn An", ground="hỏng đĩa,\nbiên bản 12")


@pytest.fixture
def anchor(tmp_path: Path) -> Anchor:
    folder = tmp_path / "checkpoints"
    folder.mkdir()
    return Anchor(folder, SigningKey.generate("records"))


async def anchored(database_url: str, anchor: Anchor) -> int:
    """Everything entered in the record, and a checkpoint of it; its size."""
    connection = await asyncpg.connect(database_url)
    try:
        while (await sequence(connection)).taken:
            pass
        tree = await read_tree(connection)
        await keep(anchor, tree)
        return tree.frontier.size
    finally:
        await connection.close()


async def judged(database_url: str, anchor: Anchor) -> WholeVerdict:
    anchors = read_anchors(anchor.folder)
    connection = await asyncpg.connect(database_url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            return await verify_whole(connection, anchors)
    finally:
        await connection.close()


async def told(service: Service, count: int) -> str:
    """A directive with some progress."""
    issued = issue(("unit-a",))
    handle = await service.issue(issued)
    for number in range(count):
        await handle.execute_update("submit", command("progress", "unit-a", percent=number))
    return stream_of(issued)


async def test_after_the_tail_is_back_the_checkpoints_of_before_are_explained_by_a_gap(
    cluster: Cluster, temporal: TemporalServer, database_url: str, anchor: Anchor
) -> None:
    client = temporal.client
    async with serving(client, database_url) as service:
        streams = [await told(service, 3)]
    kept = await anchored(database_url, anchor)
    async with copied(cluster, database_url) as earlier:
        async with serving(client, database_url) as service:
            for _ in range(3):
                streams.append(await told(service, 4))
                lost = await anchored(database_url, anchor)
        assert [one.code for one in (await judged(earlier, anchor)).differences] == ["truncated"]
        async with recovery(client, earlier, anchor):
            result = await reconcile(client, streams=streams[:-1], mend=True, declare=SAID)
        assert (result.gap, result.not_declared) == (1, None)
        verdict = await judged(earlier, anchor)
        assert [(one.kept, one.lost) for one in verdict.gaps] == [(kept, lost)]
        assert list(verdict.differences) == []
        await anchored(earlier, anchor)
        verdict = await judged(earlier, anchor)
        assert verdict.anchored is not None
        assert (list(verdict.differences), verdict.anchored.checkpoint.size) == ([], verdict.size)


async def test_a_gap_names_what_is_incomplete_and_is_one_entry_of_the_record(
    cluster: Cluster, temporal: TemporalServer, database_url: str, anchor: Anchor
) -> None:
    async with serving(temporal.client, database_url) as service:
        stream = await told(service, 1)
    async with copied(cluster, database_url) as earlier:
        lost = await anchored(database_url, anchor)
        connection = await asyncpg.connect(earlier)
        try:
            declared = await declare(connection, anchor, SAID, [Incomplete(stream, 2, 29)])
            note = await connection.fetchval("SELECT note FROM gaps WHERE number = 1")
            entry = await connection.fetchrow("SELECT seq, version, hash FROM log WHERE stream = 'gap/1'")
            gap = await connection.fetchval("SELECT hash FROM gaps WHERE number = 1")
        finally:
            await connection.close()
    assert declared.loss == Loss(0, lost)
    assert note.startswith(f"directives gap v1\norigin {declared.origin}\nnumber 1\nkept 0\nlost {lost}\nat ")
    assert f"\nby Nguyễn Văn An\nground hỏng đĩa, biên bản 12\nincomplete {stream} 2 29\n\n— records " in note
    assert (entry["seq"], entry["version"], entry["hash"]) == (1, 1, gap)


async def test_where_nothing_is_lost_or_an_earlier_gap_tells_of_it_none_can_be_declared(
    cluster: Cluster, temporal: TemporalServer, database_url: str, anchor: Anchor
) -> None:
    async with serving(temporal.client, database_url) as service:
        await told(service, 1)
    async with copied(cluster, database_url) as earlier:
        await anchored(database_url, anchor)
        for url in (database_url, earlier):
            connection = await asyncpg.connect(url)
            try:
                if url == earlier:
                    await declare(connection, anchor, SAID, [])
                with pytest.raises(NothingLostError):
                    await declare(connection, anchor, SAID, [])
            finally:
                await connection.close()
