"""docs/*.svg, drawn from the moves that the events declare: ``python -m tests.support.state_diagram`` draws them anew.

Where a box stands and along which way an arrow goes is laid out here by hand; which arrows there are, and what they
are called, the events say. A move that has no way yet is an error, never an arrow left out.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Final, NamedTuple

from domain.events import EVENTS
from domain.state import OWED, RELEASED, WORKING

DOCS: Final = Path(__file__).parents[2] / "docs"
WIDTH, HEIGHT, CORNER, LINE = 140, 40, 8, 16
"""Of a box; of a corner of an arrow; from one line of words to the next."""

Point = tuple[int, int]


class Edge(NamedTuple):
    """From a status, a phase or a group of them to another."""

    before: str
    after: str


class Way(NamedTuple):
    """Along which points an arrow runs, and where the first line of its words stands."""

    points: Sequence[Point]
    words: Point
    anchor: str = "middle"


class Frame(NamedTuple):
    """Around a group. ``members``: None where it only helps the eye, and no arrow begins there."""

    title: str
    corner: Point
    size: Point
    members: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One drawing. ``boxes``: the middle of each; ``final``: those after which nothing comes."""

    title: str
    size: Point
    start: Sequence[Point]
    boxes: Mapping[str, Point]
    ways: Mapping[Edge, Way]
    frames: Mapping[str, Frame] = field(default_factory=dict)
    final: Collection[str] = ()


ASSIGNMENT: Final = Layout(
    title="Statuses of an assignment",
    size=(1130, 610),
    start=[(14, 120), (70, 120)],
    boxes={
        "open": (140, 120),
        "sent_back": (140, 220),
        "returned": (140, 360),
        "with_head": (470, 160),
        "with_issuer": (690, 290),
        "accepted": (1030, 290),
        "withdrawn": (130, 545),
        "waived": (330, 545),
        "recalled": (530, 545),
        "superseded": (730, 545),
    },
    frames={
        "owed": Frame("owed: somebody still has to do something", (30, 70), (770, 380), frozenset(OWED)),
        "working": Frame("the unit works", (50, 85), (180, 330), frozenset(WORKING)),
        "released": Frame("released: not in force any more, counted apart", (30, 510), (800, 85)),
    },
    ways={
        Edge("working", "with_head"): Way([(230, 160), (400, 160)], (315, 152)),
        Edge("working", "with_issuer"): Way([(230, 290), (620, 290)], (425, 282)),
        Edge("with_head", "sent_back"): Way([(470, 180), (470, 220), (210, 220)], (345, 212)),
        Edge("with_head", "with_issuer"): Way([(540, 160), (690, 160), (690, 270)], (614, 152)),
        Edge("with_issuer", "returned"): Way([(690, 310), (690, 360), (210, 360)], (425, 352)),
        Edge("with_issuer", "accepted"): Way([(760, 282), (960, 282)], (880, 274)),
        Edge("accepted", "with_issuer"): Way([(960, 300), (760, 300)], (880, 317)),
        Edge("open", "accepted"): Way([(210, 108), (1000, 108), (1000, 270)], (585, 101)),
        Edge("open", "with_issuer"): Way([(210, 128), (730, 128), (730, 270)], (310, 122)),
        Edge("accepted", "open"): Way([(1045, 270), (1045, 48), (140, 48), (140, 100)], (585, 40)),
        Edge("working", "withdrawn"): Way([(130, 415), (130, 525)], (138, 470), "start"),
        Edge("owed", "waived"): Way([(330, 450), (330, 525)], (338, 470), "start"),
        Edge("owed", "recalled"): Way([(530, 450), (530, 525)], (538, 470), "start"),
        Edge("owed", "superseded"): Way([(730, 450), (730, 525)], (738, 470), "start"),
    },
    final=RELEASED,
)

