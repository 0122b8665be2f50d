"""What the service wrote agrees, whatever happens around it."""

import asyncio
import subprocess
from pathlib import Path
from random import Random

import pytest

from activities.record.service import sequencing
from tests.integration.tampering.conftest import Server
from tests.integration.tampering.inspection import Inspection, inspect, stand_alone
from tests.integration.tampering.office import Office, filled, opened
from tests.support.service import life
from tests.support.waiting import until

WRITERS = 3
DIRECTIVES = 12


async def look(office: Office, out: Path) -> Inspection:
    """As whoever verifies does it: the checkpoints first, then one moment of the journal."""
    async with office.pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        return await inspect(connection, office.anchor.folder, out)


async def test_what_was_written_by_the_service_agrees(office: Office, tmp_path: Path) -> None:
    seen = await look(office, tmp_path / "export")
    assert (seen.on_site, seen.elsewhere.findings) == ([], [])
    assert seen.whole.anchored is not None
    assert (seen.whole.size, seen.whole.anchored.checkpoint.size) == (20, 18)
    assert (seen.elsewhere.order.size, seen.elsewhere.checkpoints) == (20, 4)
    assert (seen.whole.waiting, seen.whole.checkpoints) == (1, 4)


async def test_an_empty_journal_agrees(server: Server, tmp_path: Path) -> None:
    async with server.database() as url, opened(url, tmp_path / "checkpoints") as office:
        (tmp_path / "checkpoints").mkdir()
        await office.anchored()
        seen = await look(office, tmp_path / "export")
    assert (seen.on_site, seen.elsewhere.findings, seen.whole.size) == ([], [], 0)


@pytest.mark.timeout(120)
async def test_nothing_differs_while_others_write_sequence_and_sign(server: Server, tmp_path: Path) -> None:
    folder = tmp_path / "checkpoints"
    folder.mkdir()
    looks: list[Inspection] = []

    async def write(office: Office, seed: int) -> None:
        random = Random(seed)
        for _ in range(DIRECTIVES):
            stream = await office.issue(units=("unit-a", "unit-b"))
            for one in life(random.choice(("unit-a", "unit-b"))):
                await office.send(stream, one)

    async with server.database() as url, opened(url, folder) as office:
        async with sequencing(office.pool, office.anchor, every=0.01, checkpoint_every=0.02):
            writers = asyncio.gather(*(write(office, seed) for seed in range(WRITERS)))
            while not writers.done():
                looks.append(await look(office, tmp_path / f"export-{len(looks)}"))
            await writers
            await until(lambda: waiting(office), lambda count: count == 0)
        looks.append(await look(office, tmp_path / "last"))
    assert [(one.on_site, one.elsewhere.findings) for one in looks] == [([], [])] * len(looks)
    # They saw different moments, and some of them a record that was ahead of its checkpoints: else nothing was shown.
    assert len({one.whole.size for one in looks}) > 2
    assert any(one.whole.waiting or _behind(one) for one in looks)
    assert looks[-1].whole.size == WRITERS * DIRECTIVES * 6


def _behind(one: Inspection) -> bool:
    anchored = one.whole.anchored
    return anchored is None or anchored.checkpoint.size < one.whole.size


async def waiting(office: Office) -> int:
    return int(await office.pool.fetchval("SELECT count(*) FROM unsequenced"))


async def test_a_record_that_was_dumped_and_restored_agrees_with_its_checkpoints(
    server: Server, tmp_path: Path
) -> None:
    folder, dump = tmp_path / "checkpoints", tmp_path / "record.dump"
    folder.mkdir()
    async with server.database() as url, filled(url, folder):
        await run(server.programs / "pg_dump", "--format=custom", f"--file={dump}", url)
    async with server.database(migrated=False) as restored, opened(restored, folder) as office:
        await run(server.programs / "pg_restore", "--exit-on-error", f"--dbname={restored}", dump)
        seen = await look(office, tmp_path / "export")
    assert (seen.on_site, seen.elsewhere.findings) == ([], [])
    assert (seen.whole.size, seen.whole.waiting) == (20, 1)


async def run(*command: object) -> None:
    process = await asyncio.create_subprocess_exec(*map(str, command), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()


async def test_the_stand_alone_verifier_needs_nothing_but_the_folder(office: Office, tmp_path: Path) -> None:
    await look(office, tmp_path / "export")
    good = await stand_alone(tmp_path / "export")
    assert good[0] == 0, good
    assert "anchored: up to entry 18 of 20" in good[1]
    assert good[1].endswith("everything agrees\n")
    record = tmp_path / "export" / "record.jsonl"
    record.write_text(record.read_text().replace('\\"percent\\":60', '\\"percent\\":90', 1))
    altered = await stand_alone(tmp_path / "export")
    assert altered[0] == 1
    assert f"hash: {office.streams[0]} version 4: content and hash disagree" in altered[1]
    record.write_text("no record\n")
    assert (await stand_alone(tmp_path / "export"))[0] == 2
