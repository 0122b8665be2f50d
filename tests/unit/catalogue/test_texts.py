"""The catalogue: every text in two languages that ask for the same."""

import string
import tomllib
from pathlib import Path
from typing import Final

import pytest

import catalogue
from catalogue import LANGUAGES, MissingTextError, has, keys, text
from domain.refusal import Code

FOLDER: Final = Path(catalogue.__file__).parent / "texts"
TEXTS: Final = {
    f"{section}.{key}": entry
    for file in FOLDER.rglob("*.toml")
    for section, entries in tomllib.loads(file.read_text(encoding="utf-8")).items()
    for key, entry in entries.items()
}


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_the_catalogue_is_its_files() -> None:
    assert keys() == TEXTS.keys()


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_every_text_stands_in_both_languages_and_says_something(key: str) -> None:
    assert TEXTS[key].keys() == set(LANGUAGES)
    assert all(said.strip() for said in TEXTS[key].values())


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_both_languages_ask_for_the_same_things_by_name(key: str) -> None:
    asked = placeholders(TEXTS[key]["vi"])
    assert asked == placeholders(TEXTS[key]["en"])
    assert all(name.isidentifier() for name in asked)


@pytest.mark.parametrize("code", Code)
def test_every_refusal_code_has_a_text(code: Code) -> None:
    assert has(f"refusal.{code}")


def test_there_is_no_refusal_text_without_a_code() -> None:
    assert {key for key in TEXTS if key.startswith("refusal.")} == {f"refusal.{code}" for code in Code}


def test_a_text_that_is_not_there_and_one_that_is_not_filled_are_errors_that_name_it() -> None:
    with pytest.raises(MissingTextError, match=r"refusal\.forgotten \[vi\]"):
        text("refusal.forgotten", "vi")
    with pytest.raises(MissingTextError, match=r"refusal\.too_large \[en\]: 'size'"):
        text("refusal.too_large", "en")


def test_a_text_is_filled() -> None:
    assert text("refusal.too_large", "vi", size=3) == "Quá lớn: 3 byte."
    assert text("refusal.too_large", "en", size=3) == "Too large: 3 bytes."
