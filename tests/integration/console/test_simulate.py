"""simulate: what is said before, during and after; the months themselves stand in tests/acceptance."""

import shutil
from pathlib import Path

import pytest
import yaml

from tests.support.quarter import SCENARIO
from tests.support.typed import Type, typed


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """Two papers with six lead assignments, in a folder with the files that they are reckoned by."""
    content = yaml.safe_load(SCENARIO.read_text())
    content["documents"] = [{**content["documents"][4], "count": 2}]
    counts = zip(content["behaviours"][:2], (4, 2), strict=True)
    content["behaviours"] = [{**one, "count": count} for one, count in counts]
    for name in ("directory", "calendar", "policy"):
        shutil.copy(SCENARIO.parent / content[name], tmp_path)
    file = tmp_path / "scenario.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True))
    return file


def test_it_is_lived_through_told_and_drawn(scenario: Path, tmp_path: Path) -> None:
    svg = tmp_path / "bars.svg"
    said = typed("simulate", scenario, "--svg", svg, "--lang", "en", TMPDIR=str(tmp_path))
    assert (said.code, said.err) == (0, "")
    first, drawn, *rest = said.out.splitlines()
    assert first.startswith("Lived through: 2 directives, ")
    assert drawn == f"Bars: {svg}"
    total = next(line for line in rest if line.startswith("All "))
    assert total.split()[-7:] == ["4", "0", "2", "0", "4", "2", "6"]
    assert svg.read_text().startswith("<svg ")
    assert list(tmp_path.glob("directives-*")) == []


def test_data_that_was_asked_for_stays_and_is_never_mixed_with_another_run(scenario: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    said = typed("simulate", scenario, "--data", data, "--json")
    assert (said.code, said.err) == (0, "")
    assert said.json["figures"]["lead"]["all"]["done"] == 4
    assert (data / "postgresql" / "cluster").is_dir()
    again = typed("simulate", scenario, "--data", data, "--lang", "en")
    assert (again.code, again.out) == (1, "")
    assert again.err.startswith(f"not_empty: There is something in {data}")


def test_a_scenario_that_cannot_be_names_the_field_before_anything_starts(scenario: Path, type_: Type) -> None:
    content = yaml.safe_load(scenario.read_text())
    content["behaviours"][1]["deadline"] = "ahead"
    scenario.write_text(yaml.safe_dump(content, allow_unicode=True))
    said = type_("simulate", str(scenario))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"bad_file: {scenario}: behaviours[1].count: ")
