"""The tree that is read once from its first leaf to its last: the same roots and proofs as those over all leaves."""

import pytest

from activities.record.merkle import Frontier, leaf_hash
from activities.record.proving import Proving
from tests.support.merkle import inclusion_proof, root_of

LEAVES = [leaf_hash(bytes([number])) for number in range(70)]


def test_roots_and_peaks_are_those_of_the_frontier_at_every_size() -> None:
    proving, frontier = Proving(), Frontier()
    assert proving.root() == frontier.root()
    for leaf in LEAVES:
        proving.append(leaf)
        frontier.append(leaf)
        assert (proving.root(), proving.peaks(), proving.size) == (frontier.root(), frontier.peaks, frontier.size)
    assert proving.root() == root_of(LEAVES)


def test_every_leaf_is_proved_under_every_size() -> None:
    proving = Proving(range(len(LEAVES)))
    for size in range(1, len(LEAVES) + 1):
        proving.append(LEAVES[size - 1])
        for index in range(size):
            assert proving.proof(index) == inclusion_proof(LEAVES[:size], index)


def test_what_was_not_to_be_proved_is_not() -> None:
    proving = Proving([0])
    proving.append(LEAVES[0])
    proving.append(LEAVES[1])
    with pytest.raises(KeyError):
        proving.proof(1)
