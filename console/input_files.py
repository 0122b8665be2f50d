"""Files that a command is given, and those that come with the program."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from catalogue import Language, has, text
from console.failures import FailedError
from intake import InputError

T = TypeVar("T")
SHIPPED = Path(__file__).resolve().parent.parent / "examples"
SAMPLE = SHIPPED / "1680-UBND-NC.txt"
DIRECTORY = SHIPPED / "can-tho.yaml"
POLICY = SHIPPED / "policy.yaml"
CALENDAR = SHIPPED / "calendar.yaml"


class BadFileError(FailedError):
    """A file that cannot be used: which, where in it, and why."""

    def __init__(self, error: InputError) -> None:
        super().__init__("bad_file")
        self._place = f"{error.source}: {error.field}" if error.field else error.source
        self._reason = error.reason

    def sentence(self, language: Language) -> str:
        """With the catalogue's words for the reason where it is one of its own."""
        key = f"problem.{self._reason}"
        reason = text(key, language) if has(key) else self._reason
        return text("failure.bad_file", language, place=self._place, reason=reason)


def read_text(file: Path) -> str:
    """UTF-8, line ends as they are: spans count them. Raises ``BadFileError``."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFileError(InputError(str(file), "", "string_unicode")) from error
    except OSError as error:
        raise BadFileError(InputError(str(file), "", error.strerror or str(error))) from error


def loaded(load: Callable[[Path], T], file: Path) -> T:
    """What the loader makes of the file. Raises ``BadFileError``."""
    try:
        return load(file)
    except InputError as error:
        raise BadFileError(error) from error
