"""What is wrong with a list, by line and column."""

from collections.abc import Sequence
from typing import Final

from pydantic_core import ErrorDetails

from domain.base import Fact

_LIMITS: Final = ("max_length", "min_length", "pattern", "ge", "le")


class Fault(Fact):
    """``line``: as a spreadsheet numbers it; ``column``: by its English name, empty where a line or the whole is meant.

    ``code``: of the catalogue's section ``import_fault``, else of ``problem``. ``value``: the cell as it was
    typed. ``limit``: what the sentence speaks of beside. ``message``: for codes that the catalogue does not know.
    """

    line: int
    column: str
    code: str
    value: str = ""
    limit: str = ""
    message: str = ""


class FaultyError(Exception):
    """A list that cannot be imported, with all that is wrong with it in the order of its lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{one.line} {one.column}: {one.code}" for one in faults))
        self.faults = sorted(faults, key=lambda one: one.line)


def limit_of(error: ErrorDetails) -> str:
    """The limit that one of pydantic's errors speaks of, empty where it speaks of none."""
    context = error.get("ctx", {})
    return next((str(context[name]) for name in _LIMITS if name in context), "")
