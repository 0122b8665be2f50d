"""The record's order as a whole: every place from the first to the last, read once, and the tree over it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from activities.journal.difference import Difference
from activities.journal.pool import Connection
from activities.journal.queries import query
from activities.record.merkle import leaf_hash
from activities.record.proving import Proving

PREFETCH: Final = 5_000
"""Entries that are in memory at a time."""
PATIENCE: Final = 600.0
"""Seconds for one statement over the whole record."""


@dataclass(frozen=True, slots=True)
class Proof:
    """That the entry at ``seq`` is one of the ``size`` first of the record: its hash, and the way up to the root."""

    seq: int
    size: int
    hash: bytes
    path: list[bytes]


@dataclass(slots=True)
class Walked:
    """``last``: the last place; ``roots``: over the entries up to each size asked for. ``proofs``: by place."""

    last: int = 0
    peaks: list[bytes] = field(default_factory=list)
    roots: dict[int, bytes] = field(default_factory=dict)
    proofs: dict[int, Proof] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)


async def walk(
    connection: Connection,
    claimed: Mapping[int, Collection[bytes]],
    proved: Iterable[int] = (),
    advance: Callable[[int], None] = lambda _: None,
) -> Walked:
    """Read all entries. ``claimed``: by size, the roots that checkpoints state.

    ``proved``: the places to be proved, each under the largest size whose root is one of those claimed. ``advance``:
    told how many entries were read.
    """
    walker = _Walker(claimed, dict.fromkeys(proved, b""))
    count = 0
    async for row in connection.cursor(query("verify_order"), prefetch=PREFETCH, timeout=PATIENCE):
        walker.take(row["seq"], row["hash"])
        count += 1
        if count % PREFETCH == 0:
            advance(PREFETCH)
    advance(count % PREFETCH)
    return walker.done()


class _Walker:
    def __init__(self, claimed: Mapping[int, Collection[bytes]], proved: dict[int, bytes]) -> None:
        self._claimed = claimed
        self._sizes: Iterator[int] = iter(sorted(claimed))
        self._next: int | None = next(self._sizes, None)
        self._proved = proved
        self._tree = Proving([seq - 1 for seq in proved])
        self._found = Walked()

    def take(self, seq: int, hash_: bytes) -> None:
        self._reach(seq - 1)
        if seq != self._found.last + 1:
            told = {"first": str(self._found.last + 1), "last": str(seq - 1)}
            self._found.differences.append(Difference("log_gap", None, told))
        self._found.last = seq
        if seq in self._proved:
            self._proved[seq] = hash_
        self._tree.append(leaf_hash(hash_))

    def done(self) -> Walked:
        self._reach(self._found.last)
        self._found.peaks = self._tree.peaks()
        return self._found

    def _reach(self, seq: int) -> None:
        """Look at every checkpoint of a size up to that place: all its entries were read."""
        while self._next is not None and self._next <= seq:
            size, root = self._next, self._tree.root()
            self._found.roots[size] = root
            if root in self._claimed[size] and self._tree.size == size:
                self._prove(size)
            self._next = next(self._sizes, None)

    def _prove(self, size: int) -> None:
        for seq, hash_ in self._proved.items():
            if seq <= size:
                self._found.proofs[seq] = Proof(seq, size, hash_, self._tree.proof(seq - 1))
