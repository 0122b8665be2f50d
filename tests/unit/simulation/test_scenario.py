"""A scenario that cannot be is refused with the field that is wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from intake import InputError
from simulation.faults import ScenarioError
from simulation.planning import plan
from simulation.scenario import Scenario, load_scenario
from tests.support.quarter import SCENARIO, books, scenario

STRANGE = {"stream": "directive/a/2023/01-X", "assignment": "1.1", "working_days": 3}
Json = dict[str, Any]
Load = Callable[[Json], Scenario]


@pytest.fixture
def content() -> Json:
    return yaml.safe_load(SCENARIO.read_text().replace("off:", '"off":'))


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def do(content: Json) -> Scenario:
        file = tmp_path / "scenario.yaml"
        file.write_text(yaml.safe_dump(content, allow_unicode=True))
        return load_scenario(file)

    return do


def test_the_example_is_read_as_it_stands(content: Json, load: Load) -> None:
    assert load(content) == scenario()
    assert scenario().leads == 916


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda one: one.pop("seed"), "seed"),
        (lambda one: one.update(colour="red"), "colour"),
        (lambda one: one.update(first_day="2023-05-01"), "last_day"),
        (lambda one: one["documents"][2].update(count=0), "documents[2].count"),
        (lambda one: one["documents"][2].update(deadline=[9, 3]), "documents[2].deadline"),
        (lambda one: one["documents"][1].update(addressees=3), "documents[1]"),
        (lambda one: one["documents"][5].update(supports=[0, 1]), "documents[5]"),
        (lambda one: one["documents"][0].update(issued=["2022-12-01", "2023-02-01"]), "documents[0].issued"),
        (lambda one: one["behaviours"][3].update(outcome="done_late"), "behaviours[3].outcome"),
        (lambda one: one["behaviours"][4].update(count=31), "behaviours"),
        (lambda one: one["behaviours"][5].update(acknowledges=None), "behaviours[5]"),
        (lambda one: one["behaviours"][0]["reports"][0].update(after_deadline=[1, 2]), "behaviours[0].reports[0]"),
    ],
)
def test_what_is_wrong_is_named(content: Json, load: Load, change: Callable[[Json], object], field: str) -> None:
    change(content)
    with pytest.raises(InputError) as refused:
        load(content)
    assert f"{refused.value.field} {refused.value.reason}".lstrip().startswith(field)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"issuer": "nobody"}, "issuer"),
        (
            {"extensions": [{"stream": "directive/a/2023/01-X", "assignment": "1.1", "working_days": 3}]},
            "extensions[0]",
        ),
    ],
)
def test_what_cannot_be_planned_is_named(changes: Json, field: str) -> None:
    changed = Scenario.model_validate({**scenario().model_dump(), **changes}, strict=False)
    with pytest.raises(ScenarioError) as refused:
        plan(changed, books())
    assert refused.value.field == field


def test_more_of_a_behaviour_than_assignments_leave_time_for_is_named() -> None:
    first, second, *others = scenario().behaviours
    moved = [
        first.model_copy(update={"count": first.count + 21}),
        second.model_copy(update={"count": second.count - 20}),
        others[0].model_copy(update={"count": others[0].count - 1}),
        *others[1:],
    ]
    with pytest.raises(ScenarioError) as refused:
        plan(scenario().model_copy(update={"behaviours": moved}), books())
    assert (refused.value.field, "61" in refused.value.reason) == ("behaviours[0].count", True)
