"""The command line as a person meets it: what was typed, and what was said."""

import json
import os
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn

import pytest

from console.main import run

DIRECTIVES: Final = Path(sysconfig.get_path("scripts")) / "directives"
"""The command as it was installed."""
_OURS: Final = ("DIRECTIVES_", "TEMPORAL_", "DATABASE_URL")


class Said(NamedTuple):
    """What a call came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)


Type = Callable[..., Said]


async def _no_worker(*_arguments: object) -> NoReturn:
    pytest.fail("only `up` starts a worker")


@pytest.fixture
def type_(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Type:
    """Type a command into this very process; nothing of the machine's own settings counts."""
    for name in list(os.environ):
        if name.startswith(_OURS):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "C.UTF-8")

    def do(*argv: str) -> Said:
        code = run(argv, _no_worker)
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return do


def environment(**changes: str) -> dict[str, str]:
    """For a process of its own: the machine's, without settings of ours but those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return {**kept, "LANG": "C.UTF-8", **changes}


def typed(*argv: str | Path, **changes: str) -> Said:
    """Type a command into a process of its own, through pipes."""
    done = subprocess.run(
        [DIRECTIVES, *argv], env=environment(**changes), capture_output=True, text=True, timeout=50, check=False
    )
    return Said(done.returncode, done.stdout, done.stderr)
