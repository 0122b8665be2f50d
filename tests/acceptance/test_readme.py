"""The README is true: its commands are typed as they stand, and print what it says."""

from pathlib import Path

import pytest

from tests.support.shell_blocks import BLOCK, ROOT, played, stable, steps


@pytest.mark.timeout(150)
async def test_every_command_of_the_readme_prints_what_the_readme_says(tmp_path: Path) -> None:
    document = (ROOT / "README.md").read_text()
    now = await played(document, tmp_path / "data")
    expected, found = (
        [(command, stable(output)) for block in BLOCK.findall(text) for command, output in steps(block)]
        for text in (document, now)
    )
    assert len(expected) > 15
    assert found == expected
