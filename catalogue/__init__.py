"""Every text that people read, in Vietnamese and English: a folder of files, one of them for each command."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, Literal

Language = Literal["vi", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("vi", "en")


class MissingTextError(KeyError):
    """The catalogue lacks a text; a test walks through all that the code asks for."""


class DoubleTextError(ValueError):
    """Two files hold a text under the same key."""


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for file in _files(files(__name__).joinpath("texts")):
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        for key, entry in ((f"{section}.{key}", one) for section, part in tables.items() for key, one in part.items()):
            if key in found:
                raise DoubleTextError(f"{file}: {key} stands in another file, too")
            found[key] = entry
    return found


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _files(entry)
        elif entry.name.endswith(".toml"):
            yield entry


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
