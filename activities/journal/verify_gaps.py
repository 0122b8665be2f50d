"""The notes by which operators declared that a part of the record was lost.

First line ``directives gap v1``; then ``origin``: of which record; ``kept``: entries that were still there; ``lost``:
entries that there had been; ``at``: when it was declared.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from activities.journal.difference import Difference
from activities.journal.verify_chain import Row
from activities.record.checkpoint import Checkpoint
from activities.record.notes import BadNoteError, VerifierKey, opened

FIRST_LINE: Final = "directives gap v1"


class BadGapError(ValueError):
    """A text that declares no gap."""


@dataclass(frozen=True, slots=True)
class Gap:
    """``kept``: entries that were still there; ``lost``: up to which size the record had gone."""

    number: int
    origin: str
    kept: int
    lost: int
    at: datetime

    def tells_of(self, checkpoint: Checkpoint) -> bool:
        """Whether the checkpoint was signed over what this gap lost; one written later is of what came since."""
        inside = self.kept < checkpoint.size <= self.lost and checkpoint.origin == self.origin
        return inside and checkpoint.at is not None and checkpoint.at <= self.at


@dataclass(frozen=True, slots=True)
class Gaps:
    """Those that were declared and signed, and what is wrong with others."""

    signed: Sequence[Gap]
    differences: Sequence[Difference]

    def tell_of(self, checkpoint: Checkpoint) -> bool:
        """Whether one of them does."""
        return any(gap.tells_of(checkpoint) for gap in self.signed)


def read_gaps(rows: Iterable[Row], keys: Sequence[VerifierKey]) -> Gaps:
    """``rows``: each gap with its entry in the order, one of the two missing where it is missing there."""
    signed: list[Gap] = []
    differences: list[Difference] = []
    for row in rows:
        wrong = list(_misplaced(row))
        differences += wrong
        if row["note"] is None:
            continue
        try:
            signed.append(_gap(int(row["number"]), opened(row["note"], keys)))
        except (BadGapError, BadNoteError) as error:
            differences.append(Difference("gap_note", None, {"number": row["number"], "problem": str(error)}))
    return Gaps(signed, differences)


def _misplaced(row: Row) -> Iterator[Difference]:
    told = {"number": row["number"]}
    if row["note"] is None:
        yield Difference("gap_missing", None, told)
    elif row["seq"] is None:
        yield Difference("gap_unlogged", None, told)
    elif not hashlib.sha256(row["note"].encode()).digest() == row["hash"] == row["logged"]:
        yield Difference("gap_hash", None, told)


def _gap(number: int, text: str) -> Gap:
    first, *lines = text.splitlines()
    if first != FIRST_LINE:
        raise BadGapError(first)
    fields = dict(line.partition(" ")[::2] for line in lines)
    try:
        at = datetime.fromisoformat(fields["at"])
        return Gap(number, fields["origin"], int(fields["kept"]), int(fields["lost"]), at)
    except (KeyError, ValueError) as error:
        raise BadGapError(str(error)) from error
