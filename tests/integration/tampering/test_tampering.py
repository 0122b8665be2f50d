"""Whatever is altered by whoever has every right on the database: both verifiers see it, and name the place."""

from pathlib import Path

import pytest

from tests.integration.tampering.altering import altered
from tests.integration.tampering.inspection import RECORD, inspect
from tests.integration.tampering.office import Office
from tests.integration.tampering.ways import WAYS, Way


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
async def test_every_way_of_tampering_is_seen_and_its_place_named(office: Office, way: Way, tmp_path: Path) -> None:
    names = {**dict(zip("abc", office.streams, strict=True)), RECORD: RECORD}
    names["checkpoint"] = min(one.name for one in office.anchor.folder.glob("*.checkpoint"))
    stream, code, version = way.on_site
    async with altered(office) as connection:
        await way.do(connection, office.streams)
        seen = await inspect(connection, office.anchor.folder, tmp_path / "export")
    assert version in [one.version for one in seen.found(names[stream], code)], seen.on_site
    if way.only:
        assert seen.codes() == {(names[stream], code)}
    expected = way.elsewhere
    if expected is None:
        assert seen.elsewhere.findings == []
    else:
        assert (expected[0], expected[1].format(**names)) in seen.places(), seen.elsewhere.findings
