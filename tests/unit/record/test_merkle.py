"""The tree is that of RFC 6962, whatever its size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.record.merkle import EMPTY, Frontier, leaf_hash, node_hash
from tests.support.merkle import inclusion_proof, proves_inclusion, root_of

ENTRIES = [
    bytes.fromhex(one)
    for one in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
"""The entries by which the logs of Certificate Transparency are tested, and their roots at every size."""
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SIZES = st.integers(0, 300)


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(number.to_bytes(32)) for number in range(size)]


def by_definition(hashes: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not hashes:
        return EMPTY
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node_hash(by_definition(hashes[:split]), by_definition(hashes[split:]))


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_the_roots_are_those_of_other_peoples_logs(size: int) -> None:
    assert root_of(leaf_hash(entry) for entry in ENTRIES[:size]).hex() == ROOTS[size]


@given(SIZES)
def test_a_root_is_what_the_definition_says(size: int) -> None:
    assert root_of(leaves(size)) == by_definition(leaves(size))


@given(SIZES, SIZES)
def test_a_tree_that_grows_on_from_its_peaks_is_the_tree_that_was_never_put_down(before: int, more: int) -> None:
    whole = leaves(before + more)
    first = Frontier()
    for leaf in whole[:before]:
        first.append(leaf)
    second = Frontier(first.size, first.peaks)
    for leaf in whole[before:]:
        second.append(leaf)
    assert (second.size, second.root()) == (before + more, root_of(whole))
    assert len(second.peaks) == (before + more).bit_count()


@pytest.mark.parametrize(("size", "peaks"), [(3, 1), (4, 2), (0, 1), (1, 0)])
def test_peaks_that_do_not_belong_to_the_size_are_refused(size: int, peaks: int) -> None:
    with pytest.raises(ValueError, match=r"leaves have \d+ peaks, not"):
        Frontier(size, [EMPTY] * peaks)


@given(st.integers(1, 300), st.data())
def test_a_proof_leads_from_its_leaf_to_the_root_and_from_nowhere_else(size: int, data: st.DataObject) -> None:
    hashes = leaves(size)
    index = data.draw(st.integers(0, size - 1))
    root, proof = root_of(hashes), inclusion_proof(hashes, index)
    assert proves_inclusion(hashes[index], index, size, proof, root)
    assert len(proof) <= (size - 1).bit_length()
    assert not proves_inclusion(leaf_hash(b"another"), index, size, proof, root)
    assert not proves_inclusion(hashes[index], index, size, proof, EMPTY)
    assert not proves_inclusion(hashes[index], index, size, [*proof, EMPTY], root)
    if proof:
        assert not proves_inclusion(hashes[index], index, size, proof[:-1], root)
        wrong = data.draw(st.integers(0, len(proof) - 1))
        assert not proves_inclusion(hashes[index], index, size, [*proof[:wrong], EMPTY, *proof[wrong + 1 :]], root)
        elsewhere = data.draw(st.integers(0, size - 1).filter(lambda other: other != index))
        assert not proves_inclusion(hashes[index], elsewhere, size, proof, root)


def test_there_is_no_proof_of_what_is_not_there() -> None:
    for index in (-1, 3):
        with pytest.raises(IndexError):
            inclusion_proof(leaves(3), index)
        assert not proves_inclusion(leaves(1)[0], index, 3, [], EMPTY)
    assert not proves_inclusion(leaves(1)[0], 0, 0, [], EMPTY)


def test_an_inner_node_cannot_pass_for_an_entry() -> None:
    left, right = leaves(2)
    assert leaf_hash(left + right) != root_of([left, right])
