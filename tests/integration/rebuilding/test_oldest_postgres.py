"""Rebuilding, following and reporting on the oldest PostgreSQL that the service runs on."""

from pathlib import Path

import asyncpg

from activities.followers.follower import begin, follow
from activities.followers.rights_changes import RightsChanges
from activities.journal.install import install
from activities.rebuilding.rebuild import check, rebuild
from activities.record.sequencer import sequence
from activities.reporting import complete_through, report
from tests.replay.test_journals import saved
from tests.replay.test_upgrade import keep_events
from tests.support.oldest_postgres import needs_oldest, running_oldest


@needs_oldest
async def test_read_models_are_rebuilt_followed_and_reported_on(tmp_path: Path) -> None:
    async with running_oldest(tmp_path / "postgresql") as url:
        await install(url)
        connection = await asyncpg.connect(url)
        try:
            await keep_events(connection, next(iter(saved().values())))
            assert {one.name for one in await rebuild(connection) if one.differing} >= {"assignments", "spans"}
            assert [one.name for one in await check(connection) if one.differing] == []
            events = await connection.fetchval("SELECT count(*) FROM events")
            await connection.execute("INSERT INTO unsequenced SELECT stream, version FROM streams")
            await sequence(connection)
            await begin(connection, RightsChanges())
            assert await follow(connection, RightsChanges()) == events
            await report(connection, "a worker", 100.0)
            assert (await complete_through(connection)).timestamp() == 100.0
        finally:
            await connection.close()
