"""The shape of the house: what a new command, event or code must bring along, and that it needs no other place."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any, Final, get_args

import pytest

import domain.commands
from domain.actor import Role
from domain.command import Command
from domain.commands import COMMANDS
from domain.event import EventData
from domain.events import EVENTS

ROOT: Final = Path(__file__).parents[3]
FOLDER: Final = Path(domain.commands.__file__).parent
TEXTS: Final = ROOT / "catalogue" / "texts"
TESTS: Final = Path(__file__).parent / "commands"
HELPERS: Final = {
    "__init__.py", "working.py", "deadline_set.py", "deadlines_moved.py", "units_added.py", "assignment_imported.py",
}  # fmt: skip
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
def test_the_place_of_a_command_is_three_files_of_one_name(kind: str) -> None:
    name = file_of(COMMANDS[kind]).stem
    assert name in (kind, f"{kind}_report"), "the file is found by the name of the command"
    assert (TEXTS / "commands" / f"{name}.toml").is_file()
    assert (TESTS / f"test_{name}.py").is_file()


def test_nothing_else_stands_in_the_folders_of_texts_and_tests() -> None:
    names = {file_of(model).stem for model in COMMANDS.values()}
    helpers = {Path(file).stem for file in HELPERS}
    # A command of the console alone may have its texts there, too.
    consoles = {file.stem.rstrip("_") for file in (ROOT / "console" / "commands").glob("*.py")}
    assert {file.stem for file in (TEXTS / "commands").glob("*.toml")} <= names | helpers | consoles
    assert {file.stem.removeprefix("test_") for file in TESTS.glob("*.py")} <= names | helpers


@pytest.mark.parametrize("kind", COMMANDS)
def test_the_texts_of_a_command_and_its_events_stand_in_its_file_alone(kind: str) -> None:
    model = COMMANDS[kind]
    # What is typed to issue a directive is a command of the console: it reads a text or a file.
    own = {kind, kind.replace("_", "-")} - {"issue"}
    events = {name for name, event in EVENTS.items() if event.__module__ == model.__module__}
    home = TEXTS / "commands" / f"{file_of(model).stem}.toml"
    for file in TEXTS.rglob("*.toml"):
        if file == home:
            continue
        held = tomllib.loads(file.read_text(encoding="utf-8"))
        assert not own & {*held.get("command", ()), *held.get("example", ())}, file
        assert not events & {*held.get("event", ()), *held.get("happened", ())}, file


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
    assert model.phases


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


# -- a command more

SALUTE: Final = '''\
"""salute (chào): a unit greets the issuer. Made up by a test."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from domain.actor import Role
from domain.base import Narrative, UnitId
from domain.command import ReceiptCommand
from domain.event import Event, EventData
from domain.state import DirectiveState


class Saluted(EventData):
    """Nothing changes."""

    type: Literal["Saluted"] = "Saluted"
    unit: UnitId
    text: Narrative

    def apply(self, state: DirectiveState, event: Event) -> None:
        """A greeting is only remembered."""


class Salute(ReceiptCommand):
    """From the head of a unit, at any time."""

    type: Literal["salute"]
    text: Narrative

    roles: ClassVar = (Role.UNIT_HEAD,)

    def decide(self, state: DirectiveState, at: datetime) -> Sequence[EventData]:
        """Raises ``Refused``."""
        return [Saluted(unit=self.receipt(state).unit, text=self.text)]
'''

SALUTE_TEXTS: Final = """\
[command]
salute = { vi = "Đơn vị chào.", en = "A unit greets." }
[example]
salute = { vi = "Ví dụ:", en = "Examples:" }
[option]
salute-unit = { vi = "Đơn vị chào.", en = "Who greets." }
salute-text = { vi = "Lời chào.", en = "Words of greeting." }
[event]
Saluted = { vi = "{unit} chào", en = "{unit} greeted" }
[happened]
Saluted = { vi = "đã chào", en = "greeted" }
"""

ASK: Final = """\
import json
from datetime import timedelta

from catalogue import text
from console.commands.verbs import VERBS
from domain.commands import ADAPTER, COMMANDS
from domain.events import EVENTS, read_event
from tests.support import authority_page, builders
from tests.support.desk import Desk

desk = Desk()
given = builders.command_json("salute", builders.head_of("unit-a"), text="Kính chào.")
[event] = desk.do(ADAPTER.validate_python(given, strict=False))
print(json.dumps({
    "commands": "salute" in COMMANDS,
    "adapter": ADAPTER.validate_python(given, strict=False).type,
    "events": "Saluted" in EVENTS and read_event(event.envelope()) == event,
    "page": [line for line in authority_page.page().splitlines() if line.startswith("| `salute`")],
    "verb": "salute" in VERBS and VERBS["salute"].of_unit,
    "options": [one.name for one in VERBS["salute"].fields] if "salute" in VERBS else [],
    "text": text("command.salute", "en"),
}))
"""


@pytest.fixture(scope="module")
def with_salute(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a copy of the program says of a command of which nothing but its own files was put into it."""
    copy = tmp_path_factory.mktemp("copy")
    skip = shutil.ignore_patterns("__pycache__", ".*")
    for name in ("activities", "catalogue", "console", "domain", "embedded", "intake", "observe", "workflows"):
        shutil.copytree(ROOT / name, copy / name, ignore=skip)
    shutil.copytree(ROOT / "tests" / "support", copy / "tests" / "support", ignore=skip)
    for name in ("cli.py", "settings.py", "worker.py"):
        shutil.copy(ROOT / name, copy)
    (copy / "domain" / "commands" / "salute.py").write_text(SALUTE, encoding="utf-8")
    (copy / "catalogue" / "texts" / "commands" / "salute.toml").write_text(SALUTE_TEXTS, encoding="utf-8")
    # Isolated from this checkout: an editable installation would put it before the copy.
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(copy)!r})\n{ASK}"],
        cwd=copy,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def test_a_command_more_is_known_and_carried_out_by_its_file_alone(with_salute: dict[str, Any]) -> None:
    assert with_salute["commands"]
    assert with_salute["adapter"] == "salute"
    assert with_salute["events"]
    assert with_salute["text"] == "A unit greets."


def test_a_command_more_stands_on_the_authority_page(with_salute: dict[str, Any]) -> None:
    roles, phases, meaning = with_salute["page"]
    assert roles == "| `salute` |  |  |  |  | ● |  |  |  |  |"
    assert phases == "| `salute` | ● |  |  |  |  |"
    assert meaning == "| `salute` | A unit greets the issuer. | From the head of a unit, at any time. |"


def test_a_command_more_is_a_verb_of_the_command_line(with_salute: dict[str, Any]) -> None:
    assert with_salute["verb"]
    assert with_salute["options"] == ["text"]
