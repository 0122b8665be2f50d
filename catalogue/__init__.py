"""Every text that people read, in Vietnamese and English, from one file."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal

Language = Literal["vi", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("vi", "en")


class MissingTextError(KeyError):
    """The catalogue lacks a text; a test walks through all that the code asks for."""


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    tables = tomllib.loads(files(__name__).joinpath("texts.toml").read_text(encoding="utf-8"))
    return {f"{section}.{key}": entry for section, entries in tables.items() for key, entry in entries.items()}


def keys() -> frozenset[str]:
    """All keys, as ``section.key``."""
    return frozenset(_texts())


def has(key: str) -> bool:
    """Whether the catalogue holds that text."""
    return key in _texts()


def text(key: str, language: Language, /, **params: object) -> str:
    """The text with its ``{placeholders}`` filled. Raises ``MissingTextError``."""
    try:
        return _texts()[key][language].format(**params)
    except KeyError as missing:
        raise MissingTextError(f"{key} [{language}]: {missing}") from missing
