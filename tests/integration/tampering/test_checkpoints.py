"""Checkpoints that lie outside the database: what they give away, and what is done to them themselves."""

import base64
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from activities.journal.pool import Connection
from activities.journal.verify_anchors import read_anchors
from activities.record.anchor import KEYS, Anchor
from activities.record.checkpoint import Checkpoint
from activities.record.gap import declare
from activities.record.merkle import leaf_hash
from activities.record.notes import SigningKey
from activities.record.verify_record import verify as verify_elsewhere
from domain.wire import Declaration
from tests.integration.tampering.altering import altered
from tests.integration.tampering.inspection import RECORD, exported, inspect, proof_of
from tests.integration.tampering.office import Office
from tests.integration.tampering.ways import CUT_OFF, EDITED, FREE, RECHAINED, RELOGGED, reckon_tree
from tests.support.merkle import proves_inclusion

BACKDATED = "UPDATE events SET recorded_at = recorded_at - interval '2 hours'"


@pytest.fixture
def checkpoints(office: Office, tmp_path: Path) -> Path:
    """A copy of the folder, to be altered."""
    return Path(shutil.copytree(office.anchor.folder, tmp_path / "checkpoints"))


def files(checkpoints: Path) -> list[Path]:
    return sorted(checkpoints.glob("*.checkpoint"))


async def rewritten(connection: Connection, stream: str) -> None:
    """Everything that whoever has the database can make fit."""
    for statement in (FREE, EDITED, RECHAINED, RELOGGED):
        await connection.execute(statement.format(a=stream))
    await reckon_tree(connection)


async def test_the_first_checkpoint_that_differs_tells_between_which_entries_and_in_which_directives(
    office: Office, checkpoints: Path, tmp_path: Path
) -> None:
    async with altered(office) as connection:
        await rewritten(connection, office.streams[2])
        seen = await inspect(connection, checkpoints, tmp_path / "export")
    [one] = seen.found(RECORD, "checkpoint")
    assert (one.details["first"], one.details["last"]) == ("7", "12")
    assert set(one.details["streams"].split(", ")) == set(office.streams)
    assert seen.whole.anchored is not None
    assert seen.whole.anchored.checkpoint.size == 6
    [elsewhere] = [finding for finding in seen.elsewhere.findings if finding.code == "checkpoint"]
    assert all(stream in elsewhere.words for stream in office.streams)
    assert seen.elsewhere.order.anchored is not None
    assert seen.elsewhere.order.anchored.size == 6


def forged_by_another_key(office: Office, folder: Path) -> str:
    own = SigningKey.generate("record.example")
    aside = Anchor(folder.with_name("aside"), own)
    aside.folder.mkdir()
    aside.write(Checkpoint("directives/x", 18, bytes(32)))
    [made] = files(aside.folder)
    shutil.copy(made, folder)
    return made.name


def altered_in_place(office: Office, folder: Path) -> str:
    first = files(folder)[0]
    lines = first.read_text().split("\n")
    lines[2] = base64.b64encode(bytes(32)).decode()
    first.write_text("\n".join(lines))
    return first.name


def of_nonsense(office: Office, folder: Path) -> str:
    (folder / "000000000002-00000000.checkpoint").write_bytes(b"\xff\xfe")
    return "000000000002-00000000.checkpoint"


@pytest.mark.parametrize("forge", [forged_by_another_key, altered_in_place, of_nonsense])
async def test_a_checkpoint_that_no_key_signed_is_named(
    office: Office, checkpoints: Path, tmp_path: Path, forge: Callable[[Office, Path], str]
) -> None:
    name = forge(office, checkpoints)
    async with altered(office) as connection:
        seen = await inspect(connection, checkpoints, tmp_path / "export")
    assert [(one.code, one.details["file"]) for _, one in seen.on_site] == [("bad_note", name)]
    assert seen.places() == {("bad_note", f"checkpoint {name}")}


async def signed_over_something_else(office: Office, folder: Path) -> str:
    origin = await office.pool.fetchval("SELECT origin FROM record")
    before = set(files(folder))
    Anchor(folder, office.anchor.key).write(Checkpoint(origin, 10, bytes(32)))
    [made] = set(files(folder)) - before
    return made.name


async def test_a_checkpoint_that_the_right_key_signed_over_something_else_is_told_from_an_altered_record(
    office: Office, checkpoints: Path, tmp_path: Path
) -> None:
    name = await signed_over_something_else(office, checkpoints)
    async with altered(office) as connection:
        seen = await inspect(connection, checkpoints, tmp_path / "export")
    assert [(one.code, one.details["file"]) for _, one in seen.on_site] == [("fork", name)]
    assert [one.code for one in seen.elsewhere.findings] == ["fork"]


async def all_deleted(folder: Path) -> int:
    for one in files(folder):
        one.unlink()
    return 0


async def the_last_ones_deleted(folder: Path) -> int:
    for one in files(folder)[2:]:
        one.unlink()
    return 6


