"""What earlier releases wrote is read as what this one writes; what a later one wrote is not read at all."""

import json
from typing import Any, ClassVar, Literal

import pytest

from domain import upcasting
from domain.event import Event, EventData
from domain.events import EVENTS, UnknownEventError, read_event
from domain.state import DirectiveState
from domain.upcasting import UPCASTERS
from tests.support.builders import by, directive, obligation
from tests.support.desk import Desk


class Greeted(EventData):
    """Made up: once ``who``, then ``person`` and ``place``, now a place of its own for each greeting."""

    type: Literal["Greeted"] = "Greeted"
    schema_version: ClassVar = 3
    person: str
    places: list[str]

    def apply(self, state: DirectiveState, event: Event) -> None:
        """Nothing changes."""


MADE_UP = {
    ("Greeted", 1): lambda data: {"person": data["who"], "place": "the hall"},
    ("Greeted", 2): lambda data: {"person": data["person"], "places": [data["place"]]},
}


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """An envelope, but for schema and data."""
    monkeypatch.setitem(EVENTS, "Greeted", Greeted)
    monkeypatch.setattr(upcasting, "UPCASTERS", {**UPCASTERS, **MADE_UP})
    envelope: dict[str, Any] = json.loads(json.dumps(Desk().events[0].envelope()))
    return {**envelope, "type": "Greeted"}


@pytest.mark.parametrize(
    ("schema", "data", "places"),
    [
        (1, {"who": "An"}, ["the hall"]),
        (2, {"person": "An", "place": "the stairs"}, ["the stairs"]),
        (3, {"person": "An", "places": ["the hall", "the stairs"]}, ["the hall", "the stairs"]),
    ],
)
def test_an_event_of_every_schema_is_read_as_one_of_this_program(
    stored: dict[str, Any], schema: int, data: dict[str, Any], places: list[str]
) -> None:
    before = json.dumps({**stored, "schema": schema, "data": data})
    envelope = json.loads(before)
    assert read_event(envelope).data == Greeted(person="An", places=places)
    assert json.dumps(envelope) == before


@pytest.mark.parametrize("schema", [0, 4])
def test_a_newer_schema_and_one_to_which_nothing_leads_fail_loudly(stored: dict[str, Any], schema: int) -> None:
    with pytest.raises(UnknownEventError, match=rf"version 1: Greeted schema {schema}"):
        read_event({**stored, "schema": schema, "data": {"person": "An", "places": []}})


def test_upcasters_lead_from_the_first_schema_of_every_kind_to_the_present_one() -> None:
    needed = {(name, schema) for name, model in EVENTS.items() for schema in range(1, model.schema_version)}
    assert UPCASTERS.keys() == needed


def test_when_the_first_release_would_remind_is_left_out() -> None:
    desk = Desk(directive(obligation("unit-a", deadline=by("2026-11-25"))))
    now = next(event for event in desk.events if event.data.type == "DeadlineSet")
    then = {**now.envelope(), "schema": 1}
    then["data"] = {**then["data"], "remind_at": "2026-11-20T01:00:00Z"}
    assert read_event(then) == now
