"""A gap: the keeper's signed word that a part of the record is lost, entered in the record itself.

    directives gap v1
    origin <of which record>
    number <of the gap, from 1>
    kept <entries up to which the record is as a checkpoint has it>
    lost <entries that checkpoints speak of>
    at <when it was declared>
    by <person>
    ground <one line>
    incomplete <directive> <version in the journal> <version that is known of>

with a last line for each directive that is known to be incomplete. Its entry in the log bears the stream
``gap/<number>``, version 1 and the note's SHA-256: who takes the gap away changes the root. ``verify_gaps`` reads it.
"""

import asyncio
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from activities.journal.pool import Connection
from activities.journal.queries import query as journal_query
from activities.journal.verify_anchors import read_anchors
from activities.journal.verify_gaps import FIRST_LINE, read_gaps
from activities.journal.verify_order import walk
from activities.record.anchor import Anchor
from activities.record.checkpoint import Checkpoint
from activities.record.notes import sign
from activities.record.queries import query
from activities.record.sequencer import Entry, enter, read_tree
from domain.wire import Declaration

STREAM: Final = "gap/"
_INSTANT: Final = "%Y-%m-%dT%H:%M:%SZ"
_LINE_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


class NothingLostError(Exception):
    """Every checkpoint that was signed agrees with the record, or an earlier gap tells of what it covers."""


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A directive of which less is in the journal than is known to have been: the versions of both."""

    stream: str
    journal: int
    known: int


@dataclass(frozen=True, slots=True)
class Loss:
    """``kept``: entries up to which the record is as a checkpoint has it; ``lost``: up to which there were some."""

    kept: int
    lost: int


@dataclass(frozen=True, slots=True)
class Declared:
    """What the keeper says."""

    origin: str
    number: int
    loss: Loss
    at: datetime
    said: Declaration
    incomplete: Sequence[Incomplete]

    def text(self) -> str:
        """To be signed."""
        fields = {
            "origin": self.origin,
            "number": self.number,
            "kept": self.loss.kept,
            "lost": self.loss.lost,
            "at": self.at.strftime(_INSTANT),
            "by": self.said.person,
            "ground": self.said.ground,
        }
        lines = [FIRST_LINE, *(f"{name} {_one_line(str(value))}" for name, value in fields.items())]
        lines += [f"incomplete {one.stream} {one.journal} {one.known}" for one in self.incomplete]
        return "".join(f"{line}\n" for line in lines)


async def declare(
    connection: Connection, anchor: Anchor, said: Declaration, incomplete: Sequence[Incomplete]
) -> Declared:
    """Sign a gap and enter it in the record. ``anchor``: whose checkpoints know more than the record.

    Raises:
        NothingLostError: they do not.
        OSError, BadKeyError: they cannot be read.
    """
    async with connection.transaction(isolation="read_committed"):
        # Nothing is entered meanwhile: what is compared is what the gap is entered behind.
        await connection.execute(query("lock"))
        origin = (await read_tree(connection)).origin
        declared = Declared(
            origin=origin,
            number=await connection.fetchval(query("next_gap")),
            loss=await _loss(connection, anchor, origin),
            at=datetime.now(UTC).replace(microsecond=0),
            said=said,
            incomplete=incomplete,
        )
        note = sign(declared.text(), anchor.key)
        entry = hashlib.sha256(note.encode()).digest()
        await connection.execute(query("declare"), declared.number, note, entry)
        await enter(connection, [Entry(f"{STREAM}{declared.number}", 1, entry)])
    return declared


async def _loss(connection: Connection, anchor: Anchor, origin: str) -> Loss:
    """Raises ``NothingLostError``."""
    anchors = await asyncio.to_thread(read_anchors, anchor.folder)
    earlier = read_gaps(await connection.fetch(journal_query("verify_gaps")), [*anchors.keys, anchor.key.verifier()])
    walked = await walk(connection, anchors.claimed())
    signed = [one.checkpoint for one in anchors.opened if one.checkpoint.origin == origin]

    def agrees(one: Checkpoint) -> bool:
        return walked.roots.get(one.size) == one.root

    differing = [one.size for one in signed if not agrees(one) and not earlier.tell_of(one)]
    if not differing:
        raise NothingLostError
    # Behind the first that differs the record is no more what was signed, whatever else was signed since.
    kept = max((one.size for one in signed if agrees(one) and one.size < min(differing)), default=0)
    return Loss(kept, max(differing))


def _one_line(words: str) -> str:
    return _LINE_BREAKS.sub(" ", words).strip()