@pytest.mark.parametrize("delete", [all_deleted, the_last_ones_deleted])
async def test_deleted_checkpoints_leave_old_entries_without_one(
    office: Office, checkpoints: Path, tmp_path: Path, delete: Callable[[Path], Awaitable[int]]
) -> None:
    left = await delete(checkpoints)
    async with altered(office) as connection:
        await connection.execute(FREE)
        await connection.execute(BACKDATED)
        seen = await inspect(connection, checkpoints, tmp_path / "export")
        own = verify_elsewhere(tmp_path / "export", None, office.anchor.folder)
    told = [(one.code, one.details["first"], one.details["size"]) for _, one in seen.on_site]
    assert told == [("unanchored", str(left + 1), str(left))]
    assert seen.places() == {("unanchored", f"entry {left + 1}")}
    # Whoever brings copies of their own needs nobody's word.
    assert own.order.anchored is not None
    assert own.order.anchored.size == 18


async def test_copies_of_ones_own_give_away_what_an_export_hides(
    office: Office, checkpoints: Path, tmp_path: Path
) -> None:
    for one in files(checkpoints)[1:]:
        one.unlink()
    async with altered(office) as connection:
        await rewritten(connection, office.streams[0])
        seen = await inspect(connection, checkpoints, tmp_path / "export")
    assert seen.elsewhere.findings == []
    found = verify_elsewhere(tmp_path / "export", office.anchor.folder / KEYS, office.anchor.folder)
    assert [(one.code, one.place) for one in found.findings] == [("checkpoint", "entries 7 to 12")]


async def test_a_checkpoint_opens_with_keys_that_were_handed_over_and_with_no_other(
    office: Office, tmp_path: Path
) -> None:
    right = read_anchors(office.anchor.folder, [office.anchor.key.verifier()])
    wrong = read_anchors(office.anchor.folder, [SigningKey.generate("record.example").verifier()])
    assert (len(right.opened), len(right.differences)) == (4, 0)
    assert (len(wrong.opened), len(wrong.differences)) == (0, 4)


async def test_an_old_key_opens_its_checkpoints_after_a_new_one_has_taken_its_place(
    office: Office, checkpoints: Path, tmp_path: Path
) -> None:
    async with altered(office) as connection:
        anchor = Anchor(checkpoints, SigningKey.generate("record.example"))
        size, origin = await connection.fetchval("SELECT size FROM tree"), "directives/x"
        anchor.write(Checkpoint(origin, size, bytes(32)))
        found = read_anchors(checkpoints)
    assert {one.key.text() for one in found.opened} == {
        office.anchor.key.verifier().text(),
        anchor.key.verifier().text(),
    }


async def test_a_directives_last_anchored_event_is_proved(office: Office, tmp_path: Path) -> None:
    anchors = read_anchors(office.anchor.folder)
    async with altered(office) as connection:
        for stream in office.streams:
            proof = await proof_of(connection, anchors, stream)
            root = anchors.opened[-1].checkpoint.root
            assert proves_inclusion(leaf_hash(proof.hash), proof.seq - 1, proof.size, proof.path, root)
        await exported(connection, anchors, tmp_path / "export", *office.streams[:2], whole=False)
    found = verify_elsewhere(tmp_path / "export", None, None)
    assert (found.findings, set(found.proved)) == ([], set(office.streams[:2]))
    assert set(found.streams) == set(office.streams[:2])


async def test_a_single_directive_that_was_written_anew_cannot_be_proved(office: Office, tmp_path: Path) -> None:
    anchors = read_anchors(office.anchor.folder)
    stream = office.streams[0]
    async with altered(office) as connection:
        await exported(connection, anchors, tmp_path / "before", stream, whole=False)
        await rewritten(connection, stream)
        await exported(connection, anchors, tmp_path / "after", stream, whole=False)
    proof = (tmp_path / "before" / "record.jsonl").read_text().splitlines()
    kept = [line for line in proof if '"kind":"proof"' in line or '"kind":"checkpoint"' in line]
    forged = (tmp_path / "after" / "record.jsonl").read_text().splitlines()
    lines = [line for line in forged if '"kind":"proof"' not in line and '"kind":"checkpoint"' not in line]
    # With the proof of before there is no way from the new events to what was signed; without it, none at all.
    (tmp_path / "after" / "record.jsonl").write_text("\n".join([lines[0], kept[0], *lines[1:], kept[1]]) + "\n")
    found = verify_elsewhere(tmp_path / "after", None, None)
    assert [one.code for one in found.findings] == ["proof"]


async def test_a_declared_loss_is_told_and_is_no_difference(office: Office, checkpoints: Path, tmp_path: Path) -> None:
    """As after a restore to an earlier point: the end is gone, and an operator signed that it is."""
    async with altered(office) as connection:
        for statement in (FREE, *CUT_OFF):
            await connection.execute(statement)
        await reckon_tree(connection)
        before = await inspect(connection, checkpoints, tmp_path / "before")
        said = Declaration(person="operator", ground="máy chủ hỏng")
        await declare(connection, Anchor(checkpoints, office.anchor.key), said, [])
        after = await inspect(connection, checkpoints, tmp_path / "after")
    assert (RECORD, "truncated") in before.codes()
    assert ("truncated", "entries 13 to 18") in before.places()
    # Only the read models still tell of what is gone.
    assert ({code for _, code in after.codes()}, after.elsewhere.findings) == ({"row"}, [])
    [gap] = after.whole.gaps
    assert (gap.kept, gap.lost) == (12, 18)
