"""A Merkle tree read once from its first leaf to its last: its peaks, and the proofs of a few leaves as it grows.

What is kept is as much as appending needs, and the proofs: a record of many millions of entries need not fit into
memory.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from activities.record.merkle import EMPTY, node_hash


@dataclass(frozen=True, slots=True)
class _Peak:
    """The root of a perfect subtree, and which of the leaves to be proved are under it."""

    hash: bytes
    indexes: list[int]


@dataclass(slots=True)
class Proving:
    """``indexes``: of the leaves to be proved, from 0."""

    indexes: Iterable[int] = ()
    size: int = 0
    _peaks: list[_Peak] = field(default_factory=list)
    _proofs: dict[int, list[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._proofs = {index: [] for index in self.indexes}

    def append(self, leaf: bytes) -> None:
        """One more leaf hash."""
        node, bit = _Peak(leaf, [self.size] if self.size in self._proofs else []), 1
        while self.size & bit:
            node = self._joined(self._peaks.pop(), node)
            bit <<= 1
        self._peaks.append(node)
        self.size += 1

    def peaks(self) -> list[bytes]:
        """The roots of the perfect subtrees, the largest first."""
        return [peak.hash for peak in self._peaks]

    def root(self) -> bytes:
        """Over the leaves so far."""
        return self._folded(0) or EMPTY

    def proof(self, index: int) -> list[bytes]:
        """That the leaf is under ``root()``, from the bottom up. Raises KeyError where it was not to be proved."""
        proof = list(self._proofs[index])
        at = next(place for place, peak in enumerate(self._peaks) if index in peak.indexes)
        behind = self._folded(at + 1)
        return [*proof, *([behind] if behind else []), *(peak.hash for peak in reversed(self._peaks[:at]))]

    def _folded(self, first: int) -> bytes | None:
        """The peaks from that one on as one; none where there are none."""
        node: bytes | None = None
        for peak in reversed(self._peaks[first:]):
            node = peak.hash if node is None else node_hash(peak.hash, node)
        return node

    def _joined(self, left: _Peak, right: _Peak) -> _Peak:
        for index in left.indexes:
            self._proofs[index].append(right.hash)
        for index in right.indexes:
            self._proofs[index].append(left.hash)
        return _Peak(node_hash(left.hash, right.hash), left.indexes + right.indexes)
