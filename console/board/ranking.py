"""Units one below the other, the best first, each a bar of its four cells: SVG, drawn for a page."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from markupsafe import Markup

from console.board.style import FILLS, INK, OPENING, PALE_INK
from console.cells import CELLS
from console.sorting import name_key

Json = dict[str, Any]
WIDTH: Final = 720
BARS: Final = 290
"""Where the bars begin."""
LINE: Final = 18
BAR: Final = 12
TOP: Final = 4
SHARE: Final = 80
"""Room for the percentage behind the bars."""
LONGEST_NAME: Final = 42
"""Characters of a name that fit in front of a bar."""


def ranked(units: Sequence[Json]) -> list[Json]:
    """By the share that is late or overdue, the smallest first; of equal ones whoever has done more of it, then more.

    Units of which nothing counts are left out.
    """
    return sorted(
        (one for one in units if one["total"]),
        key=lambda one: (
            _part(one, "done_late", "open_overdue"),
            -_part(one, "done_on_time", "done_late"),
            -one["total"],
            name_key(one["unit_name"]),
        ),
    )


def ranking(units: Sequence[Json], shares: Sequence[str], described: str) -> Markup:
    """``units``: in their order, as ``read_figures`` gives them; ``shares``: what stands behind each bar."""
    longest = max((one["total"] for one in units), default=1)
    height = TOP * 2 + LINE * len(units)
    parts = [part for place, one in enumerate(units) for part in _bar(place, one, shares[place], longest)]
    opening = OPENING.format(WIDTH, height, described)
    return opening + Markup("").join(parts) + Markup("</svg>")


def _bar(place: int, unit: Json, share: str, longest: int) -> Iterator[Markup]:
    y = TOP + LINE * place
    name = unit["unit_name"]
    shown = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
    yield Markup('<text x="{}" y="{}" text-anchor="end" fill="{}">{}. {}</text>').format(
        BARS - 8, y + BAR - 2, INK, place + 1, shown
    )
    room, before = WIDTH - BARS - SHARE, 0
    for cell in CELLS:
        if count := unit[cell]:
            begins, ends = (BARS + room * sum_ // longest for sum_ in (before, before + count))
            yield Markup('<rect fill="{}" x="{}" y="{}" width="{}" height="{}"/>').format(
                FILLS[cell], begins, y, ends - begins, BAR
            )
            before += count
    told = f"{unit['total']} · {share}"
    yield Markup('<text x="{}" y="{}" fill="{}">{}</text>').format(
        BARS + room * before // longest + 6, y + BAR - 2, PALE_INK, told
    )


def _part(unit: Json, *cells: str) -> Fraction:
    return Fraction(sum(unit[cell] for cell in cells), unit["total"])
