"""The original text is cleaned without losing where each character came from."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake.source import Zone, clean

ANY_TEXT = st.text(st.characters(), max_size=200) | st.text(
    st.sampled_from("aẠ\u0301\u0323 \n\r\t*|#-–•\u200b\ufeff\xa0\x00\u2028\ud800ᄀ가ᅡᆨ1."), max_size=60
)


@settings(deadline=None, max_examples=300)
@given(ANY_TEXT)
@example("a*\u0301")
@example("\u1100\u200b\u1161")
@example("* a\n**b\nc**\n\n*d\n- e*")
def test_cleaning_a_cleaned_text_changes_nothing(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


@settings(deadline=None, max_examples=300)
@given(ANY_TEXT)
def test_the_cleaned_text_is_composed_and_each_character_has_a_place_in_the_original(text: str) -> None:
    source = clean(text)
    assert unicodedata.is_normalized("NFC", source.text)
    assert len(source.text) == len(source.plain) == len(source.starts) == len(source.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(source.starts, source.ends, strict=True))
    assert source.starts == sorted(source.starts)


@pytest.mark.parametrize(
    ("original", "cleaned"),
    [
        ("**Số:** *12*/UBND", "Số: 12/UBND"),
        ("** **\na", "a"),
        ("2*3 **4**", "2*3 4"),
        ("So\u0302\u0301 12", "Số 12"),
        ("a \t\xa0 b  \r\n c", "a b\nc"),
        ("\ufeffa\u200bb\xadc", "abc"),
        ("• một\n* hai\n▪ ba", "- một\n- hai\n- ba"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("| | |a| |", "| a|"),
    ],
)
def test_noise_is_removed(original: str, cleaned: str) -> None:
    assert clean(original).text == cleaned


@pytest.mark.parametrize(
    ("original", "cleaned"),
    [
        ("**VĂN PHÒNG CHÍNH\nPHỦ**", "VĂN PHÒNG CHÍNH PHỦ"),
        ("*Hà Nội, ngày 30\ntháng 11*", "Hà Nội, ngày 30 tháng 11"),
        ("**a\n- b**", "a\n- b"),
        ("**a\n2. b**", "a\n2. b"),
        ("**a\n\nb**\nc", "a\n\nb\nc"),
        ("*a* **\n|\nb\nc", "a\n|\nb\nc"),
    ],
)
def test_an_emphasised_phrase_is_one_line_unless_a_part_begins_or_its_cell_ends(original: str, cleaned: str) -> None:
    assert clean(original).text == cleaned


def test_a_span_covers_the_original_spelling_of_what_was_composed() -> None:
    original = "**so\u0302\u0301** 12"
    span = clean(original).span(Zone(0, 2))
    assert original[span.start : span.end] == "so\u0302\u0301"
