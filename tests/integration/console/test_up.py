"""up: start, second start, end."""

import json
import os
import time
import urllib.request
from pathlib import Path
from signal import SIGKILL

from tests.integration.console.conftest import Up, start_up
from tests.integration.embedded import processes
from tests.support.typed import typed


def test_up_says_where_to_look(up: Up) -> None:
    said = up.said
    assert said["pid"] == up.process.pid
    assert said["data"] == str(up.data)
    assert said["mails"] == str(up.data / "mail")
    for name in ("metrics", "sdk_metrics"):
        with urllib.request.urlopen(said[name], timeout=5) as answer:  # noqa: S310 - our own address
            assert answer.status == 200


def test_a_second_up_on_the_same_data_says_so(up: Up) -> None:
    said = typed("up", "--data", up.data, "--lang", "en")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"already_running: {up.data} is in use by process {up.process.pid}")
    assert said.err.count("\n") == 1


def test_a_data_directory_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    said = typed("up", "--data", tmp_path / "missing" / "data", "--lang", "en")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("data_directory_unusable: ")
    assert said.err.count("\n") == 1


def test_a_worker_that_cannot_start_ends_everything_with_one_line(tmp_path: Path) -> None:
    data = tmp_path / "data"
    said = typed("up", "--data", data, "--lang", "en", DIRECTIVES_MAIL_FROM="nobody at all")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("worker: ")
    assert said.err.count("\n") == 1
    assert typed("list", "--data", data).code == 3


def test_a_server_that_dies_ends_everything_with_one_line(tmp_path: Path) -> None:
    running = start_up(tmp_path / "data")
    children = processes.descendants(running.process.pid)
    os.kill(processes.named("postgres", children), SIGKILL)
    running.process.communicate(timeout=12)
    assert running.process.returncode == 1
    assert (tmp_path / "data.err").read_text().splitlines()[-1].startswith("child_failed: postgresql ")
    assert processes.alive(children) == set()


def test_up_ends_in_order_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = start_up(data, "--sample")
    acknowledged = typed("acknowledge", "1680/UBND-NC", "--unit", "so-noi-vu", DIRECTIVES_DATA=str(data))
    assert acknowledged.code == 0, acknowledged.err
    children = processes.descendants(first.process.pid)
    assert children
    begun = time.monotonic()
    assert first.end() == 0
    assert time.monotonic() - begun < 10
    assert processes.alive(children) == set()
    second = start_up(data)
    try:
        again = typed("acknowledge", "1680/UBND-NC", "--unit", "so-noi-vu", DIRECTIVES_DATA=str(data))
        assert (again.code, again.err.partition(":")[0]) == (1, "already_acknowledged")
        progress = typed(
            "progress",
            "1680/UBND-NC",
            "--unit",
            "so-noi-vu",
            "--item",
            "1",
            "--percent",
            "10",
            DIRECTIVES_DATA=str(data),
        )
        assert progress.code == 0, progress.err
    finally:
        assert second.end() == 0
    # What a warning would be worth was said on standard error; nothing was.
    assert [json.loads(line) for line in data.with_suffix(".err").read_text().splitlines()] == []
