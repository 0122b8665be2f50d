"""The shape of the house: what a new command, event or code must bring along."""

from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

import domain.commands
from domain.actor import Role
from domain.command import Command
from domain.commands import COMMANDS
from domain.event import EventData
from domain.events import EVENTS

FOLDER = Path(domain.commands.__file__).parent
HELPERS = {"__init__.py", "working.py", "deadline_set.py"}
"""Files that hold no command: what several commands share."""


def subclasses(model: type) -> set[type]:
    return {model, *(deeper for child in model.__subclasses__() for deeper in subclasses(child))}


def concrete(model: type[Command] | type[EventData]) -> set[type]:
    """Those with a type of their own; tests may have made others."""
    ours = [one for one in subclasses(model) if one.__module__.startswith("domain.")]
    return {one for one in ours if get_args(one.model_fields["type"].annotation)}


def file_of(model: type) -> Path:
    return FOLDER / f"{model.__module__.removeprefix('domain.commands.')}.py"


def test_every_command_is_known_by_its_type() -> None:
    assert set(COMMANDS.values()) == concrete(Command)


def test_every_event_is_known_by_its_type_and_named_like_its_class() -> None:
    assert set(EVENTS.values()) == concrete(EventData)
    assert all(name == model.__name__ for name, model in EVENTS.items())


def test_every_command_has_a_file_of_its_own() -> None:
    files = [file_of(model) for model in COMMANDS.values()]
    assert len(set(files)) == len(COMMANDS)
    assert {file.name for file in files} == {file.name for file in FOLDER.glob("*.py")} - HELPERS


@pytest.mark.parametrize("kind", COMMANDS)
def test_the_file_of_a_command_says_what_it_is_and_holds_its_events(kind: str) -> None:
    module: ModuleType = __import__(COMMANDS[kind].__module__, fromlist=["*"])
    assert module.__doc__
    # The verb of the interface stands first, so that a reader finds the file by it.
    assert module.__doc__.split()[0].strip(":") in {kind, kind.replace("_", " ").split()[0]}
    assert any(isinstance(one, type) and issubclass(one, EventData) for one in vars(module).values())


@pytest.mark.parametrize("model", COMMANDS.values())
def test_every_command_says_who_may_give_it(model: type[Command]) -> None:
    assert model.roles
    assert set(model.roles) <= set(Role)


@pytest.mark.parametrize("model", COMMANDS.values())
def test_the_inspector_only_reads_and_the_system_shares_no_command_with_people(model: type[Command]) -> None:
    assert Role.INSPECTOR not in model.roles
    assert Role.SYSTEM not in model.roles or model.roles == (Role.SYSTEM,)


@pytest.mark.parametrize("model", [*COMMANDS.values(), *EVENTS.values()])
def test_everything_that_is_written_down_has_a_meaning_written_down(model: type) -> None:
    assert model.__doc__


@pytest.mark.parametrize("model", EVENTS.values())
def test_an_event_is_frozen_and_takes_no_unknown_field(model: type[EventData]) -> None:
    assert model.model_config["frozen"]
    assert model.model_config["extra"] == "forbid"
    assert model.schema_version >= 1
