"""Whether the record as a whole is what was written: its order, the tree over it, the checkpoints kept elsewhere.

What a directive looks like by itself is ``verify``'s concern.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, NamedTuple

from activities.journal.difference import Difference
from activities.journal.pool import Connection
from activities.journal.queries import query
from activities.journal.verify_anchors import Anchors, Judged, Opened, judge
from activities.journal.verify_gaps import Gap, read_gaps
from activities.journal.verify_order import PATIENCE, Proof, walk

LATE: Final = timedelta(hours=1)
"""After which an entry must be under a checkpoint, where checkpoints are written: they are, every minute."""
MOST_NAMED: Final = 10
"""Directives in a stretch of the order that are told by name."""


@dataclass(frozen=True, slots=True)
class WholeVerdict:
    """On the record. ``size``: entries; ``waiting``: batches that have no place in the order yet.

    ``anchored``: the largest checkpoint that the record agrees with; ``checkpoints``: how many there are.
    """

    origin: str
    size: int
    waiting: int
    checkpoints: int
    anchored: Opened | None
    gaps: Sequence[Gap]
    proofs: Mapping[int, Proof] = field(default_factory=dict)
    differences: Sequence[Difference] = ()


async def size_of(connection: Connection) -> int:
    """How many entries there are to be read."""
    return int(await connection.fetchval(query("verify_size")))


class LastEntry(NamedTuple):
    """Of a directive: the place, and the version of the event."""

    seq: int
    version: int


async def last_entry(connection: Connection, stream: str, up_to: int) -> LastEntry | None:
    """Of the directive's last event among the first ``up_to`` entries."""
    row = await connection.fetchrow(query("verify_last_entry"), stream, up_to)
    return None if row is None else LastEntry(row["seq"], row["version"])


async def verify_whole(
    connection: Connection,
    anchors: Anchors,
    proved: Iterable[int] = (),
    advance: Callable[[int], None] = lambda _: None,
) -> WholeVerdict:
    """Check everything but the directives themselves, in a transaction that is repeatable read.

    ``anchors``: read before the transaction saw its first row. ``proved``: places to be proved.
    """
    [row] = await connection.fetch(query("verify_record"))
    origin = row["origin"] or ""
    gaps = read_gaps(await connection.fetch(query("verify_gaps"), timeout=PATIENCE), anchors.keys)
    walked = await walk(connection, anchors.claimed(), proved, advance)
    judged = judge(anchors, origin, walked.roots, walked.last, gaps.tell_of)
    differences = [
        *walked.differences,
        *_tree(row["size"] or 0, row["peaks"] or [], walked.last, walked.peaks),
        *anchors.differences,
        *gaps.differences,
        *[await _with_directives(connection, one, judged) for one in judged.differences],
        *await _late(connection, anchors, judged),
        *await _strays(connection),
    ]
    return WholeVerdict(
        origin,
        walked.last,
        row["waiting"],
        len(anchors.raw),
        judged.last,
        gaps.signed,
        walked.proofs,
        differences,
    )


def _tree(size: int, peaks: Sequence[bytes], last: int, found: Sequence[bytes]) -> Iterator[Difference]:
    if size != last or list(peaks) != list(found):
        yield Difference("tree", None, {"tree": str(size), "size": str(last)})


async def _with_directives(connection: Connection, one: Difference, judged: Judged) -> Difference:
    """The same, with the directives in the stretch that was changed."""
    if one.code != "checkpoint" or judged.changed is None:
        return one
    rows = await connection.fetch(query("verify_interval"), *judged.changed, MOST_NAMED + 1, timeout=PATIENCE)
    named = [row["stream"] for row in rows[:MOST_NAMED]] + ["…"] * (len(rows) > MOST_NAMED)
    return Difference(one.code, None, {**one.details, "streams": ", ".join(named)})


async def _late(connection: Connection, anchors: Anchors, judged: Judged) -> list[Difference]:
    """What has been without a checkpoint for long, though checkpoints are written."""
    if not anchors.keys:
        return []
    anchored = judged.last.checkpoint.size if judged.last else 0
    row = await connection.fetchrow(query("verify_late"), anchored, LATE)
    return [Difference("unanchored", None, {"first": str(row["seq"]), "size": str(anchored)})] if row else []


async def _strays(connection: Connection) -> list[Difference]:
    """Rows of directives that the journal does not know: figures would count them all the same."""
    rows = await connection.fetch(query("verify_strays"), timeout=PATIENCE)
    return [Difference("stray", None, {"table": row["source"], "stream": row["stream"]}) for row in rows]
