"""JSON Schema of what is sent and answered."""

import json

import jsonschema

from domain.events import EVENTS
from domain.outcome import Outcome
from tests.support.service import command, issue
from tests.support.typed import Type
from tests.unit.console import whole_life


def schema(type_: Type, part: str) -> jsonschema.Draft202012Validator:
    said = type_("schema", part)
    assert (said.code, said.err) == (0, "")
    found = json.loads(said.out)
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def test_all_parts_come_in_one_document(type_: Type) -> None:
    assert set(json.loads(type_("schema").out)) == {"command", "event", "start", "outcome"}


def test_commands_that_the_service_takes_are_valid_and_others_are_not(type_: Type) -> None:
    validator = schema(type_, "command")
    good = command("acknowledge", "unit-a")
    assert validator.is_valid(good)
    assert not validator.is_valid({**good, "extra": 1})
    assert not validator.is_valid({**good, "type": "dance"})


def test_a_start_is_an_issue_command(type_: Type) -> None:
    validator = schema(type_, "start")
    assert validator.is_valid(issue())
    assert not validator.is_valid(command("acknowledge", "unit-a"))


def test_every_kind_of_event_is_described_in_its_envelope(type_: Type) -> None:
    described = {one["properties"]["type"]["const"] for one in schema(type_, "event").schema["oneOf"]}
    assert described == set(EVENTS)


def test_events_as_they_are_shown_are_valid_and_altered_ones_are_not(type_: Type) -> None:
    validator = schema(type_, "event")
    for event in whole_life.events():
        envelope = event.envelope()
        validator.validate(envelope)
        assert not validator.is_valid({**envelope, "type": "Invented"})
        assert not validator.is_valid({**envelope, "extra": 1})


def test_an_outcome_is_described_as_it_is_answered(type_: Type) -> None:
    validator = schema(type_, "outcome")
    done = Outcome(command_id="c", outcome="done", version=2)
    assert validator.is_valid(done.model_dump(mode="json", exclude_defaults=True))
    refused = {"command_id": "c", "outcome": "refused", "version": 2, "code": "own_report", "reason": "Not by oneself."}
    assert validator.is_valid(refused)
    assert not validator.is_valid({**refused, "code": "bad_weather"})
