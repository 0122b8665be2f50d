"""Destroying a name costs as much as there is of it, not every event of the person against every notice."""

import uuid
from pathlib import Path

import pytest

from domain.notices import notice_id
from tests.integration.tampering.office import Office, opened
from tests.support.service import ISSUER, command

LEADER = f"leader of {ISSUER}"


async def returned(office: Office, count: int) -> str:
    """Every unit's report, returned by one person with words of its own."""
    units = tuple(f"unit-{number}" for number in range(count))
    stream = await office.issue(units=units)
    for unit in units:
        told = command("return", unit, role="leader", reason=f"{unit}: thiếu số liệu")
        await office.send(stream, command("acknowledge", unit), command("report", unit, text="xong"), told)
    return stream


async def test_a_name_in_many_events_is_not_tried_against_every_notice(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def counted(event: uuid.UUID, kind: str, unit: str) -> uuid.UUID:
        tried.append(unit)
        return notice_id(event, kind, unit)

    monkeypatch.setattr("activities.journal.erasing.notice_id", counted)
    async with opened(database_url, tmp_path) as office:
        stream = await returned(office, 12)
        left = "SELECT count(*) FROM notices WHERE stream = $1 AND kind = 'returned' AND detail IS NOT NULL"
        assert await office.pool.fetchval(left, stream) == 12
        erase = {
            "type": "erase",
            "command_id": "erase-1",
            "actor": {"person": "Văn thư lưu trữ", "role": "records_officer", "unit": ISSUER},
            "ground": "Điều 14 Luật Bảo vệ dữ liệu cá nhân",
            "document": {"notation": "88/QĐ-UBND", "issued_date": "2026-11-02"},
            "person": LEADER,
        }
        await office.send(stream, erase)
        assert await office.pool.fetchval(left, stream) == 0
    assert len(tried) == 12
