"""What stands in one cell."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from domain.document import Secrecy
from intake.words import key

_DAY: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", re.ASCII)
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)

_WORDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "role": {"lead": "lead", "chủ trì": "lead", "support": "support", "phối hợp": "support"},
    "mode": {"each": "each", "từng đơn vị": "each", "joint": "joint", "phối hợp": "joint"},
    "priority": {
        "0": 0, "1": 1, "2": 2, "3": 3, "thường": 0, "khẩn": 1, "thượng khẩn": 2, "hỏa tốc": 3,
    },
    "secrecy": {
        "none": Secrecy.NONE, "không": Secrecy.NONE,
        "mật": Secrecy.SECRET, "tối mật": Secrecy.VERY_SECRET, "tuyệt mật": Secrecy.TOP_SECRET,
    },
}  # fmt: skip
DEFAULTS: Final[Mapping[str, Any]] = {"role": "lead", "mode": "each", "priority": 0, "secrecy": Secrecy.NONE}
"""What an empty cell of these columns means."""
DAYS: Final = ("issued_date", "deadline", "acknowledged_on", "finished_on", "accepted_on")


class CellError(ValueError):
    """A cell that means nothing. ``code`` and ``limit``: as ``Fault`` has them."""

    def __init__(self, code: str, limit: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.limit = limit


def meaning(column: str, cell: str) -> Any:  # noqa: ANN401 - of each column its own
    """What a cell that is not empty says. Raises ``CellError``."""
    if column in DAYS:
        return day(cell)
    if column in _WORDS:
        return _word(column, cell)
    return cell


def day(cell: str) -> date:
    """dd/mm/yyyy (or with dots or hyphens), or ISO 8601. Raises ``CellError``."""
    if found := _DAY.fullmatch(cell):
        parts = found.groups()[::-1]
    elif found := _ISO.fullmatch(cell):
        parts = found.groups()
    else:
        raise CellError("no_day")
    try:
        return date(*map(int, parts))
    except ValueError as error:
        raise CellError("no_such_day") from error


def _word(column: str, cell: str) -> Any:  # noqa: ANN401 - as above
    words = _WORDS[column]
    wanted = {key(word): value for word, value in words.items()}
    if key(cell) not in wanted:
        raise CellError("no_such_word", ", ".join(words))
    return wanted[key(cell)]
