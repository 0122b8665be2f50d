"""Vietnamese order of names."""

import pytest

from console.sorting import name_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["Sở Công Thương", "Sở Giao thông", "Sở Y tế"],
        ["An", "Ăn", "Ân", "Ba"],
        ["da", "đa", "e", "ê"],
        ["o", "ô", "ơ", "p"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "man"],
        ["Phường 2", "Phường 10"],
        ["1.2", "1.10", "2.1"],
        ["quận Bình Thủy", "Quận Cái Răng", "quận Ninh Kiều", "Quận Ô Môn", "quận Thốt Nốt"],
    ],
)
def test_names_stand_in_the_order_of_the_alphabet(ordered: list[str]) -> None:
    backwards = ordered[::-1]
    assert sorted(backwards, key=name_key) == ordered


def test_how_a_letter_is_encoded_does_not_matter() -> None:
    assert name_key("Sở Nội vụ") == name_key("Sở Nội vụ")
