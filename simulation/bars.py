"""Figures as bars: one for each unit, its four cells side by side, drawn as SVG."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

CELLS: Final = ("done_on_time", "done_late", "open_in_time", "open_overdue")
WIDTH: Final = 980
NAMES: Final = 380
"""Where the bars begin."""
FIGURES: Final = 60
"""Room for the sum behind a bar."""
LINE: Final = 22
BAR: Final = 14
TOP: Final = 96

# Plain fills: a printer's or an office program's reader of SVG knows no variables.
_STYLE: Final = """\
.paper { fill: #ffffff; }
.done_on_time { fill: #2e7d4f; }
.done_late { fill: #d9a021; }
.open_in_time { fill: #8fb3d9; }
.open_overdue { fill: #b3372f; }
text { font-family: "DejaVu Sans", Verdana, sans-serif; font-size: 12px; fill: #1b2733; }
.title { font-size: 15px; }
.sum { fill: #5b6b7a; }
@media (prefers-color-scheme: dark) {
  .paper { fill: #14191f; }
  text { fill: #e6edf3; }
  .sum { fill: #9aa8b5; }
}"""


class Bar(NamedTuple):
    """A unit by name, and how many of its assignments stand in each cell."""

    name: str
    cells: Mapping[str, int]

    @property
    def total(self) -> int:
        """Its length."""
        return sum(self.cells[cell] for cell in CELLS)


def bars(title: str, names: Mapping[str, str], units: Sequence[Bar]) -> str:
    """The whole file, the longest bar first. ``names``: of the cells, for the key above the bars."""
    ordered = sorted(units, key=lambda one: -one.total)
    height = TOP + LINE * len(ordered) + 16
    longest = max((one.total for one in ordered), default=1) or 1
    described = "; ".join(_told(one, names) for one in ordered)
    return "\n".join(
        [
            _opening(height),
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="described">{escape(described)}.</desc>',
            f"<style>\n{_STYLE}\n</style>",
            f'<rect class="paper" width="{WIDTH}" height="{height}" rx="10"/>',
            f'<text class="title" x="20" y="32">{escape(title)}</text>',
            *_key(names, ordered),
            *(part for place, one in enumerate(ordered) for part in _bar(one, TOP + LINE * place, longest)),
            "</svg>",
            "",
        ]
    )


def _opening(height: int) -> str:
    measures = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {measures} role="img" aria-labelledby="title described">'


def _told(bar: Bar, names: Mapping[str, str]) -> str:
    return f"{bar.name}: " + ", ".join(f"{names[cell]} {bar.cells[cell]}" for cell in CELLS)


def _key(names: Mapping[str, str], units: Sequence[Bar]) -> Iterator[str]:
    step = (WIDTH - 40) // len(CELLS)
    for place, cell in enumerate(CELLS):
        x, count = 20 + step * place, sum(one.cells[cell] for one in units)
        yield f'<rect x="{x}" y="52" width="{BAR}" height="{BAR}" rx="2" class="{cell}"/>'
        yield f'<text x="{x + BAR + 8}" y="63">{escape(names[cell])}: {count}</text>'


def _bar(bar: Bar, y: int, longest: int) -> Iterator[str]:
    yield f'<text x="{NAMES - 12}" y="{y + BAR - 2}" text-anchor="end">{escape(bar.name)}</text>'
    room = WIDTH - NAMES - FIGURES
    before = 0
    for cell in CELLS:
        if count := bar.cells[cell]:
            begins, ends = (NAMES + room * sum_ // longest for sum_ in (before, before + count))
            at = f'x="{begins}" y="{y}" width="{ends - begins}" height="{BAR}"'
            yield f'<rect {at} class="{cell}"/>'
            before += count
    yield f'<text class="sum" x="{NAMES + room * before // longest + 8}" y="{y + BAR - 2}">{bar.total}</text>'
