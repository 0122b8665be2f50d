"""A Merkle tree over an append-only log (RFC 6962, section 2.1): roots, and proofs that fit into an e-mail."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

EMPTY: Final = hashlib.sha256(b"").digest()
"""The root over nothing."""


def leaf_hash(entry: bytes) -> bytes:
    """Of an entry. Prefixed, so that no inner node can pass for an entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """As much of the tree as appending needs: the roots of its perfect subtrees, the largest first.

    ``size``: leaves so far; ``peaks``: one hash for each one-bit of it.
    """

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)
        if len(self.peaks) != size.bit_count():
            raise ValueError(f"{size} leaves have {size.bit_count()} peaks, not {len(self.peaks)}")

    def append(self, leaf: bytes) -> None:
        """One more leaf hash."""
        node, bit = leaf, 1
        while self.size & bit:
            node = node_hash(self.peaks.pop(), node)
            bit <<= 1
        self.peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The hash that stands for all of it."""
        if not self.peaks:
            return EMPTY
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = node_hash(peak, node)
        return node


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from leaf ``index`` to the root over ``leaves``, from the bottom up. Raises IndexError."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"leaf {index} of {len(leaves)}")
    proof: list[bytes] = []
    level, at = leaves, index
    while len(level) > 1:
        if at ^ 1 < len(level):
            proof.append(level[at ^ 1])
        level, at = _above(level), at >> 1
    return proof


def proves_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf to the root of a tree of that size (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, at = leaf, size - 1, index
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(sibling, node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def _above(level: Sequence[bytes]) -> list[bytes]:
    """The next level up: pairs become one; who has no neighbour goes up as it is."""
    pairs = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs
