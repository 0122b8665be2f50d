"""Cited documents, and counts that must add up."""

from collections.abc import Callable
from datetime import date

import pytest

import intake
from intake.reading import LinkKind

Letter = Callable[..., str]


@pytest.mark.parametrize(
    ("before", "item", "kind"),
    [
        ("Căn cứ Nghị quyết số 34/NQ-CP, đề nghị:", "1. Việc này.", "basis"),
        ("Trên cơ sở Nghị quyết số 34/NQ-CP, đề nghị:", "1. Việc này.", "basis"),
        ("Đề nghị:", "1. Quán triệt, thực hiện Nghị quyết số 34/NQ-CP.", "implements"),
        ("Đề nghị:", "1. Làm theo chỉ đạo của Chính phủ tại Nghị quyết số 34/NQ-CP.", "follows"),
        ("Căn cứ Nghị quyết số 34/NQ-CP, đề nghị:", "1. Thực hiện Nghị quyết số 34/NQ-CP.", "basis"),
        ("Chính phủ đã có Nghị quyết số 34/NQ-CP. Đề nghị:", "1. Việc này.", None),
    ],
)
def test_what_a_document_is_cited_for(letter: Letter, before: str, item: str, kind: LinkKind | None) -> None:
    links = intake.read(letter(item, before=before)).links
    assert [(each.value.notation, each.value.kind) for each in links] == [("34/NQ-CP", kind)]


def test_a_citation_of_unclear_purpose_is_told(letter: Letter) -> None:
    read = intake.read(letter(before="Chính phủ đã có Nghị quyết số 34/NQ-CP. Đề nghị:"))
    assert [each.params for each in read.warnings] == [{"notation": "34/NQ-CP"}]
    assert read.warnings[0].code == "link_kind_unclear"


def test_a_second_document_joined_by_and_is_cited_for_the_same(letter: Letter) -> None:
    item = "1. Làm theo yêu cầu tại Chỉ thị số 07/CT-UBND ngày 17/4/2023 và Chỉ thị số 05/CT-UBND ngày 07/5/2021."
    links = intake.read(letter(item)).links
    assert [(each.value.notation, each.value.kind, each.value.issued_on) for each in links] == [
        ("07/CT-UBND", "follows", date(2023, 4, 17)),
        ("05/CT-UBND", "follows", date(2021, 5, 7)),
    ]


def test_words_between_two_joined_documents_do_not_change_what_the_second_is_cited_for(letter: Letter) -> None:
    item = "1. Thực hiện Nghị quyết số 74/2022/QH15 về tiết kiệm theo lộ trình và Nghị quyết số 75/2022/QH15."
    assert [each.value.kind for each in intake.read(letter(item)).links] == ["implements", "implements"]


def test_notations_of_parliament_party_and_with_stray_blanks(letter: Letter) -> None:
    item = "1. Thực hiện Luật số 40/2009/QH12, Thông báo số 99-TB/TW và Chỉ thị số 13/CT- TTg."
    assert [each.value.notation for each in intake.read(letter(item)).links] == [
        "40/2009/QH12",
        "99-TB/TW",
        "13/CT-TTg",
    ]


@pytest.mark.parametrize(
    "words", ["quy hoạch 1/500", "tốc độ 80 km/h", "trực 24/7", "bình quân 100/cuộc", "70.102 DN/89.212 DN"]
)
def test_other_strokes_are_no_citations(letter: Letter, words: str) -> None:
    assert intake.read(letter(f"1. Thực hiện {words} theo quy định.")).links == []


def test_the_letter_does_not_cite_itself(letter: Letter) -> None:
    assert intake.read(letter("1. Thực hiện Công văn số 12/UBND-NC này.")).links == []


def sample_with(sample_text: str, old: str, new: str) -> list[dict[str, str | int]]:
    assert old in sample_text
    read = intake.read(sample_text.replace(old, new))
    assert read.figures
    return [each.params for each in read.warnings if each.code.startswith("figures")]


def test_a_sum_that_is_off_by_one_is_flagged(sample_text: str) -> None:
    assert sample_with(sample_text, "hoàn thành 682 nhiệm vụ", "hoàn thành 683 nhiệm vụ") == [
        {"given": 916, "done": 683, "open": 234, "sum": 917}
    ]


def test_a_part_larger_than_its_whole_is_flagged(sample_text: str) -> None:
    assert sample_with(sample_text, "có 57 nhiệm vụ quá hạn", "có 257 nhiệm vụ quá hạn") == [
        {"part": 257, "whole": 234}
    ]


def test_thousands_are_written_with_points(letter: Letter) -> None:
    before = "Đã có 1.916 nhiệm vụ, đã hoàn thành 1.682 nhiệm vụ; đang xử lý 234 nhiệm vụ. Đề nghị:"
    read = intake.read(letter(before=before))
    assert read.figures
    assert read.figures.given.value == 1916
    assert read.figures.done_late is None
    assert read.warnings == []


def test_half_told_figures_are_not_understood(letter: Letter) -> None:
    read = intake.read(letter(before="Đến nay đã hoàn thành 682 nhiệm vụ. Đề nghị:"))
    assert read.figures is None
    assert [(each.field, each.text) for each in read.not_understood] == [("figures", "hoàn thành 682 nhiệm vụ")]
