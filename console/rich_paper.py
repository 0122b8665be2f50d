"""Output for a terminal."""

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from console.paper import Alert, cell_text


class RichPaper:
    """Wrapped to the width of the terminal. Words of people are never read as markup."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, markup=False)

    def line(self, text: str = "") -> None:
        """Wrapped between words."""
        self._console.print(text)

    def heading(self, text: str) -> None:
        """Bold."""
        self._console.print()
        self._console.print(text, style="bold")

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Names dimmed, values beside them."""
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column()
        for name, value in pairs:
            grid.add_row(name, _cell(value))
        self._console.print(grid)

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A rule under the headers."""
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        for header in headers:
            # Folded, not cut: ids are there to be typed.
            table.add_column(header, overflow="fold")
        for row in rows:
            table.add_row(*map(_cell, row))
        self._console.print(table)


def _cell(value: str) -> Text:
    return Text(cell_text(value), style="bold red" if isinstance(value, Alert) else "")
