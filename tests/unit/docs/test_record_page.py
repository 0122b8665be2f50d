"""docs/record.md holds by itself: its vectors, and the programs by which it says that anybody can check."""

import base64
import hashlib
import hmac
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from activities.journal.chain import GENESIS, chained
from activities.journal.erasable import references
from activities.record.checkpoint import read_checkpoint
from activities.record.merkle import leaf_hash
from activities.record.notes import SigningKey, VerifierKey, opened, sign
from console.app import PANELS
from domain.canonical import canonical
from domain.events import EVENTS
from observe.metrics import REGISTRY
from settings import Settings
from tests.support.merkle import inclusion_proof, root_of

PAGE = (Path(__file__).parents[3] / "docs" / "record.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


VECTORS = [dict(line.split(" ", 1) for line in block.splitlines()) for block in blocks("vector")]
EVENTS_SHOWN = [one for one in VECTORS if "body" in one]
[WORDS] = [one for one in VECTORS if "content" in one]
[TREE] = [one for one in VECTORS if "root" in one]
[NOTE] = blocks("note")
CHECK_NOTE, CHECK_PROOF = blocks("python")


def test_three_events_are_shown_and_each_follows_from_the_one_before() -> None:
    before = "00" * 32
    for one in EVENTS_SHOWN:
        assert one["prev_hash"] == before
        before = one["hash"]
    assert len(EVENTS_SHOWN) == 3


@pytest.mark.parametrize("shown", EVENTS_SHOWN, ids=lambda one: json.loads(one["body"])["type"])
def test_hash_and_leaf_follow_from_the_body_as_the_page_says(shown: dict[str, str]) -> None:
    body, prev_hash = shown["body"].encode(), bytes.fromhex(shown["prev_hash"])
    assert hashlib.sha256(prev_hash + body).hexdigest() == shown["hash"]
    assert hashlib.sha256(b"\0" + bytes.fromhex(shown["hash"])).hexdigest() == shown["leaf_hash"]


@pytest.mark.parametrize("shown", EVENTS_SHOWN, ids=lambda one: json.loads(one["body"])["type"])
def test_the_service_makes_of_it_what_the_page_shows(shown: dict[str, str]) -> None:
    envelope = json.loads(shown["body"])
    assert canonical(envelope).decode() == shown["body"]
    assert chained(bytes.fromhex(shown["prev_hash"]), shown["body"]).hex() == shown["hash"]
    assert leaf_hash(bytes.fromhex(shown["hash"])).hex() == shown["leaf_hash"]
    assert envelope["type"] in EVENTS


def test_they_are_an_issue_words_taken_out_and_vietnamese_letters() -> None:
    issued, without_words, vietnamese = (json.loads(one["body"]) for one in EVENTS_SHOWN)
    assert issued["type"] == "DirectiveIssued"
    assert without_words["data"]["reason"] == {"$text": WORDS["text"], "hmac": WORDS["hmac"]}
    assert vietnamese["data"]["subject"] == "tăng cường cải cách hành chính"
    assert "\\u" not in "".join(one["body"] for one in EVENTS_SHOWN)


def test_the_words_taken_out_have_the_digest_that_stands_for_them() -> None:
    made = hmac.new(bytes.fromhex(WORDS["key"]), WORDS["content"].encode(), hashlib.sha256).hexdigest()
    assert made == WORDS["hmac"]
    body = json.loads(EVENTS_SHOWN[1]["body"])
    assert WORDS["hmac"] in references(body).values()
    assert WORDS["content"] not in EVENTS_SHOWN[1]["body"]


def test_the_root_follows_from_the_three_leaves_as_the_page_says() -> None:
    first, second, third = (bytes.fromhex(one["leaf_hash"]) for one in EVENTS_SHOWN)
    left = hashlib.sha256(b"\1" + first + second).digest()
    assert hashlib.sha256(b"\1" + left + third).hexdigest() == TREE["root"]
    assert root_of([first, second, third]).hex() == TREE["root"]


def test_the_checkpoint_is_of_that_root_and_signed_with_the_key_of_the_page() -> None:
    key = VerifierKey.read(TREE["verifier_key"])
    text = opened(NOTE, [key])
    checkpoint = read_checkpoint(text)
    assert (checkpoint.origin, checkpoint.size, checkpoint.root.hex()) == (key.name, 3, TREE["root"])
    signer = SigningKey(key.name, bytes(range(32)))
    assert (signer.verifier(), sign(text, signer)) == (key, NOTE)


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program, *arguments],
        capture_output=True, encoding="utf-8", timeout=30, check=False,
    )  # fmt: skip


def test_the_program_for_a_checkpoint_accepts_the_one_of_the_page_and_no_other(tmp_path: Path) -> None:
    file = tmp_path / "x.checkpoint"
    file.write_text(NOTE, encoding="utf-8", newline="")
    good = run(CHECK_NOTE, str(file), TREE["verifier_key"])
    assert good.returncode == 0, good.stderr
    assert good.stdout.splitlines() == NOTE.splitlines()[:4]
    file.write_text(NOTE.replace("\n3\n", "\n4\n"), encoding="utf-8", newline="")
    assert "InvalidSignature" in run(CHECK_NOTE, str(file), TREE["verifier_key"]).stderr
    other = SigningKey.generate("directives/x").verifier().text()
    assert run(CHECK_NOTE, str(file), other).returncode != 0


def test_the_program_for_a_proof_leads_to_the_root_from_every_leaf_of_trees_of_many_sizes() -> None:
    found: dict[str, Any] = {}
    exec(CHECK_PROOF, found)  # noqa: S102 - a program of our own page
    root: Callable[[bytes, int, int, list[bytes]], bytes] = found["root"]
    for size in [*range(1, 18), 31, 32, 33, 100]:
        hashes = [hashlib.sha256(bytes([number])).digest() for number in range(size)]
        leaves = [leaf_hash(one) for one in hashes]
        for index in range(size):
            assert root(hashes[index], index + 1, size, inclusion_proof(leaves, index)) == root_of(leaves)


def test_commands_settings_and_metrics_that_the_page_names_are_there() -> None:
    commands = {name for panel in PANELS.values() for name in panel}
    assert set(re.findall(r"directives ([a-z]+)", "\n".join(re.findall(r"`[^`]+`", PAGE)))) <= commands
    assert {one.removeprefix("DIRECTIVES_").lower() for one in re.findall(r"DIRECTIVES_\w+", PAGE)} <= set(
        Settings.model_fields
    )
    families = {sample.name for family in REGISTRY.collect() for sample in family.samples}
    assert set(re.findall(r"`(directives_\w+)`", PAGE)) <= families


def test_the_first_event_is_chained_to_nothing() -> None:
    assert bytes.fromhex(EVENTS_SHOWN[0]["prev_hash"]) == GENESIS


def test_the_base64_of_the_note_is_of_an_id_and_a_signature() -> None:
    signature = base64.b64decode(NOTE.splitlines()[-1].split(" ")[2])
    assert (len(signature), signature[:4]) == (68, VerifierKey.read(TREE["verifier_key"]).id)
