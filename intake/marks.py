"""Marks before the parts of a text: "Điều 2.", "IV.", "3.", "2.1.", "a)", "(i)", "-"."""

import re
from typing import Final, Literal, NamedTuple

from intake.source import Source, Zone

MarkKind = Literal["article", "section", "number", "dotted", "letter", "roman", "paren", "half", "dash", "plus"]

# Met by the text without marks; capitals are asked of the text itself where they matter.
_MARKS: Final[tuple[tuple[MarkKind, re.Pattern[str]], ...]] = (
    ("article", re.compile(r"dieu ([0-9]{1,3}) ?[.:]")),
    ("section", re.compile(r"([ivx]{1,6})\.(?=\s)")),
    ("dotted", re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2})+)\.?(?=\s)")),
    ("number", re.compile(r"([0-9]{1,2})\.(?![0-9])")),
    ("half", re.compile(r"([0-9]{1,2})\)")),
    ("letter", re.compile(r"([a-z])\)")),
    ("roman", re.compile(r"\(([ivx]{1,5})\)")),
    ("paren", re.compile(r"\(([0-9]{1,2})\)")),
    ("dash", re.compile(r"([-–—])(?=\s)")),
    ("plus", re.compile(r"(\+)(?=\s)")),
)


class Mark(NamedTuple):
    """``label`` and where it is printed; ``content``: where the words behind it begin."""

    kind: MarkKind
    label: str
    zone: Zone
    content: int


def mark_at(source: Source, at: int) -> Mark | None:
    """The mark that begins at an offset, if one does."""
    for kind, pattern in _MARKS:
        match = pattern.match(source.plain, at)
        if match is None:
            continue
        printed = Zone(*match.span(1))
        label = source.cut(printed)
        if kind == "section" and not label.isupper():
            continue
        return Mark(kind, label, printed, match.end())
    return None
