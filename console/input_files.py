"""Files that a command is given, and those that come with the program."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from console.failures import InSentencesError
from intake import InputError

T = TypeVar("T")
SHIPPED = Path(__file__).resolve().parent.parent / "examples"
SAMPLE = SHIPPED / "1680-UBND-NC.txt"
DIRECTORY = SHIPPED / "can-tho.yaml"
POLICY = SHIPPED / "policy.yaml"
CALENDAR = SHIPPED / "calendar.yaml"


def read_text(file: Path) -> str:
    """UTF-8, line ends as they are: spans count them. Raises ``InSentencesError``."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise bad_file(InputError(str(file), "", str(error))) from error


def loaded(load: Callable[[Path], T], file: Path) -> T:
    """What the loader makes of the file. Raises ``InSentencesError``."""
    try:
        return load(file)
    except InputError as error:
        raise bad_file(error) from error


def bad_file(error: InputError) -> InSentencesError:
    """A file that cannot be used: which, where in it, and why."""
    params = {"source": error.source, "field": error.field or "–", "reason": error.reason}
    return InSentencesError("failure", "bad_file", params, str(error))
