"""links: which documents a directive is tied to, above and below."""

import asyncio
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from console.call import Call
from console.circulation import noted
from console.database import Row, reading, rows
from console.failures import RefusedError
from console.options import DirectiveId
from console.paper import EMPTY, Paper, answer
from console.streams import PREFIX, number_and_symbol, resolve

LEVELS: Final = 3
Way = Literal["above", "below"]
Standings = dict[tuple[str, str], str]
"""Directive above, and the one under it, to how that one stands."""


@dataclass(frozen=True, slots=True)
class Edge:
    """``source`` points to ``target``, each a stream, or number and symbol of a document that is none of ours."""

    kind: str
    source: str
    target: str
    assignment: str | None


@dataclass(slots=True)
class Branch:
    """A document and what is beyond it. ``again``: it stands elsewhere in the tree, with its branches."""

    edge: Edge
    document: str
    standing: str | None = None
    again: bool = False
    branches: list["Branch"] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Nested."""
        return {
            "kind": self.edge.kind,
            "document": shown(self.document),
            "stream": self.document if _is_stream(self.document) else None,
            "assignment": self.edge.assignment,
            "standing": self.standing,
            "again": self.again,
            "links": [one.as_json() for one in self.branches],
        }


@dataclass(frozen=True, slots=True)
class Links:
    """The whole tree of one directive."""

    stream: str
    above: list[Branch]
    below: list[Branch]

    def as_json(self) -> dict[str, Any]:
        """Nested."""
        sides = {"above": self.above, "below": self.below}
        return {"stream": self.stream, **{way: [one.as_json() for one in found] for way, found in sides.items()}}


def links(call: Call, directive: DirectiveId) -> None:
    """What it is under, based on or follows; what is under it, changes it or answers it. Three levels each way."""
    found = asyncio.run(_read(call, directive))
    answer(call, found.as_json(), lambda paper: _render(call, found, paper))


def shown(document: str) -> str:
    """Number and symbol."""
    return number_and_symbol(document) if _is_stream(document) else document


def edges(found: Iterable[Row]) -> list[Edge]:
    """From rows of ``links``; what both documents say of each other is one."""
    once: dict[Edge, None] = {}
    for row in found:
        other = row["target"] or row["notation"]
        ends = (other, row["stream"]) if row["inward"] else (row["stream"], other)
        once[Edge(row["kind"], *ends, row["assignment"])] = None
    return list(once)


def grown(stream: str, known: Iterable[Edge], way: Way, standings: Standings) -> list[Branch]:
    """The branches of a directive, level by level, no document's twice."""
    beside: dict[str, list[Edge]] = {}
    for edge in known:
        beside.setdefault(edge.source if way == "above" else edge.target, []).append(edge)
    root = list(_branches(stream, beside, way, standings))
    seen, level = {stream}, root
    for depth in range(1, LEVELS + 1):
        following: list[Branch] = []
        for branch in level:
            branch.again = branch.document in seen
            seen.add(branch.document)
            if not branch.again and depth < LEVELS:
                branch.branches = list(_branches(branch.document, beside, way, standings))
                following += branch.branches
        level = following
    return root


def _branches(document: str, beside: dict[str, list[Edge]], way: Way, standings: Standings) -> Iterator[Branch]:
    for edge in beside.get(document, ()):
        other = edge.target if way == "above" else edge.source
        yield Branch(edge, other, standings.get((edge.target, edge.source)))


async def _read(call: Call, directive: str) -> Links:
    stream = await resolve(call, directive)
    async with reading(call) as connection:
        [there] = await rows(connection, "directive_known", stream)
        if not there["known"]:
            raise RefusedError("not_found", {})
        await noted(call, connection, [stream], "links")
        found: dict[Edge, None] = {}
        asked: set[str] = set()
        ends = {stream}
        for _ in range(LEVELS):
            asked |= ends
            found |= dict.fromkeys(edges(await rows(connection, "links", sorted(ends))))
            ends = {end for edge in found for end in (edge.source, edge.target) if _is_stream(end)} - asked
        above = {edge.target for edge in found if edge.kind == "under"} & asked
        told = await rows(connection, "children_told", sorted(above))
    standings = {(row["stream"], row["child"]): row["standing"] for row in told}
    return Links(stream, grown(stream, found, "above", standings), grown(stream, found, "below", standings))


def _is_stream(document: str) -> bool:
    return document.startswith(PREFIX)


def _render(call: Call, found: Links, paper: Paper) -> None:
    from rich.console import Console  # noqa: PLC0415 - takes 100 ms to load; --json need not wait for it
    from rich.text import Text  # noqa: PLC0415 - the same
    from rich.tree import Tree  # noqa: PLC0415 - the same

    def add(tree: Tree, branches: Iterable[Branch], prefix: str) -> None:
        for branch in branches:
            add(tree.add(Text(_words(call, branch, prefix))), branch.branches, prefix)

    tree = Tree(Text(shown(found.stream)))
    if found.above:
        add(tree.add(call.text("tied.above")), found.above, "")
    if found.below:
        add(tree.add(call.text("tied.below")), found.below, "by_")
    page = io.StringIO()
    Console(file=page, width=1_000, color_system=None).print(tree)
    for line in page.getvalue().splitlines():
        paper.line(line.rstrip())


def _words(call: Call, branch: Branch, prefix: str) -> str:
    standing = call.text(f"standing.{branch.standing}") if branch.standing else EMPTY
    words = call.text(
        f"tied.{prefix}{branch.edge.kind}",
        document=shown(branch.document),
        assignment=branch.edge.assignment or EMPTY,
        standing=standing,
    )
    return f"{words} {call.text('tied.again')}" if branch.again else words


COMMANDS = {"links": links}
