"""checkpoint: what the record comes to, signed and out of the database; and keys to sign with."""

import shutil
from pathlib import Path

import pytest

from activities.record.anchor import Anchor, checkpoints, verifier_keys
from activities.record.checkpoint import Checkpoint, read_checkpoint
from activities.record.key_file import make_key, read_key
from activities.record.notes import SigningKey, VerifierKey, opened
from tests.integration.console.conftest import Issue, Up
from tests.support.typed import Type
from tests.support.waiting import until


def kept(folder: Path) -> list[Checkpoint]:
    keys = verifier_keys(folder)
    return [read_checkpoint(opened(one.note, keys)) for one in checkpoints(folder)]


@pytest.fixture
def folder(up: Up) -> Path:
    return Path(up.said["checkpoints"])


def test_up_makes_a_key_and_a_folder_for_checkpoints_of_its_own(up: Up, folder: Path) -> None:
    key = Path(up.said["checkpoint_key"])
    assert (folder, key) == (up.data / "checkpoints", up.data / "checkpoint.key")
    assert key.stat().st_mode & 0o777 == 0o600
    assert folder.is_dir()


async def test_the_worker_of_up_keeps_checkpoints_that_name_the_record_as_the_key_does(up: Up, folder: Path) -> None:
    async def read() -> list[Checkpoint]:
        return kept(folder)

    # The sample was issued at the start.
    found = await until(read, lambda one: len(one) > 0, limit=90)
    key = read_key(Path(up.said["checkpoint_key"]))
    assert {one.origin for one in found} == {key.name}
    assert key.name.startswith("directives/")


def test_a_checkpoint_is_written_when_it_is_asked_for(cli: Type, issued: Issue, folder: Path) -> None:
    issued("unit-a")
    said = cli("checkpoint", "--json")
    assert said.code == 0, said.err
    path = Path(said.json["file"])
    assert path.parent == folder
    checkpoint = read_checkpoint(opened(path.read_text(), [VerifierKey.read(said.json["verifier_key"])]))
    assert (checkpoint.origin, checkpoint.size) == (said.json["origin"], said.json["size"])


def test_a_second_one_of_the_same_record_leaves_the_first_as_it_is(
    cli: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In a folder of its own: nobody else writes here.
    monkeypatch.setenv("DIRECTIVES_CHECKPOINT_FOLDER", str(tmp_path))
    monkeypatch.setenv("DIRECTIVES_CHECKPOINT_KEY_FILE", str(tmp_path / "key"))
    made = cli("checkpoint", "--new-key", str(tmp_path / "key"), "--json")
    assert made.code == 0, made.err
    first = cli("checkpoint", "--json")
    content = Path(first.json["file"]).read_bytes()
    second = cli("checkpoint", "--lang", "en")
    if f"Events:        {first.json['size']}\n" in second.out:
        assert "have their checkpoint from before" in second.out
    assert Path(first.json["file"]).read_bytes() == content
    assert first.json["written"]
    assert first.json["verifier_key"] == made.json["verifier_key"]


def test_a_new_key_bears_the_records_name_and_is_printed_for_those_who_verify(cli: Type, tmp_path: Path) -> None:
    said = cli("checkpoint", "--new-key", str(tmp_path / "new.key"), "--lang", "en")
    assert said.code == 0, said.err
    key = read_key(tmp_path / "new.key")
    assert key.verifier().text() in said.out
    assert key.text() not in said.out + said.err
    assert "keep the file a secret" in said.out
    again = cli("checkpoint", "--new-key", str(tmp_path / "new.key"), "--lang", "en")
    assert (again.code, again.out) == (1, "")
    assert again.err.startswith("key_not_made: ")
    assert read_key(tmp_path / "new.key") == key


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    make_key(tmp_path / "key", "directives/x")
    monkeypatch.setenv("DIRECTIVES_CHECKPOINT_FOLDER", str(folder))
    monkeypatch.setenv("DIRECTIVES_CHECKPOINT_KEY_FILE", str(tmp_path / "key"))
    return folder


def complaint(cli: Type) -> str:
    said = cli("checkpoint", "--lang", "en")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    return said.err.partition(":")[0]


def test_a_folder_that_is_away_is_said_in_one_line(cli: Type, elsewhere: Path) -> None:
    shutil.rmtree(elsewhere)
    assert complaint(cli) == "checkpoint_folder"


def test_a_spoiled_list_of_keys_is_said_in_one_line(cli: Type, elsewhere: Path) -> None:
    (elsewhere / "verifier.keys").write_text("none\n")
    assert complaint(cli) == "checkpoint_folder"


def test_a_spoiled_key_is_said_in_one_line(cli: Type, elsewhere: Path) -> None:
    elsewhere.with_name("key").write_bytes(b"\xff")
    assert complaint(cli) == "checkpoint_key"
    elsewhere.with_name("key").unlink()
    assert complaint(cli) == "checkpoint_key"


def test_half_a_setting_is_said_in_one_line(cli: Type, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIRECTIVES_CHECKPOINT_FOLDER")
    assert complaint(cli) == "bad_setting"


def test_a_real_installation_that_names_no_place_has_none(up: Up, type_: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    assert complaint(type_) == "nowhere_to_keep"


def test_after_a_rotation_the_folder_opens_with_the_keys_that_it_holds(cli: Type, elsewhere: Path) -> None:
    Anchor(elsewhere, SigningKey.generate("directives/x")).write(Checkpoint("directives/x", 1, bytes(32)))
    assert cli("checkpoint").code == 0
    assert len(kept(elsewhere)) == 2
    assert len(verifier_keys(elsewhere)) == 2
