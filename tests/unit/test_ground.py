"""What the ground promises."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_locked_requirement_has_hashes_and_none_names_where_it_came_from() -> None:
    for name in ("runtime", "development"):
        lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
        pins = [number for number, line in enumerate(lines) if re.match(r"^[a-z0-9]", line)]
        assert pins
        assert all("--hash=sha256:" in lines[number + 1] for number in pins)
        assert not [line for line in lines if "://" in line or "index" in line.split("#")[0]]


def test_make_help_names_every_target() -> None:
    helped = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {"run", "test", "lint", "format", "clean", "help"} <= set(re.findall(r"make (\w+)", helped))
