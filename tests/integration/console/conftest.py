"""One `directives up` for all tests of the command line, and a way to type commands at it."""

import itertools
import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM
from typing import Any

import pytest

from tests.support.service import issue
from tests.support.typed import DIRECTIVES, Type, environment, type_

__all__ = ["type_"]


@dataclass(frozen=True)
class Up:
    """A running `directives up --json`, and the one document that it printed."""

    process: subprocess.Popen[str]
    data: Path
    said: dict[str, Any]

    def end(self) -> int:
        """Ask it to end; its exit code."""
        self.process.send_signal(SIGTERM)
        # What it still says would fill the pipe and keep it from ending.
        self.process.communicate(timeout=12)
        return self.process.returncode


def start_up(data: Path, *options: str) -> Up:
    """Start it and wait until all is up. What it says beside the document goes to a file next to the data."""
    with data.with_suffix(".err").open("w") as complaints:
        process = subprocess.Popen(
            [DIRECTIVES, "up", "--data", data, "--json", *options],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if line == "}\n":
            break
    try:
        said = json.loads("".join(lines))
    except ValueError:
        process.kill()
        pytest.fail(f"up said {lines!r} and complained: {data.with_suffix('.err').read_text()}")
    return Up(process, data, said)


@pytest.fixture(scope="session")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """The service, shared: each test issues directives of its own."""
    running = start_up(tmp_path_factory.mktemp("console") / "data", "--sample")
    yield running
    assert running.end() == 0


@pytest.fixture
def cli(up: Up, type_: Type, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Type a command at the running service, as somebody who is not on the issuer's side."""
    monkeypatch.setenv("DIRECTIVES_DATA", str(up.data))
    monkeypatch.setenv("DIRECTIVES_ACTOR", "Nguyễn Văn An")
    return type_


_numbers = itertools.count(10)
Issue = Callable[..., str]


@pytest.fixture
def issued(cli: Type, tmp_path: Path) -> Issue:
    """Issue a directive of one's own; returns number/symbol. Arguments as of ``tests.support.service.issue``."""

    def do(*units: str, **changes: Any) -> str:
        # Of two digits and more, so that it is written the same everywhere.
        numbered = {"code_number": str(next(_numbers)), **changes.pop("document", {})}
        command = issue(units or ("unit-a", "unit-b"), document=numbered, **changes)
        document = command["directive"]["document"]
        file = tmp_path / f"{document['code_notation']}.json"
        file.write_text(json.dumps(command["directive"]), encoding="utf-8")
        said = cli("issue", str(file), "--json")
        assert said.code == 0, said.err
        return f"{document['code_number']}/{document['code_notation']}"

    return do
