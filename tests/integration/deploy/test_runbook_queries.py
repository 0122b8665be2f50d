"""The SQL of the runbooks runs on the schema as it is, and finds what it promises."""

import re

import asyncpg
import pytest

from activities.gauges import publish_gauges
from activities.journal.pool import open_pool
from observe.figures import FiguresCollector
from tests.support.waiting import until
from tests.unit.deploy.test_runbooks import PAGES

QUERIES = {page.stem: query for page in PAGES for query in re.findall("```sql\n(.+?)```", page.read_text(), re.DOTALL)}


@pytest.mark.parametrize("page", QUERIES)
async def test_the_query_of_a_page_runs(database_url: str, page: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        await connection.fetch(QUERIES[page])
    finally:
        await connection.close()


async def test_the_page_on_stale_figures_finds_who_reads_them(database_url: str) -> None:
    pool = await open_pool(database_url)
    connection = await asyncpg.connect(database_url)

    async def holders() -> int:
        return len(await connection.fetch(QUERIES["FiguresStale"]))

    try:
        assert await holders() == 0
        async with publish_gauges(pool, 0.05, FiguresCollector()):
            await until(holders, lambda count: count == 1)
    finally:
        await connection.close()
        await pool.close()
