"""Evidence, from a file on disk to the event that names it."""

from hashlib import sha256
from pathlib import Path

from tests.integration.console.conftest import Issue, Up
from tests.support.typed import Type


def test_files_are_kept_by_content_and_named_in_the_event(cli: Type, issued: Issue, up: Up, tmp_path: Path) -> None:
    files = [tmp_path / "biên bản.pdf", tmp_path / "danh sách.csv"]
    for number, file in enumerate(files):
        file.write_bytes(b"content %d" % number)
    one = issued("unit-a")
    assert cli("acknowledge", one, "--unit", "unit-a").code == 0
    said = cli("attach", one, *map(str, files), "--unit", "unit-a", "--item", "1", "--note", "bản chính")
    assert said.code == 0, said.err
    [event] = [event for event in cli("history", one, "--json").json if event["type"] == "EvidenceAttached"]
    assert [(one["name"], one["size"], one["media_type"]) for one in event["data"]["evidence"]] == [
        ("biên bản.pdf", 9, "application/pdf"),
        ("danh sách.csv", 9, "text/csv"),
    ]
    for file, one_of_them in zip(files, event["data"]["evidence"], strict=True):
        digest = sha256(file.read_bytes()).hexdigest()
        assert one_of_them["sha256"] == digest
        assert (up.data / "evidence" / digest[:2] / digest).read_bytes() == file.read_bytes()


def test_a_file_that_is_not_there_is_wrong_usage(cli: Type) -> None:
    said = cli("attach", "1680/UBND-NC", "/nowhere.pdf", "--unit", "so-noi-vu")
    assert (said.code, said.err.partition(":")[0]) == (2, "usage")
