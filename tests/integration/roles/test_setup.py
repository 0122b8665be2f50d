"""setup on a real installation: what it says of the roles, and as whom the command line then reads."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from activities.journal.roles import MIGRATOR, OWNER, READER, ROLES, WRITER
from tests.integration.roles.servers import database, roles_made
from tests.support.parts import TemporalServer
from tests.support.typed import Said, typed


@pytest.fixture
def place(temporal: TemporalServer) -> dict[str, str]:
    return {"TEMPORAL_ADDRESS": temporal.server.address, "TEMPORAL_NAMESPACE": temporal.client.namespace}


async def type_(*argv: str, **variables: str) -> Said:
    return await asyncio.to_thread(typed, *argv, "--lang", "en", **variables)


async def test_without_roles_it_works_and_says_what_is_missing_and_what_an_administrator_has_to_run(
    superuser_without_roles: str, place: dict[str, str]
) -> None:
    async with database(superuser_without_roles) as url:
        said = await type_("setup", "--json", DATABASE_URL=url, **place)
        assert said.code == 0, said.err
        told = said.json["roles"]
        assert (told["in_force"], told["missing"]) == (False, list(ROLES))
        connection = await asyncpg.connect(url)
        await connection.execute(await asyncio.to_thread(Path(told["sql"]).read_text, encoding="utf-8"))
        await connection.close()
        said = await type_("setup", DATABASE_URL=url, **place)
        assert "Database roles: each may what it needs, and nothing else" in said.out, said.err


async def test_roles_that_were_made_for_another_database_are_told_not_to_be_in_force(
    superuser: str, place: dict[str, str]
) -> None:
    async with database(superuser) as other, database(superuser) as url:
        await roles_made(other)
        said = await type_("setup", DATABASE_URL=url, **place)
        assert said.code == 0, said.err
        assert "the tables do not belong to directives_owner yet" in said.out


async def test_the_migrator_sets_up_the_worker_and_the_reader_only_read(superuser: str, place: dict[str, str]) -> None:
    async with database(superuser) as url:
        urls = await roles_made(url)
        refused = await type_("setup", DATABASE_URL=urls[WRITER], **place)
        assert (refused.code, refused.err.partition(":")[0]) == (1, "no_migrator")
        said = await type_(
            "setup", "--json", DATABASE_URL=urls[READER], DIRECTIVES_MIGRATION_URL=urls[MIGRATOR], **place
        )
        assert said.code == 0, said.err
        assert said.json["roles"] == {"in_force": True, "missing": [], "sql": None}
        read = await type_("list", DATABASE_URL=urls[READER], **place)
        assert (read.code, read.out) == (0, "There is no directive yet.\n"), read.err
        connection = await asyncpg.connect(url)
        owners = await connection.fetch("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
        await connection.close()
        assert [row["tableowner"] for row in owners] == [OWNER]


async def test_what_only_the_owner_may_do_is_refused_to_a_reader_in_one_line_and_done_with_the_migrators_address(
    superuser: str, place: dict[str, str]
) -> None:
    async with database(superuser) as url:
        urls = await roles_made(url)
        await type_("setup", DATABASE_URL=urls[MIGRATOR], **place)
        refused = await type_("rebuild", DATABASE_URL=urls[READER], **place)
        assert (refused.code, refused.err.count("\n"), refused.err.partition(":")[0]) == (1, 1, "not_permitted")
        done = await type_("rebuild", DATABASE_URL=urls[READER], DIRECTIVES_MIGRATION_URL=urls[MIGRATOR], **place)
        assert done.code == 0, done.err
