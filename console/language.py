"""Which language to speak: known before anything is parsed, for help and complaints are spoken too."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from catalogue import LANGUAGES, Language

DEFAULT: Final[Language] = "vi"


def choose(argv: Sequence[str], environment: Mapping[str, str]) -> Language:
    """``--lang``, else DIRECTIVES_LANG, else LANG, else Vietnamese. What is none of ours is passed over here."""
    wishes = [*_options(argv), environment.get("DIRECTIVES_LANG", ""), environment.get("LANG", "")[:2]]
    return next((language for wish in wishes for language in LANGUAGES if wish == language), DEFAULT)


def _options(argv: Sequence[str]) -> list[str]:
    """Values of ``--lang``, the last one first: that is the one which counts."""
    found = [word.removeprefix("--lang=") for word in argv if word.startswith("--lang=")]
    found += [value for word, value in pairwise(argv) if word == "--lang"]
    return found[::-1]
