"""``directives verify`` and ``directives export`` as an inspector types them."""

import asyncio
from pathlib import Path

import pytest

from activities.record.anchor import KEYS
from activities.record.merkle import leaf_hash
from activities.record.notes import SigningKey
from tests.integration.tampering.inspection import stand_alone
from tests.integration.tampering.office import Office
from tests.integration.tampering.ways import EDITED
from tests.support.merkle import proves_inclusion
from tests.support.typed import Said, Type


class Inspector:
    def __init__(self, type_: Type) -> None:
        self._type = type_

    async def types(self, *words: str | Path) -> Said:
        return await asyncio.to_thread(self._type, *map(str, words))


@pytest.fixture
def inspector(office: Office, type_: Type, monkeypatch: pytest.MonkeyPatch) -> Inspector:
    monkeypatch.setenv("DATABASE_URL", office.url)
    monkeypatch.setenv("DIRECTIVES_CHECKPOINT_FOLDER", str(office.anchor.folder))
    # Only who signs reads it.
    monkeypatch.setenv("DIRECTIVES_CHECKPOINT_KEY_FILE", "nowhere.key")
    return Inspector(type_)


async def test_verify_tells_how_far_the_record_is_anchored_and_with_which_key(
    office: Office, inspector: Inspector
) -> None:
    said = await inspector.types("verify", "--json")
    assert (said.code, said.json["ok"], len(said.json["directives"])) == (0, True, 3)
    record = said.json["record"]
    assert (record["size"], record["waiting"], record["checkpoints"], record["differences"]) == (20, 1, 4, [])
    assert record["anchored"]["size"] == 18
    assert record["anchored"]["key"] == office.anchor.key.verifier().text()
    in_words = await inspector.types("verify", "--lang", "en")
    assert "up to entry 18, signed at" in in_words.out
    assert "with key record.example; 4 checkpoints" in in_words.out


async def test_verify_of_a_directive_ends_with_a_proof_that_anybody_can_follow(
    office: Office, inspector: Inspector
) -> None:
    said = await inspector.types("verify", office.streams[1], "--json")
    proof = said.json["proof"]
    path = [bytes.fromhex(one) for one in proof["path"]]
    leaf, root = leaf_hash(bytes.fromhex(proof["hash"])), bytes.fromhex(proof["root"])
    assert proves_inclusion(leaf, proof["seq"] - 1, proof["size"], path, root)
    assert f"\n{proof['size']}\n" in proof["checkpoint"]
    in_words = await inspector.types("verify", office.streams[1], "--lang", "en")
    place = f"up to version {proof['version']}, which is entry {proof['seq']} of the record"
    assert f"{place}; {len(path)} hashes lead from there up to the checkpoint over 18 entries" in in_words.out
    assert proof["root"] in in_words.out


async def test_what_was_altered_is_not_proved(office: Office, inspector: Inspector, tmp_path: Path) -> None:
    stream = office.streams[0]
    altered = EDITED.format(a=stream)
    # Before the stream's name is in it, which may hold these digits too.
    back = EDITED.replace("60", "x").replace("90", "60").replace("x", "90").format(a=stream)
    async with office.pool.acquire() as connection:
        await connection.execute("SET session_replication_role = replica")
        await connection.execute(altered)
        said = await inspector.types("verify", stream, "--json")
        in_words = await inspector.types("verify", stream, "--lang", "en")
        await inspector.types("export", "--out", tmp_path / "one", stream)
        await connection.execute(back)
        await connection.execute("RESET session_replication_role")
    assert (said.code, said.json["proof"]) == (1, None)
    assert "None: events or record are no more what was signed" in in_words.out
    code, told = await stand_alone(tmp_path / "one")
    assert code == 1
    assert f"proved: {stream}: no, its events are not what was signed" in told
    assert (await inspector.types("verify")).code == 0


async def test_verify_trusts_the_inspectors_own_keys_and_no_others(
    office: Office, inspector: Inspector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, wrong = tmp_path / "right.keys", tmp_path / "wrong.keys"
    right.write_text(office.anchor.key.verifier().text() + "\n")
    wrong.write_text(SigningKey.generate("somebody").verifier().text() + "\n")
    folder = office.anchor.folder
    monkeypatch.delenv("DIRECTIVES_CHECKPOINT_FOLDER")
    monkeypatch.delenv("DIRECTIVES_CHECKPOINT_KEY_FILE")
    assert (await inspector.types("verify", "--checkpoints", folder, "--keys", right)).code == 0
    said = await inspector.types("verify", "--checkpoints", folder, "--keys", wrong, "--json")
    assert said.code == 1
    assert {one["code"] for one in said.json["record"]["differences"]} == {"bad_note"}
    assert said.err.startswith("record_differs: ")
    right.write_text("no key\n")
    assert (await inspector.types("verify", "--keys", right)).err.startswith("bad_keys: ")


async def test_without_checkpoints_verify_says_that_nothing_is_anchored(
    office: Office, inspector: Inspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DIRECTIVES_CHECKPOINT_FOLDER")
    monkeypatch.delenv("DIRECTIVES_CHECKPOINT_KEY_FILE")
    said = await inspector.types("verify", office.streams[0], "--lang", "en")
    assert said.code == 0
    assert "no: there are no checkpoints" in said.out
    assert "None yet: no checkpoint covers this directive." in said.out


async def test_an_export_is_verified_elsewhere(office: Office, inspector: Inspector, tmp_path: Path) -> None:
    out = tmp_path / "record"
    said = await inspector.types("export", "--out", out, "--json")
    assert (said.code, said.json["directives"], said.json["entries"], said.json["checkpoints"]) == (0, 3, 20, 4)
    assert sorted(one.name for one in out.iterdir()) == ["record.jsonl", KEYS, "verify_record.py"]
    assert out.stat().st_mode & 0o077 == 0
    code, told = await stand_alone(out)
    assert (code, told.splitlines()[-1]) == (0, "everything agrees")
    again = await inspector.types("export", "--out", out)
    assert (again.code, again.err.partition(":")[0]) == (1, "folder_not_new")


async def test_an_export_of_one_directive_brings_its_proof(
    office: Office, inspector: Inspector, tmp_path: Path
) -> None:
    out = tmp_path / "one"
    said = await inspector.types("export", "--out", out, office.streams[2], "--json")
    assert (said.code, said.json["directives"], said.json["checkpoints"]) == (0, 1, 1)
    code, told = await stand_alone(out)
    assert code == 0
    assert f"proved: {office.streams[2]}: up to version 6: entry 18 is under the checkpoint over 18 entries" in told
    assert office.streams[0] not in (out / "record.jsonl").read_text()


async def test_an_export_of_a_directive_that_there_is_not_is_refused(inspector: Inspector, tmp_path: Path) -> None:
    said = await inspector.types("export", "--out", tmp_path / "none", "directive/ubnd/2026/99-X")
    assert (said.code, said.err.partition(":")[0]) == (1, "not_found")
