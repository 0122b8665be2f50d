"""Words and names that were destroyed by an event raise no alarm; such that should be gone do."""

import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.tampering.altering import altered
from tests.integration.tampering.conftest import Server
from tests.integration.tampering.inspection import inspect
from tests.integration.tampering.office import Office, filled
from tests.support.service import ISSUER, Json

REPORT = 5
"""Version of the event with the report's words."""
BACK = "INSERT INTO texts (id, stream, key, content, version) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"


def erasing(**what: object) -> Json:
    return {
        "type": "erase",
        "command_id": str(uuid.uuid4()),
        "actor": {"person": "Văn thư lưu trữ", "role": "records_officer", "unit": ISSUER},
        "ground": "Điều 14 Luật Bảo vệ dữ liệu cá nhân",
        "document": {"notation": "12/QĐ-UBND", "issued_date": "2026-11-02"},
        **what,
    }


@pytest.fixture
async def erased(server: Server, tmp_path: Path) -> AsyncIterator[Office]:
    folder = tmp_path / "checkpoints"
    folder.mkdir()
    async with server.database() as url, filled(url, folder) as office:
        yield office


async def test_what_was_erased_by_an_event_raises_no_alarm(erased: Office, tmp_path: Path) -> None:
    stream = erased.streams[0]
    before = await erased.pool.fetch("SELECT * FROM texts WHERE stream = $1", stream)
    await erased.send(stream, erasing(version=[REPORT]))
    await erased.send(stream, erasing(person="unit_head of unit-a"))
    await erased.anchored()
    assert len(await erased.pool.fetch("SELECT FROM texts WHERE stream = $1", stream)) < len(before)
    async with altered(erased) as connection:
        seen = await inspect(connection, erased.anchor.folder, tmp_path / "export")
        assert (seen.on_site, seen.elsewhere.findings) == ([], [])
        # Somebody had kept a copy, and puts it back.
        for row in before:
            await connection.execute(BACK, *(row[name] for name in ("id", "stream", "key", "content", "version")))
        back = await inspect(connection, erased.anchor.folder, tmp_path / "back")
    assert {code for _, code in back.codes()} == {"words_kept"}
    assert {one.code for one in back.elsewhere.findings} == {"words_kept"}
    assert ("words_kept", f"{stream} version {REPORT}") in back.places()
