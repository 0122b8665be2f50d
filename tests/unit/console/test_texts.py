"""The catalogue holds all that the command line says, in both languages, with the same things filled in."""

import re
import string
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from catalogue import LANGUAGES, _texts, has, text
from console.app import PANELS, build
from console.commands import preview
from console.commands.show import COLUMNS, RECURRING
from console.fields import bare
from domain.actor import Role
from domain.events import EVENTS
from domain.explaining import Role as Step
from domain.ladder import LEVELS
from domain.percentages import NAMES as NAMES_OF_PERCENTAGES
from domain.special_days import Kind
from domain.state import Phase, Status
from embedded.errors import EmbeddedError, NotRunningError

NAMES = [name for commands in PANELS.values() for name in commands]


async def _no_worker() -> None: ...


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_option_has_words(language: str) -> None:
    # A missing text is an error when the application is built.
    built = build(NAMES, language, _no_worker)
    assert len(built.registered_commands) + len(built.registered_groups) == len(NAMES)


def test_every_kind_of_event_can_be_told() -> None:
    assert [kind for kind in EVENTS if not (has(f"event.{kind}") and has(f"happened.{kind}"))] == []


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("role", list(Role)),
        ("status", get_args(Status)),
        ("phase", get_args(Phase)),
        ("column", (*COLUMNS, *RECURRING, "item", "rule", "what", *preview.COLUMNS)),
        ("levels", LEVELS),
        ("percentage", NAMES_OF_PERCENTAGES),
        ("day", get_args(Kind)),
        ("step", get_args(Step)),
        ("weekday", [str(number) for number in range(1, 8)]),
    ],
)
def test_every_word_of_the_code_can_be_said(section: str, words: list[str]) -> None:
    assert [word for word in words if not has(f"{section}.{word}")] == []


def test_every_word_of_the_code_in_an_event_can_be_said() -> None:
    words = {
        f"role.{word}" if isinstance(word, Role) else f"{name}.{word}"
        for event in EVENTS.values()
        for name, hint in get_type_hints(event, include_extras=True).items()
        if name in event.model_fields and name != "type" and get_origin(bare(hint)) is Literal
        for word in get_args(bare(hint))
    }
    assert {word for word in words if not has(word)} == set()


def test_every_complaint_of_the_embedded_stack_can_be_said_with_what_it_speaks_of() -> None:
    for kind in EmbeddedError.__subclasses__():
        wanted = _placeholders(kind.sentence)
        values = dict.fromkeys(wanted, 1)
        # That nothing runs is no failure of the stack: the service is away.
        section = "failure" if kind is NotRunningError else "embedded"
        for language in LANGUAGES:
            assert text(f"{section}.{kind.code}", language, **values)


def test_both_languages_speak_of_the_same() -> None:
    differing = [key for key, entry in _texts().items() if _placeholders(entry["vi"]) != _placeholders(entry["en"])]
    assert differing == []


def test_no_text_is_left_untranslated() -> None:
    alike = [key for key, entry in _texts().items() if entry["vi"] == entry["en"]]
    # The same in both may be what only frames the words of others, what is typed, and names of programs.
    framed = [key for key in alike if re.search(r"[^\W\d_]", re.sub(r"{[^}]*}", "", _texts()[key]["en"]))]
    assert [key for key in framed if not key.startswith(("place.", "example."))] == []


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
