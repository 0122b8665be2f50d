"""The folder of checkpoints: each written once, whole, and never again; no key is forgotten."""

import errno
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from activities.record.anchor import Anchor, anchor_of, checkpoints, read_keys, verifier_keys
from activities.record.checkpoint import Checkpoint, read_checkpoint
from activities.record.key_file import make_key, read_key
from activities.record.notes import BadKeyError, BadNoteError, SigningKey, opened
from settings import Settings

ORIGIN = "directives/x"
KEY = SigningKey.generate(ORIGIN)
FIRST = Checkpoint(ORIGIN, 7, bytes(31) + b"\1", datetime(2026, 11, 24, tzinfo=UTC))
SECOND = replace(FIRST, size=12, root=b"\xab" * 32)


@pytest.fixture
def anchor(tmp_path: Path) -> Anchor:
    return Anchor(tmp_path, KEY)


@pytest.fixture(params=[errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS])
def without_links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A file system as many a share is one."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(os, "link", refuse)
    return


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_checkpoint_lies_under_its_size_and_root_and_opens_with_the_keys_beside_it(anchor: Anchor) -> None:
    anchor.write(SECOND)
    assert anchor.write(FIRST).path.name == "000000000007-00000000.checkpoint"
    assert names(anchor.folder) == [
        "000000000007-00000000.checkpoint", "000000000012-abababab.checkpoint", "verifier.keys",
    ]  # fmt: skip
    keys = verifier_keys(anchor.folder)
    assert [read_checkpoint(opened(one.note, keys)) for one in checkpoints(anchor.folder)] == [FIRST, SECOND]
    assert anchor.size() == 12


def test_an_empty_folder_has_nothing(tmp_path: Path) -> None:
    assert (checkpoints(tmp_path), verifier_keys(tmp_path), Anchor(tmp_path, KEY).size()) == ([], [], 0)


def test_a_checkpoint_is_never_written_over(anchor: Anchor) -> None:
    first = anchor.write(FIRST)
    content = first.path.read_bytes()
    again = anchor.write(replace(FIRST, at=datetime(2027, 1, 1, tzinfo=UTC)))
    assert (first.written, again.written, again.path) == (True, False, first.path)
    assert first.path.read_bytes() == content


def test_another_root_of_the_same_size_is_another_file(anchor: Anchor) -> None:
    anchor.write(FIRST)
    assert anchor.write(replace(FIRST, root=b"\xcd" * 32)).written
    assert len(checkpoints(anchor.folder)) == 2


def test_of_many_who_write_the_same_one_does(anchor: Anchor) -> None:
    with ThreadPoolExecutor(8) as threads:
        written = list(threads.map(lambda _: anchor.write(FIRST).written, range(40)))
    assert written.count(True) == 1
    assert names(anchor.folder) == ["000000000007-00000000.checkpoint", "verifier.keys"]


@pytest.mark.usefixtures("without_links")
def test_a_share_without_links_is_good_enough(anchor: Anchor) -> None:
    assert anchor.write(FIRST).written
    assert not anchor.write(FIRST).written
    assert names(anchor.folder) == ["000000000007-00000000.checkpoint", "verifier.keys"]


def test_a_disk_that_fills_up_leaves_no_half_of_a_checkpoint(anchor: Anchor, monkeypatch: pytest.MonkeyPatch) -> None:
    anchor.write(FIRST)
    before = names(anchor.folder)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        anchor.write(SECOND)
    assert names(anchor.folder) == before
    monkeypatch.undo()
    assert anchor.write(SECOND).written


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    # It may be a share that is not mounted: what is written below it then nobody would ever see.
    with pytest.raises(FileNotFoundError):
        Anchor(tmp_path / "share", KEY).write(FIRST)
    assert names(tmp_path) == []


def test_a_folder_that_is_away_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    for look in (checkpoints, lambda folder: Anchor(folder, KEY).size()):
        with pytest.raises(FileNotFoundError):
            look(tmp_path / "share")


