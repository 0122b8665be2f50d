"""The stand-alone verifier: what it needs, and that no input whatever makes it stumble."""

import ast
import json
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from activities.record import verify_record
from activities.record.checkpoint import Checkpoint
from activities.record.merkle import leaf_hash
from activities.record.notes import SigningKey, sign
from tests.support.builders import acknowledge, progress, report
from tests.support.desk import Desk
from tests.support.merkle import root_of
from tests.support.shelf import Shelf

ORIGIN = "directives/test"
KEY = SigningKey.generate("test")
COUNTS = {
    "header": ("format", "origin", "size", "streams"),
    "checkpoint": ("note",),
    "head": ("stream", "version", "hash"),
    "text": ("id", "stream", "key", "content"),
    "event": ("stream", "version", "prev_hash", "hash", "body"),
    "entry": ("seq", "stream", "version", "hash"),
}
"""What of a line is held against something else."""


def lines() -> list[str]:
    desk = Desk()
    desk.do(acknowledge(), progress(text="đang làm"), report())
    shelf = Shelf(desk.events)
    hashes = [one.hash for one in shelf.links]
    root = root_of(leaf_hash(one) for one in hashes)
    note = sign(Checkpoint(ORIGIN, len(hashes), root).text(), KEY)
    words = [word for one in shelf.links for word in one.words]
    told: list[dict[str, Any]] = [
        {"kind": "header", "format": "directives-record/1", "origin": ORIGIN, "size": len(hashes)}
        | {"at": "2026-11-24T12:00:00+00:00", "streams": None},
        {"kind": "checkpoint", "file": "a.checkpoint", "note": note},
        {"kind": "head", "stream": desk.stream, "version": len(hashes), "hash": hashes[-1].hex()},
    ]
    for word in words:
        told.append({"kind": "text", "id": str(word.id), "stream": desk.stream, "key": word.key.hex()})
        told[-1]["content"] = word.content
    for version, one in enumerate(shelf.links, start=1):
        chain = {"prev_hash": one.prev_hash.hex(), "hash": one.hash.hex(), "body": one.body}
        told.append({"kind": "event", "stream": desk.stream, "version": version, **chain})
    for seq, one in enumerate(shelf.links, start=1):
        place = {"seq": seq, "stream": desk.stream, "version": seq, "hash": one.hash.hex()}
        told.append({"kind": "entry", **place, "recorded_at": "2026-11-24T11:59:00+00:00"})
    return [json.dumps(line, ensure_ascii=False) for line in told]


@pytest.fixture(scope="module")
def good() -> list[str]:
    return lines()


def verdict(folder: Path, told: list[str]) -> int:
    (folder / "record.jsonl").write_text("\n".join(told) + "\n", encoding="utf-8", errors="surrogatepass")
    (folder / "verifier.keys").write_text(KEY.verifier().text() + "\n")
    return verify_record.main([str(folder)])


def test_it_imports_nothing_but_the_standard_library_and_cryptography() -> None:
    tree = ast.parse(Path(verify_record.__file__).read_text(encoding="utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    found |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in found} - sys.stdlib_module_names == {"cryptography"}


def test_what_is_good_agrees(tmp_path: Path, good: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert verdict(tmp_path, good) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "everything agrees"


@pytest.mark.parametrize("seed", range(20))
def test_a_line_that_is_missing_doubled_or_exchanged_is_found(tmp_path: Path, good: list[str], seed: int) -> None:
    random = Random(seed)
    for _ in range(20):
        told = list(good)
        at, other = random.randrange(len(told)), random.randrange(len(told))
        match random.choice(("gone", "twice", "exchanged")):
            case "gone":
                del told[at]
            case "twice":
                told.insert(at, told[at])
            case _:
                told[at], told[other] = told[other], told[at]
        code = verdict(tmp_path, told)
        assert code in (0, 1, 2)
        assert code or _in_order(told) == _in_order(good), (at, other)


def _in_order(told: list[str]) -> Any:
    """What has an order, and what only has to be there; a checkpoint more or less is the keeper's concern."""
    said = [json.loads(line) for line in told]
    ordered = [one for one in said if one["kind"] in ("header", "event", "entry")]
    return ordered, {json.dumps(one) for one in said if one["kind"] in ("head", "text")}


@pytest.mark.parametrize("seed", range(20))
def test_a_letter_that_is_altered_is_found_wherever_it_counts(tmp_path: Path, good: list[str], seed: int) -> None:
    random = Random(seed)
    for _ in range(20):
        told = list(good)
        at = random.randrange(len(told))
        place = random.randrange(len(told[at]))
        letter = chr(random.choice((32, 34, 48, 57, 92, 97, 102, 125, 0x1EAF, 0x10FFFF, 0xD800)))
        altered = told[at][:place] + letter + told[at][place + 1 :]
        same = _meaning(altered) == _meaning(told[at])
        told[at] = altered
        assert (code := verdict(tmp_path, told)) in (0, 1, 2)
        assert code or same, (good[at], altered)


def _meaning(line: str) -> Any:
    try:
        said = json.loads(line)
    except ValueError:
        return line
    return [said.get(name) for name in ("kind", *COUNTS.get(said.get("kind"), ()))]


@pytest.mark.parametrize(
    "line",
    ["[" * 100_000, "{}", "[]", '{"kind": "event"}', '{"kind": "event", "stream": 1, "version": "x"}',
     '{"kind": "header"}', '{"kind": ["x"]}', '{"kind": "head", "stream": "a", "version": 1, "hash": "zz"}',
     '{"kind": "event", "stream": "a", "version": 1e400, "hash": "", "prev_hash": "", "body": 1}'],
)  # fmt: skip
def test_nonsense_cannot_be_read_and_says_so(
    tmp_path: Path, good: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verdict(tmp_path, [good[0], line]) == 2
    assert capsys.readouterr().err.startswith("cannot be read: ")


def test_a_folder_that_is_none_and_keys_that_are_none_are_told(
    tmp_path: Path, good: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify_record.main([str(tmp_path / "nowhere")]) == 2
    verdict(tmp_path, good)
    (tmp_path / "mine").write_text("no key\n")
    assert verify_record.main([str(tmp_path), "--keys", str(tmp_path / "mine")]) == 2
    assert "not a verifier key" in capsys.readouterr().err
