"""The four cells by month as lines: SVG, drawn for a page. Each month has its point, an empty one too."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from markupsafe import Markup

from console.board.style import DASHES, FILLS, GRID, OPENING, PALE_INK
from console.cells import CELLS

Json = dict[str, Any]
WIDTH: Final = 720
HEIGHT: Final = 220
LEFT: Final = 44
RIGHT: Final = 16
TOP: Final = 12
BOTTOM: Final = 28
STEPS: Final = 4
"""Lines of the grid above the lowest one."""
LABELS: Final = 12
"""Months that are named at most: of more, every second, third… one."""


def without_gaps(months: Sequence[Json]) -> list[Json]:
    """The months as ``read_figures`` gives them, with those between them in which nothing was assigned."""
    found = {one["month"]: one for one in months if one["month"]}
    if not found:
        return []
    names, last = [min(found)], max(found)
    while names[-1] != last:
        year, month = map(int, names[-1].split("-"))
        names.append(f"{year + month // 12:04}-{month % 12 + 1:02}")
    return [found.get(name, {"month": name, **dict.fromkeys(CELLS, 0)}) for name in names]


def trend(months: Sequence[Json], described: str) -> Markup:
    """A line for each cell. ``months``: without gaps."""
    top = _rounded_up(max((one[cell] for one in months for cell in CELLS), default=0))
    opening = OPENING.format(WIDTH, HEIGHT, described)
    parts = [*_grid(top), *_named(months), *(part for cell in CELLS for part in _line(months, cell, top))]
    return opening + Markup("").join(parts) + Markup("</svg>")


def _grid(top: int) -> Iterator[Markup]:
    for step in range(STEPS + 1):
        count = top * step // STEPS
        y = _y(count, top)
        yield Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}"/>').format(LEFT, y, WIDTH - RIGHT, y, GRID)
        yield Markup('<text x="{}" y="{}" text-anchor="end" fill="{}">{}</text>').format(
            LEFT - 6, y + 4, PALE_INK, count
        )


def _named(months: Sequence[Json]) -> Iterator[Markup]:
    every = -(-len(months) // LABELS)
    for place, one in enumerate(months):
        if place % every == 0:
            year, month = one["month"].split("-")
            yield Markup('<text x="{}" y="{}" text-anchor="middle" fill="{}">{}/{}</text>').format(
                _x(place, len(months)), HEIGHT - 8, PALE_INK, month, year
            )


def _line(months: Sequence[Json], cell: str, top: int) -> Iterator[Markup]:
    points = [(_x(place, len(months)), _y(one[cell], top)) for place, one in enumerate(months)]
    if len(points) > 1:
        yield Markup('<polyline fill="none" stroke="{}" stroke-width="2" stroke-dasharray="{}" points="{}"/>').format(
            FILLS[cell], DASHES[cell], " ".join(f"{x},{y}" for x, y in points)
        )
    for x, y in points:
        yield Markup('<circle fill="{}" cx="{}" cy="{}" r="3"/>').format(FILLS[cell], x, y)


def _x(place: int, months: int) -> int:
    # Half a step free at both sides, so that no label is cut.
    return LEFT + (WIDTH - LEFT - RIGHT) * (2 * place + 1) // (2 * months)


def _y(count: int, top: int) -> int:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * count // top


def _rounded_up(count: int) -> int:
    """To a number that divides evenly into the steps of the grid."""
    step = next(one for one in _round_numbers() if one * STEPS >= count)
    return step * STEPS


def _round_numbers() -> Iterator[int]:
    size = 1
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10
