"""A Merkle tree over an append-only log (RFC 6962, section 2.1): the roots over it."""

import hashlib
from collections.abc import Iterable
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
