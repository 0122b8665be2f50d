"""What people read: lines, facts and tables. Plain where it goes into a pipe or a file, rich in a terminal."""

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from console.call import Call

GAP = "  "
"""Between two columns. No cell holds two blanks in a row, so a pipe can cut columns apart by it."""
EMPTY = "–"


class Alert(str):
    """A cell that deserves attention: red in a terminal."""

    __slots__ = ()


class Paper(Protocol):
    """Where the words go."""

    def line(self, text: str = "") -> None:
        """One line, or an empty one."""

    def heading(self, text: str) -> None:
        """What the following is about."""

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Names and values, one a line."""

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Rows under headers."""


class PlainPaper:
    """No colours, no wrapping, columns as wide as their widest cell."""

    def line(self, text: str = "") -> None:
        """Written as it is."""
        sys.stdout.write(text + "\n")

    def heading(self, text: str) -> None:
        """Set off by an empty line."""
        self.line()
        self.line(text)

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Aligned."""
        self._aligned([(f"{name}:", value) for name, value in pairs])

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Every cell filled, so that columns keep their number."""
        self._aligned([headers, *rows])

    def _aligned(self, rows: Sequence[Sequence[str]]) -> None:
        cells = [[cell_text(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        for row in cells:
            padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
            self.line(GAP.join(padded).rstrip())


def cell_text(cell: str) -> str:
    """The words of a cell: one line, single blanks, composed letters (one letter is one column), never nothing."""
    return unicodedata.normalize("NFC", " ".join(cell.split())) or EMPTY


def shortened(words: str, letters: int) -> str:
    """At most that many letters, cut between words."""
    line = " ".join(words.split())
    if len(line) <= letters:
        return line
    return line[: letters - 1].rpartition(" ")[0] + "…"


def answer(call: Call, document: Any, render: Callable[[Paper], None]) -> None:  # noqa: ANN401 - any JSON value
    """Tell what came of the call: the document for ``--json``, else the rendering of the same."""
    if call.json:
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    else:
        render(_paper())


def _paper() -> Paper:
    if not sys.stdout.isatty():
        return PlainPaper()
    from console.rich_paper import RichPaper  # noqa: PLC0415 - rich takes 100 ms to load; pipes need not wait for it

    return RichPaper()
