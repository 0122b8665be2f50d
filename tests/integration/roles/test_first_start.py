"""The script that prepares an empty volume of the composition, run against a real server with the real psql."""

import asyncio
import os
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from activities.journal.install import install
from activities.journal.roles import MIGRATOR, READER, WRITER
from tests.integration.roles.servers import login

REPOSITORY = Path(__file__).parents[3]
SCRIPT = REPOSITORY / "deploy" / "postgres" / "init.sh"
ROLES = REPOSITORY / "activities" / "journal" / "roles" / "roles.sql"


@pytest.mark.needs("psql")
async def test_it_makes_databases_and_roles_of_which_each_reaches_its_own_alone(superuser_without_roles: str) -> None:
    there = urlsplit(superuser_without_roles)._replace(path="/postgres")
    connection = await asyncpg.connect(there.geturl())
    await connection.execute("DROP DATABASE IF EXISTS directives")
    await connection.close()
    script = await asyncio.to_thread(SCRIPT.read_text)
    assert "/etc/directives/roles.sql" in script
    done = await asyncio.create_subprocess_exec(
        *("sh", "-c", script.replace("/etc/directives/roles.sql", str(ROLES))),
        env={
            **os.environ,
            "PGHOST": str(there.hostname),
            "PGPORT": str(there.port),
            "PGPASSWORD": there.password or "",
            "POSTGRES_USER": str(there.username),
            "TEMPORAL_DB_PASSWORD": "t",
            "DIRECTIVES_MIGRATOR_PASSWORD": "m",
            "DIRECTIVES_WRITER_PASSWORD": "w",
            "DIRECTIVES_READER_PASSWORD": "r",
        },
    )
    assert await done.wait() == 0
    journal = there._replace(path="/directives").geturl()
    assert (await install(login(journal, MIGRATOR, "m"))).handed_over
    for role, password in ((WRITER, "w"), (READER, "r")):
        connection = await asyncpg.connect(login(journal, role, password))
        assert await connection.fetch("SELECT * FROM events") == []
        await connection.close()
    if there.password:
        # Where the server asks nobody for a password, it is still asked who may come in.
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(login(journal, WRITER, "r"))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(login(journal, "temporal", "t"))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(login(there._replace(path="/temporal").geturl(), WRITER, "w"))
