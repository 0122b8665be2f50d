"""Fixtures that every test may ask for, and what is done about parts that this machine lacks."""

import os
import shutil
from collections.abc import Mapping, Sequence
from typing import Final

import pytest

pytest_plugins = ["tests.support.fixtures"]

COMMANDS: Final[Mapping[str, Sequence[str]]] = {"alertmanager": ("alertmanager", "prometheus-alertmanager")}
"""Names under which a part may be found, where they are not the name of the part; Debian renames."""


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a part that is not here; where CI is set, fail, for there nothing may go untested unseen."""
    for marker in item.iter_markers("needs"):
        [part] = marker.args
        if any(shutil.which(command) for command in COMMANDS.get(part, [part])):
            continue
        if os.environ.get("CI"):
            pytest.fail(f"{part} is not installed, and nothing may be skipped in CI", pytrace=False)
        pytest.skip(f"{part} is not installed")