PHASE: Final = Layout(
    title="Phases of a directive",
    size=(790, 400),
    start=[(14, 170), (60, 170)],
    boxes={
        "in_force": (130, 170),
        "closed": (650, 60),
        "superseded": (650, 165),
        "recalling": (370, 300),
        "recalled": (650, 300),
    },
    ways={
        Edge("in_force", "closed"): Way([(90, 150), (90, 52), (580, 52)], (335, 44)),
        Edge("closed", "in_force"): Way([(580, 68), (170, 68), (170, 150)], (375, 85)),
        Edge("in_force", "superseded"): Way([(200, 165), (580, 165)], (390, 157)),
        Edge("in_force", "recalling"): Way([(130, 190), (130, 300), (300, 300)], (215, 292)),
        Edge("recalling", "in_force"): Way([(370, 280), (370, 180), (200, 180)], (378, 205), "start"),
        Edge("recalling", "recalled"): Way([(440, 300), (580, 300)], (510, 292)),
        Edge("closed", "recalling"): Way([(720, 60), (760, 60), (760, 370), (370, 370), (370, 320)], (565, 362)),
    },
    final=("recalled", "superseded"),
)

DRAWINGS: Final = {"assignment-states.svg": ASSIGNMENT, "directive-phases.svg": PHASE}

_STYLE: Final = """\
svg { --paper: #ffffff; --ink: #1b2733; --soft: #5b6b7a; --box: #e8f0f8; --last: #eeeeee; }
@media (prefers-color-scheme: dark) {
  svg { --paper: #14191f; --ink: #e6edf3; --soft: #9aa8b5; --box: #22344a; --last: #2a2e33; }
}
text { font: 13px "DejaVu Sans", Verdana, sans-serif; fill: var(--ink); }
.said { font-size: 12px; }
.group { font-size: 12px; fill: var(--soft); }
.paper { fill: var(--paper); }
.box { fill: var(--box); stroke: var(--ink); }
.last { fill: var(--last); }
.frame { fill: none; stroke: var(--soft); stroke-dasharray: 4 4; }
.way { fill: none; stroke: var(--ink); stroke-width: 1.3; }
.head, .start { fill: var(--ink); }"""


def edges(name: str) -> dict[Edge, list[str]]:
    """The arrows of a drawing, each with the types of the events that go along it."""
    layout = DRAWINGS[name]
    found: dict[Edge, list[str]] = {}
    for kind, event in EVENTS.items():
        moves = event.moves if layout is ASSIGNMENT else event.phase_moves
        for move in moves:
            for before in _sources(move.before, layout.frames):
                kinds = found.setdefault(Edge(before, move.after), [])
                if kind not in kinds:
                    kinds.append(kind)
    return found


def steps(name: str) -> set[Edge]:
    """The same, from each single status or phase."""
    layout = DRAWINGS[name]
    moves = [move for event in EVENTS.values() for move in (event.moves if layout is ASSIGNMENT else event.phase_moves)]
    return {Edge(before, move.after) for move in moves for before in move.before}


def drawing(name: str) -> str:
    """The whole file. Raises ``KeyError`` where an arrow has no way."""
    layout = DRAWINGS[name]
    width, height = layout.size
    said = {edge: [_plain(kind) for kind in kinds] for edge, kinds in edges(name).items()}
    described = "; ".join(f"{_spaced(a)} to {_spaced(b)}: {', '.join(words)}" for (a, b), words in said.items())
    return "\n".join(
        [
            _opening(layout.size),
            "<!-- Drawn by tests/support/state_diagram.py from the moves that the events declare. Do not edit. -->",
            f'<title id="title">{escape(layout.title)}</title>',
            f'<desc id="described">{escape(described)}.</desc>',
            f"<style>\n{_STYLE}\n</style>",
            f'<rect class="paper" width="{width}" height="{height}" rx="10"/>',
            *(part for frame in layout.frames.values() for part in _frame(frame)),
            f'<circle class="start" cx="{layout.start[0][0]}" cy="{layout.start[0][1]}" r="6"/>',
            *_arrow(layout.start),
            *(part for edge in said for part in _arrow(layout.ways[edge].points)),
            *(part for edge, words in said.items() for part in _words(layout.ways[edge], words)),
            *(part for box, middle in layout.boxes.items() for part in _box(box, middle, layout.final)),
            "</svg>",
            "",
        ]
    )


