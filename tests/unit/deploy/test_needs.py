"""A test whose part is missing is skipped by hand, and fails in CI."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[3]
TESTS = """
import pytest

@pytest.mark.needs("no-such-program")
def test_with_a_part_that_is_missing():
    raise AssertionError

@pytest.mark.needs("sh")
def test_with_a_part_that_is_there():
    pass
"""


@pytest.mark.parametrize(
    ("environment", "code", "ending"), [({}, 0, "1 passed, 1 skipped"), ({"CI": "1"}, 1, "1 passed, 1 error")]
)
def test_a_missing_part(tmp_path: Path, environment: dict[str, str], code: int, ending: str) -> None:
    (tmp_path / "test_parts.py").write_text(TESTS)
    outside = {name: value for name, value in os.environ.items() if name != "CI"}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.conftest",
            "-c",
            "pyproject.toml",
            "--rootdir",
            tmp_path,
            tmp_path,
        ],
        cwd=REPOSITORY,
        env={**outside, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, ending in done.stdout) == (code, True), done.stdout
    assert "no-such-program is not installed" in done.stdout
