"""Every statement of the service is one that its role may carry out, as PostgreSQL sees it when it is to explain it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import asyncpg
import pytest

from activities.journal.roles import READER, WRITER
from console.figures.counting import asked
from tests.integration.roles.servers import Journal

REPOSITORY: Final = Path(__file__).parents[3]
BY_OWNER: Final = {"rebuilding"}
"""Packages whose statements only the owner carries out."""
BY_WRITER: Final = {"confirm_rights"}
"""Statements of the command line for which it logs in as a writer."""
PARTS: Final = {"figures_counted", "figures_receipts"}
"""Put into other statements."""


def statements() -> Iterator[tuple[str, str, str]]:
    """Role, file, statement."""
    for folder in ("activities", "simulation"):
        for file in sorted((REPOSITORY / folder).rglob("sql/*.sql")):
            if file.parents[1].name not in BY_OWNER:
                yield WRITER, str(file.relative_to(REPOSITORY)), file.read_text(encoding="utf-8")
    for file in sorted((REPOSITORY / "console" / "sql").glob("*.sql")):
        if file.stem not in PARTS:
            yield WRITER if file.stem in BY_WRITER else READER, f"console/sql/{file.name}", asked(file.stem)


STATEMENTS: Final = list(statements())


@pytest.mark.parametrize(("role", "file", "statement"), STATEMENTS, ids=[file for _, file, _ in STATEMENTS])
async def test_a_statement_is_allowed_to_whoever_carries_it_out(
    shared: Journal, role: str, file: str, statement: str
) -> None:
    async with shared.connected(role) as connection:
        prepared = await connection.prepare(statement)
        assert await prepared.explain(*(None for _ in prepared.get_parameters()))


async def test_explaining_finds_what_is_not_allowed(shared: Journal) -> None:
    async with shared.connected(WRITER) as connection:
        prepared = await connection.prepare("UPDATE events SET body = $1")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await prepared.explain(None)