def _opening(size: Point) -> str:
    width, height = size
    measures = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {measures} role="img" aria-labelledby="title described">'


def _sources(before: frozenset[str], frames: Mapping[str, Frame]) -> Iterator[str]:
    """Groups first, so that one arrow stands for as many as possible."""
    rest = set(before)
    for name, frame in frames.items():
        if frame.members and frame.members <= rest:
            rest -= frame.members
            yield name
    yield from sorted(rest)


def _frame(frame: Frame) -> Iterator[str]:
    (x, y), (width, height) = frame.corner, frame.size
    yield f'<rect class="frame" x="{x}" y="{y}" width="{width}" height="{height}" rx="8"/>'
    at = f'x="{x + width - 10}" y="{y + height - 8}" text-anchor="end"'
    yield f'<text class="group" {at}>{escape(frame.title)}</text>'


def _box(name: str, middle: Point, final: Collection[str]) -> Iterator[str]:
    x, y = middle
    kind = "box last" if name in final else "box"
    at = f'x="{x - WIDTH // 2}" y="{y - HEIGHT // 2}" width="{WIDTH}" height="{HEIGHT}"'
    yield f'<rect class="{kind}" {at} rx="6"/>'
    yield f'<text x="{x}" y="{y + 5}" text-anchor="middle">{_spaced(name)}</text>'


def _words(way: Way, lines: Sequence[str]) -> Iterator[str]:
    x, y = way.words
    # Words in the middle stand above their line, so that more of them grow upwards.
    top = y if way.anchor == "start" else y - LINE * (len(lines) - 1)
    for number, line in enumerate(lines):
        yield f'<text class="said" x="{x}" y="{top + LINE * number}" text-anchor="{way.anchor}">{escape(line)}</text>'


def _arrow(points: Sequence[Point]) -> Iterator[str]:
    path = [f"M{points[0][0]} {points[0][1]}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        (ax, ay), (bx, by) = _towards(corner, before), _towards(corner, after)
        path.append(f"L{ax} {ay} Q{corner[0]} {corner[1]} {bx} {by}")
    path.append(f"L{points[-1][0]} {points[-1][1]}")
    yield f'<path class="way" d="{" ".join(path)}"/>'
    yield f'<path class="head" d="{_head(points[-2], points[-1])}"/>'


def _head(before: Point, tip: Point) -> str:
    (x, y), (dx, dy) = tip, _direction(tip, before)
    backs = [(x + 9 * dx + 4 * dy, y + 9 * dy + 4 * dx), (x + 9 * dx - 4 * dy, y + 9 * dy - 4 * dx)]
    return f"M{x} {y} " + " ".join(f"L{a} {b}" for a, b in backs) + " Z"


def _towards(corner: Point, other: Point) -> Point:
    dx, dy = _direction(corner, other)
    return corner[0] + CORNER * dx, corner[1] + CORNER * dy


def _direction(here: Point, there: Point) -> Point:
    """One step; arrows run level or upright."""
    dx, dy = there[0] - here[0], there[1] - here[1]
    return (dx > 0) - (dx < 0), (dy > 0) - (dy < 0)


def _plain(kind: str) -> str:
    """The type of an event as words: "ReportAccepted" is "report accepted"."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind).lower()


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def draw(names: Iterable[str] = DRAWINGS) -> None:
    """Write the files."""
    for name in names:
        (DOCS / name).write_text(drawing(name), encoding="utf-8")


if __name__ == "__main__":
    draw()
