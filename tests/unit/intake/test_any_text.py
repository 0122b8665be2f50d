"""Whatever the text, it is read without failing, and what is read stands where its span says."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

import intake
from domain.deadline import AfterDeadline, DateDeadline, PeriodEndDeadline, RecurringDeadline
from intake.reading import Citation, CopyLine, Read, Reading, Span

FRAGMENTS = st.sampled_from(
    [
        "Số: 12 /UBND-NC",
        "LƯU HÀNH NỘI BỘ",
        "Số:      /CT-UBND",
        "CÔNG ĐIỆN",
        "ỦY BAN NHÂN DÂN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "BỘ TÀI CHÍNH | CONG HOA XA HOI",
        "Cần Thơ, ngày 31 tháng 2 năm 2023",
        "Hà Nội, ngày OF thang 2! năm 2018",
        "V/v thử",
        "Kính gửi:",
        "Đồng kính gửi: ông A",
        "THỦ TƯỚNG điện:",
        "- Giám đốc Sở Nội vụ;",
        "1.",
        "2. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính",
        "2.1. x",
        "IV. NỘI DUNG",
        "Điều 3. Giao ai",
        "a) b",
        "(i) trước ngày 30/02/2023",
        "trước 25 giờ ngày 1/1/2023",
        "chậm nhất ngày 25 tháng 5 năm 2023",
        "trong 05 ngày làm việc kể từ ngày nhận được văn bản này",
        "hoàn thành trong quý II năm 2023",
        "trước ngày 15/6 và 31/12 hằng năm",
        "chậm nhất ngày 20 tháng cuối quý",
        "hằng tuần",
        "Chỉ thị số 07/CT-UBND ngày 17 tháng 4 năm 2023",
        "đã có 916 nhiệm vụ, hoàn thành 683 nhiệm vụ (có 900 nhiệm vụ quá hạn); đang xử lý 234 nhiệm vụ",
        "./.",
        "Nơi nhận: KT. CHỦ TỊCH",
        "- Như trên; PHÓ CHỦ TỊCH",
        "- Lưu: VT.",
        "KT. TỔNG GIÁM ĐỐC PHÓ TỔNG GIÁM ĐỐC Phạm Lương Sơn",
        "--- PAGE BREAK ---",
        "|",
        "",
        "**",
        "#",
    ]
)
SOUP = st.lists(st.tuples(FRAGMENTS, st.sampled_from(["\n", "\n\n", " ", "\r\n", " | "])), max_size=25).map(
    lambda parts: "".join(fragment + joint for fragment, joint in parts)
)
NOISE = st.sampled_from(
    ["*", "**", "|", "\n", "\n\n", "\u200b", "\xa0", "#", "./.", "\u0301", " 1. ", "- ", "\ud800", "KÍNH"]
)


def reads(model: BaseModel) -> Iterator[Read[object]]:
    """Every value with a place anywhere in a reading."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Read):
                yield each
            elif isinstance(each, BaseModel):
                yield from reads(each)


def spans(model: BaseModel) -> Iterator[Span]:
    if isinstance(model, Span):
        yield model
    for name in type(model).model_fields:
        value = getattr(model, name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, BaseModel):
                yield from spans(each)


def letters_of(text: str) -> str:
    """Letters and digits without their marks, which noise may have parted from them."""
    letters = "".join(char for char in unicodedata.normalize("NFD", text.casefold()) if char.isalnum())
    return letters.replace("pagebreak", "")


def told_by(rule: DateDeadline | AfterDeadline | PeriodEndDeadline | RecurringDeadline) -> object:
    """What of a rule stands in its words."""
    match rule:
        case AfterDeadline():
            return rule.count
        case PeriodEndDeadline():
            return rule.within.year if rule.within else ""
        case _:
            return rule.day


def supports(printed: str, value: object) -> bool:
    """Whether the printed words say the value."""
    printed = printed.replace("\u200b", "")
    if isinstance(value, CopyLine):
        return supports(printed, value.text)
    if isinstance(value, Citation):
        return supports(printed, value.notation)
    if isinstance(value, DateDeadline | AfterDeadline | PeriodEndDeadline | RecurringDeadline):
        return supports(printed, told_by(value))
    if isinstance(value, date):
        return [int(part) for part in re.findall(r"[0-9]+", printed)][-3:] == [value.day, value.month, value.year]
    if isinstance(value, int):
        return not isinstance(value, bool) and str(value) in printed.replace(".", "")
    return isinstance(value, str) and letters_of(value) in letters_of(printed)


def check(text: str, reading: Reading) -> None:
    assert all(0 <= span.start < span.end <= len(text) for span in spans(reading))
    by_meaning = [reading.kind, reading.cascade, reading.secrecy, reading.priority, reading.limited]
    items = [each.item for each in reading.obligations]
    for each in reads(reading):
        printed = " ".join(text[span.start : span.end] for span in each.spans)
        if not any(each is other for other in (*by_meaning, *items)):
            assert supports(printed, each.value), (printed, each.value)
    for label in items:
        assert label.value.endswith(text[label.spans[0].start : label.spans[0].end])
    for piece in reading.not_understood:
        assert supports(text[piece.span.start : piece.span.end], piece.text)
    assert Reading.model_validate_json(reading.model_dump_json()) == reading


@settings(deadline=None, max_examples=150)
@given(st.text(st.characters(), max_size=400))
def test_any_text_is_read(text: str) -> None:
    check(text, intake.read(text))


@settings(deadline=None, max_examples=300)
@given(SOUP)
def test_any_heap_of_pieces_of_letters_is_read(text: str) -> None:
    check(text, intake.read(text))


@settings(deadline=None, max_examples=100)
@given(cuts=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 60), NOISE), min_size=1, max_size=12))
def test_the_sample_damaged_at_random_is_read(sample_text: str, cuts: list[tuple[int, int, str]]) -> None:
    text = sample_text
    for at, length, noise in cuts:
        text = text[:at] + noise + text[at + length :]
    check(text, intake.read(text))


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_another_way_of_writing_the_same_letters_is_read_the_same(
    sample: Reading, sample_text: str, form: Literal["NFC", "NFD", "NFKD"]
) -> None:
    read = intake.read(unicodedata.normalize(form, sample_text))

    def values(reading: Reading) -> list[object]:
        return [each.value for each in reads(reading)]

    assert values(read) == values(sample)


def test_windows_line_ends_change_no_value(sample: Reading, sample_text: str) -> None:
    read = intake.read(sample_text.replace("\n", "\r\n"))
    assert [each.value for each in reads(read)] == [each.value for each in reads(sample)]


def test_an_empty_text_lacks_everything_and_says_so() -> None:
    missing = {warning.params["field"] for warning in intake.read("").warnings if warning.code == "missing"}
    assert {"number", "symbol", "kind", "issuer", "issued_on", "abstract", "obligations", "signer"} <= missing
