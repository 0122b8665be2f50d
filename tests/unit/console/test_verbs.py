"""The verbs, which are derived from the commands of the domain."""

from collections.abc import Iterator
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, Final, get_args

import pytest
from typer.models import OptionInfo

import console
from catalogue import LANGUAGES, has
from console.call import Call
from console.commands.verbs import COMMANDS as TYPED
from console.envelope import envelope
from console.fields import FILES
from console.giving import said_of
from console.verb import BOOK, REST, VERBS, Verb
from domain.actor import Role
from domain.commands import ADAPTER, COMMANDS
from tests.support.typed import Type
from tests.unit.console.samples import file_for, sample

OURS: Final = {"directive", "unit", "call", "on_behalf_of", BOOK, REST}
"""Parameters that no field of a command stands behind."""
BULK: Final = {"all", "list", "dry_run", "everywhere"}


async def _no_worker(*_arguments: object) -> None: ...


def parameters(verb: Verb) -> list[Parameter]:
    return list(signature(TYPED[verb.name]).parameters.values())


def given_for(verb: Verb, folder: Path, *, all_of_them: bool) -> dict[str, Any]:
    """A value for every parameter, or for the required ones."""
    given: dict[str, Any] = {}
    for one in parameters(verb):
        if one.name == "call":
            continue
        wanted = one.default is Parameter.empty or (all_of_them and one.name not in BULK | {BOOK, REST})
        given[one.name] = sample(one, folder) if wanted else one.default
    if verb.by_file:
        given[REST] = file_for(verb, folder)
    return given


def argv_for(verb: Verb, given: dict[str, Any]) -> Iterator[str]:
    for one in parameters(verb):
        value = given.get(one.name)
        if value is None or value is False or value == []:
            continue
        [_, info] = get_args(one.annotation)
        for each in value if isinstance(value, list) else [value]:
            # Typer keeps the first name where a default would stand, until it reads the annotation.
            if isinstance(info, OptionInfo):
                yield info.default
            if value is not True:
                yield str(each)


def commands_of(verb: Verb, folder: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What the options come to: all of them, and only those that are required."""
    call = Call(language="vi", work=_no_worker, actor="Người A", data=folder)
    for all_of_them in (True, False):
        given = given_for(verb, folder, all_of_them=all_of_them)
        yield given, made(verb, call, given)
        # Some commands are about a unit or about an assignment, never both.
        if given.get("unit") and given.get("assignment"):
            yield given, made(verb, call, {**given, "assignment": None, "item": None})


def made(verb: Verb, call: Call, given: dict[str, Any]) -> dict[str, Any]:
    return {**envelope(call, "id-1", verb.type, verb.role, "unit-a"), **said_of(verb, call, given)}


def test_every_command_that_a_person_may_give_has_a_verb() -> None:
    given_by_people = {name for name, model in COMMANDS.items() if set(model.roles) != {Role.SYSTEM}}
    from_files = {"issue", "apply_calendar", "apply_policy", "apply_directory"}
    assert {verb.type for verb in VERBS.values()} == given_by_people - from_files
    assert VERBS.keys() == TYPED.keys()


@pytest.mark.parametrize("name", VERBS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verb_has_help_with_an_example(type_: Type, name: str, language: str) -> None:
    said = type_(name, "--help", "--lang", language)
    assert (said.code, said.err) == (0, "")
    assert f"directives {name}" in said.out
    assert has(f"example.{name}")


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_what_the_options_make_is_a_command_that_the_model_accepts(verb: Verb, tmp_path: Path) -> None:
    problems = []
    for _, command in commands_of(verb, tmp_path):
        try:
            read = ADAPTER.validate_python(command, strict=False)
        except ValueError as error:
            problems.append(error)
        else:
            assert type(read) is COMMANDS[verb.type]
            return
    pytest.fail(str(problems))


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_the_options_can_be_typed(verb: Verb, tmp_path: Path, type_: Type) -> None:
    given = given_for(verb, tmp_path, all_of_them=True)
    said = type_(verb.name, *argv_for(verb, given), "--data", str(tmp_path))
    # Understood as far as to the service, which is not there.
    assert (said.code, said.err.partition(":")[0]) == (3, "not_running"), said.err


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_every_field_of_a_command_can_be_said(verb: Verb) -> None:
    names = {one.name for one in parameters(verb)}
    for field in verb.fields:
        options = {one.name for one in field.parameters}
        assert options <= names or field.name == "unit"
        assert options or REST in names or BOOK in names


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_nothing_can_be_said_that_no_command_knows(verb: Verb) -> None:
    known = {one.name for field in verb.fields for one in field.parameters}
    assert {one.name for one in parameters(verb)} - known - OURS - BULK <= {FILES}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_the_words_of_a_verb_stand_beside_its_command_and_nothing_else_of_it_in_the_console(verb: Verb) -> None:
    module = COMMANDS[verb.type].__module__.rpartition(".")[2]
    folder = Path(console.__file__).parent
    words = (folder.parent / "catalogue" / "texts" / "commands" / f"{module}.toml").read_text(encoding="utf-8")
    assert f"\n{verb.name} = " in words
    # Only what is done for many at once, and what the inbox names as the next step.
    apart = {folder / "bulk" / f"{verb.type}.py", folder / "commands" / "inbox.py"}
    named = [
        file
        for file in folder.rglob("*.py")
        if file not in apart and f'"{verb.name}"' in file.read_text(encoding="utf-8") and "-" in verb.name
    ]
    assert named == []


def test_the_actor_of_a_unit_is_of_the_unit_that_is_named(tmp_path: Path) -> None:
    _, command = next(commands_of(VERBS["report"], tmp_path))
    assert "unit" not in command
    assert command["actor"] == {"person": "Người A", "role": Role.OFFICER, "unit": "unit-a"}


def test_files_of_evidence_are_kept_by_their_content(tmp_path: Path) -> None:
    given, command = next(commands_of(VERBS["progress"], tmp_path))
    [evidence] = command["evidence"]
    assert evidence["name"] == given[FILES][0].name
    kept = tmp_path / "evidence" / evidence["sha256"][:2] / evidence["sha256"]
    assert kept.read_bytes() == given[FILES][0].read_bytes()
