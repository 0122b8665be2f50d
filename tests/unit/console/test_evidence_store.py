"""Files of evidence in a directory."""

from hashlib import sha256
from pathlib import Path

import pytest

from console import evidence_store
from console.call import Call
from console.evidence_store import stored
from console.failures import FailedError

CONTENT = b"minutes of a meeting"
DIGEST = sha256(CONTENT).hexdigest()


async def _no_worker(*_arguments: object) -> None: ...


@pytest.fixture(autouse=True)
def _nothing_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIRECTIVES_EVIDENCE", raising=False)


@pytest.fixture
def call(tmp_path: Path) -> Call:
    return Call(language="en", work=_no_worker, data=tmp_path / "data")


def file_of(tmp_path: Path, name: str, content: bytes = CONTENT) -> Path:
    file = tmp_path / name
    file.write_bytes(content)
    return file


def test_one_content_is_kept_once_under_whatever_name(call: Call, tmp_path: Path) -> None:
    said = stored(call, [file_of(tmp_path, "biên bản.pdf"), file_of(tmp_path, "minutes")])
    assert said == [
        {"sha256": DIGEST, "name": "biên bản.pdf", "size": 20, "media_type": "application/pdf"},
        {"sha256": DIGEST, "name": "minutes", "size": 20, "media_type": "application/octet-stream"},
    ]
    kept = [one for one in (tmp_path / "data" / "evidence").rglob("*") if one.is_file()]
    assert [one.name for one in kept] == [DIGEST]
    assert kept[0].read_bytes() == CONTENT


def test_what_is_there_is_not_written_again(call: Call, tmp_path: Path) -> None:
    file = file_of(tmp_path, "minutes.txt")
    stored(call, [file])
    kept = tmp_path / "data" / "evidence" / DIGEST[:2] / DIGEST
    before = kept.stat()
    stored(call, [file])
    assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_content_that_was_altered_there_is_found(call: Call, tmp_path: Path) -> None:
    file = file_of(tmp_path, "minutes.txt")
    stored(call, [file])
    (tmp_path / "data" / "evidence" / DIGEST[:2] / DIGEST).write_bytes(b"other content")
    with pytest.raises(FailedError, match="evidence_altered"):
        stored(call, [file])


def test_the_setting_names_another_directory(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIRECTIVES_EVIDENCE", str(tmp_path / "elsewhere"))
    stored(call, [file_of(tmp_path, "minutes.txt")])
    assert (tmp_path / "elsewhere" / DIGEST[:2] / DIGEST).exists()
    assert not (tmp_path / "data").exists()


def test_a_file_beyond_the_limit_is_named_with_both_sizes(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_store, "LARGEST", 10)
    file = file_of(tmp_path, "minutes.txt")
    with pytest.raises(FailedError) as raised:
        stored(call, [file])
    assert raised.value.sentence("en") == f"{file}: 20 bytes, more than 10."


def test_a_directory_that_cannot_be_written_is_named(call: Call, tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"a file where a directory should be")
    with pytest.raises(FailedError, match="evidence_not_kept"):
        stored(call, [file_of(tmp_path, "minutes.txt")])


def test_a_bucket_without_a_name_is_no_place(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIRECTIVES_EVIDENCE", "s3:///prefix")
    with pytest.raises(FailedError, match="evidence_place"):
        stored(call, [file_of(tmp_path, "minutes.txt")])
