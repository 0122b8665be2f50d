"""The stories are true: what clerks, units and leaders type in them is typed here, and answered as they say."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.shell_blocks import BLOCK, ROOT, replayed, running, stable, steps

STORIES = {path.stem: path.read_text() for path in sorted((ROOT / "docs" / "stories").glob("*.md"))}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def data(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Path]:
    """A service with nothing but the sample letter. Each story has directives of its own."""
    folder = tmp_path_factory.mktemp("stories") / "data"
    async with running(folder):
        yield folder


def test_there_are_eleven_stories() -> None:
    assert len(STORIES) == 11


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", STORIES)
async def test_a_story_goes_as_it_is_told(name: str, data: Path) -> None:
    document = STORIES[name]
    now = await replayed(document, data)
    told, seen = (
        [(command, stable(output)) for block in BLOCK.findall(text) for command, output in steps(block)]
        for text in (document, now)
    )
    assert len(told) >= 3
    assert seen == told
