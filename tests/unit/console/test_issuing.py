"""From a file to the start of a directive."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.input_files import SAMPLE
from tests.support.service import issue
from tests.support.typed import Type

ID = "01a20c88-981e-773a-ac74-845375eed28b"
"""A command id that tells 2026-11-24 07:50 UTC."""


def dry(type_: Type, file: Path, *options: str) -> dict[str, Any]:
    said = type_("issue", str(file), "--dry-run", "--command-id", ID, *options)
    assert (said.code, said.err) == (0, "")
    return json.loads(said.out)


def written(folder: Path, content: object) -> Path:
    file = folder / "d.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def test_a_text_becomes_the_start_of_its_directive(type_: Type) -> None:
    start = dry(type_, SAMPLE, "--actor", "Văn thư")
    assert start["type"] == "issue"
    assert start["actor"] == {"person": "Văn thư", "role": "clerk", "unit": "ubnd-can-tho"}
    assert start["command_id"] == ID
    assert start["sent_at"].startswith("2026-11-24T")
    leads = [unit for one in start["directive"]["obligations"] for unit in one["lead"]]
    assert len(leads) == 2 * len(start["directive"]["obligations"][0]["lead"]) + 2


def test_the_same_file_under_the_same_command_id_is_the_same_command(type_: Type) -> None:
    assert dry(type_, SAMPLE) == dry(type_, SAMPLE)


def test_json_may_be_the_bare_content_of_a_directive(type_: Type, tmp_path: Path) -> None:
    content = issue()["directive"]
    start = dry(type_, written(tmp_path, content))
    assert start["directive"] == content
    assert start["actor"]["unit"] == "ubnd"


def test_json_may_be_an_issue_command_and_what_was_typed_counts_more(type_: Type, tmp_path: Path) -> None:
    command = issue()
    file = written(tmp_path, command)
    assert json.loads(type_("issue", str(file), "--dry-run").out) == command
    assert dry(type_, file, "--actor", "another")["actor"] == {**command["actor"], "person": "another"}
    assert dry(type_, file)["command_id"] == ID


@pytest.mark.parametrize(
    ("spoil", "code", "words"),
    [
        (lambda one: one["document"].update(subject="x" * 501), "invalid_field", "directive.document.subject"),
        (lambda one: one["document"].pop("signer"), "invalid_field", "directive.document.signer"),
        (lambda one: one.update(extra=1), "invalid_field", "directive.extra"),
    ],
)
def test_json_is_refused_here_as_the_service_refuses_it(
    type_: Type, tmp_path: Path, spoil: Callable[[dict[str, Any]], object], code: str, words: str
) -> None:
    content = issue()["directive"]
    spoil(content)
    said = type_("issue", str(written(tmp_path, content)), "--json")
    assert (said.code, said.err.partition(":")[0]) == (1, code)
    assert words in said.err
    assert json.loads(said.out)["outcome"] == "refused"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("nope", "không phải JSON ("),
        ('{"type": "issue", "type": "issue"}', "không phải JSON ("),
        ("[1]", "phải là đối tượng JSON."),
        ("null", "phải là đối tượng JSON."),
    ],
)
def test_what_is_no_directive_is_unreadable(type_: Type, tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "d.json"
    file.write_text(content, encoding="utf-8")
    said = type_("issue", str(file))
    assert (said.code, said.err.partition(":")[0]) == (1, "unreadable")
    assert words in said.err


def test_what_cannot_be_resolved_stops_the_issue_with_all_that_is_wrong(type_: Type, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    text = SAMPLE.read_text(encoding="utf-8").replace("Sở Nội vụ", "Sở Mây Trời")
    file.write_text(text, encoding="utf-8")
    said = type_("issue", str(file), "--lang", "en")
    assert (said.code, said.err.partition(":")[0]) == (1, "unresolved")
    assert said.err.count("\n") == 1
    assert 'the directory does not know "Giám đốc Sở Mây Trời"' in said.out
    assert 'the directory does not know "Giám đốc Sở Mây Trời"' in said.err
    problems = json.loads(type_("issue", str(file), "--json").out)["problems"]
    assert [one["code"] for one in problems] == ["unknown_body"]


def test_a_directory_that_cannot_be_used_is_named(type_: Type, tmp_path: Path) -> None:
    broken = tmp_path / "units.yaml"
    broken.write_text("version: x\nunits: 7\n", encoding="utf-8")
    said = type_("issue", str(SAMPLE), "--directory", str(broken))
    assert said.code == 1
    assert said.err.startswith(f"bad_file: {broken}: units: ")