def test_after_a_rotation_both_keys_open_what_each_of_them_signed(anchor: Anchor) -> None:
    anchor.write(FIRST)
    new = SigningKey.generate(ORIGIN)
    Anchor(anchor.folder, new).write(SECOND)
    keys = verifier_keys(anchor.folder)
    assert keys == [KEY.verifier(), new.verifier()]
    first, second = checkpoints(anchor.folder)
    assert opened(first.note, [KEY.verifier()]) == FIRST.text()
    assert opened(second.note, [new.verifier()]) == SECOND.text()
    for note, key in ((first.note, new), (second.note, KEY)):
        with pytest.raises(BadNoteError):
            opened(note, [key.verifier()])


def test_a_new_key_covers_what_the_old_one_had_signed_last(anchor: Anchor) -> None:
    first = anchor.write(FIRST)
    content = first.path.read_bytes()
    new = Anchor(anchor.folder, SigningKey.generate(ORIGIN))
    again = new.write(FIRST)
    assert again.written
    assert again.path.name == f"000000000007-00000000-{new.key.verifier().id.hex()}.checkpoint"
    assert not new.write(FIRST).written
    assert not anchor.write(FIRST).written
    assert first.path.read_bytes() == content
    assert opened(again.path.read_text(), [new.key.verifier()]) == FIRST.text()
    assert anchor.size() == 7


def test_rubbish_under_the_name_of_a_checkpoint_neither_goes_nor_keeps_the_checkpoint_away(anchor: Anchor) -> None:
    rubbish = anchor.folder / "000000000007-00000000.checkpoint"
    rubbish.touch()
    kept = anchor.write(FIRST)
    assert kept.written
    assert opened(kept.path.read_text(), [KEY.verifier()]) == FIRST.text()
    assert rubbish.read_bytes() == b""


def test_a_list_of_keys_that_was_spoiled_is_not_written_over(anchor: Anchor) -> None:
    for rubbish in (b"no key\n", b"\xff\xfe"):
        (anchor.folder / "verifier.keys").write_bytes(rubbish)
        with pytest.raises(BadKeyError):
            anchor.write(FIRST)
        assert (anchor.folder / "verifier.keys").read_bytes() == rubbish


def test_others_may_read_what_is_kept(anchor: Anchor) -> None:
    umask = os.umask(0o022)
    try:
        anchor.write(FIRST)
    finally:
        os.umask(umask)
    assert {path.stat().st_mode & 0o777 for path in anchor.folder.iterdir()} == {0o644}


def test_a_file_that_is_no_text_is_read_all_the_same_and_opens_with_nothing(anchor: Anchor) -> None:
    (anchor.folder / "000000000001-00000000.checkpoint").write_bytes(b"\xff\xfe\n\n")
    [kept] = checkpoints(anchor.folder)
    with pytest.raises(BadNoteError):
        opened(kept.note, [KEY.verifier()])


def test_strange_files_say_nothing_of_the_size(anchor: Anchor) -> None:
    anchor.write(FIRST)
    (anchor.folder / "copy of 000000000099.checkpoint").touch()
    (anchor.folder / "000000000099-00000000.txt").touch()
    assert anchor.size() == 7


def test_a_list_of_keys_may_have_empty_lines() -> None:
    assert read_keys(f"\n{KEY.verifier().text()}\n\n") == [KEY.verifier()]


def test_a_new_key_is_its_owners_alone_and_takes_no_others_place(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.key"
    key = make_key(path, ORIGIN)
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_key(path) == key
    with pytest.raises(FileExistsError):
        make_key(path, ORIGIN)
    assert read_key(path) == key


def test_the_settings_say_where_or_nowhere(tmp_path: Path) -> None:
    key = make_key(tmp_path / "key", ORIGIN)
    assert anchor_of(Settings()) is None
    found = anchor_of(Settings(checkpoint_folder=tmp_path, checkpoint_key_file=tmp_path / "key"))
    assert found == Anchor(tmp_path, key)


@pytest.mark.parametrize("half", ["checkpoint_folder", "checkpoint_key_file"])
def test_half_of_the_settings_is_refused(half: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="set together"):
        Settings.model_validate({half: tmp_path})
