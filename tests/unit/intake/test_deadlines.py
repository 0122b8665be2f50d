"""A named day is a deadline; a limit of time that no rule can say is told, never guessed."""

from collections.abc import Callable
from datetime import date, time

import pytest

import intake
from domain.deadline import DateDeadline
from intake.reading import Reading

Letter = Callable[..., str]


def deadline_of(text: str) -> DateDeadline | None:
    read = intake.read(text).obligations[0].deadline
    if read is None:
        return None
    assert isinstance(read.value, DateDeadline)
    return read.value


def unread(reading: Reading) -> list[tuple[str | None, str]]:
    return [(each.item, each.text) for each in reading.not_understood if each.field == "deadline"]


@pytest.mark.parametrize(
    "words", ["trước ngày 25 tháng 5 năm 2023", "trước ngày 25/5/2023", "trước 25/05/2023", "trước ngày 25-5-2023"]
)
def test_before_a_day_excludes_it(letter: Letter, words: str) -> None:
    text = letter(f"1. Báo cáo kết quả {words} để tổng hợp.")
    assert deadline_of(text) == DateDeadline(kind="date", day=date(2023, 5, 25), bound="before")


@pytest.mark.parametrize(
    "words",
    [
        "chậm nhất ngày 25 tháng 5 năm 2023",
        "chậm nhất là ngày 25/5/2023",
        "chậm nhất vào ngày 25/5/2023",
        "chậm nhất đến hết ngày 25/5/2023",
    ],
)
def test_at_the_latest_on_a_day_includes_it(letter: Letter, words: str) -> None:
    assert deadline_of(letter(f"1. Báo cáo {words}.")) == DateDeadline(kind="date", day=date(2023, 5, 25), bound="by")


@pytest.mark.parametrize("words", ["trước 16 giờ 30 ngày 25/5/2023", "chậm nhất 16h30 ngày 25/5/2023"])
def test_an_hour_of_a_day_is_that_hour(letter: Letter, words: str) -> None:
    expected = DateDeadline(kind="date", day=date(2023, 5, 25), bound="by", hour=time(16, 30))
    assert deadline_of(letter(f"1. Báo cáo {words}.")) == expected


def test_the_place_of_a_deadline_is_its_words(letter: Letter) -> None:
    text = letter("1. Báo cáo, hoàn thành trước\nngày 25 tháng 5 năm 2023.")
    read = intake.read(text).obligations[0].deadline
    assert read
    assert [text[span.start : span.end] for span in read.spans] == ["trước\nngày 25 tháng 5 năm 2023"]


def test_one_day_said_twice_is_one_deadline(letter: Letter) -> None:
    text = letter("1. Báo cáo trước ngày 25/5/2023; gửi về Sở Nội vụ trước ngày 25 tháng 5 năm 2023.")
    read = intake.read(text).obligations[0].deadline
    assert read
    assert len(read.spans) == 2


def test_several_days_in_one_item_are_told_and_none_is_chosen(letter: Letter) -> None:
    reading = intake.read(letter("1. Xây dựng kế hoạch trước ngày 20/4/2023, báo cáo trước ngày 25/5/2023."))
    assert reading.obligations[0].deadline is None
    assert unread(reading) == [("1", "trước ngày 20/4/2023"), ("1", "trước ngày 25/5/2023")]
    assert "several_deadlines" in [each.code for each in reading.warnings]


@pytest.mark.parametrize(
    "words",
    [
        "vào ngày 01/12/2025",
        "đến hết ngày 23/10/2025",
        "trong tháng 11 năm 2025",
        "trong năm 2025",
        "trong quý IV năm 2025",
        "cuối năm 2025",
        "hằng tuần",
        "hàng quý",
        "trong 24-48 giờ",
        "thời hạn 03 ngày làm việc",
        "trước ngày 25/5",
        "chậm nhất sau 05 ngày",
        "trước ngày 31/02/2025",
    ],
)
def test_other_limits_of_time_are_told_with_their_words(letter: Letter, words: str) -> None:
    text = letter(f"1. Thực hiện việc này {words}.", "2. Việc khác.")
    reading = intake.read(text)
    assert reading.obligations[0].deadline is None
    assert len(unread(reading)) == 1
    item, told = unread(reading)[0]
    assert item == "1"
    assert told in words or words in told


@pytest.mark.parametrize(
    "words",
    [
        "từ ngày 01 tháng 01 năm 2023 đến ngày 24 tháng 4 năm 2023",
        "theo Chỉ thị số 07/CT-UBND ngày 17 tháng 4 năm 2023",
        "của ngân hàng năm 2023",
    ],
)
def test_dates_that_limit_nothing_are_left_alone(letter: Letter, words: str) -> None:
    reading = intake.read(letter(f"1. Xử lý các nhiệm vụ {words}."))
    assert reading.obligations[0].deadline is None
    assert unread(reading) == []


def test_a_date_before_the_items_is_no_deadline_of_any(letter: Letter) -> None:
    text = letter("1. Báo cáo.", before="Việc này phải xong trước ngày 30/10/2022 nhưng chưa xong, đề nghị:")
    reading = intake.read(text)
    assert reading.obligations[0].deadline is None


def test_a_limit_in_what_is_said_to_all_is_told_and_given_to_no_item(letter: Letter) -> None:
    text = letter("1. Báo cáo.", closing="Đề nghị các đơn vị báo cáo kết quả trước ngày 25/5/2023./.")
    reading = intake.read(text)
    assert reading.obligations[0].deadline is None
    assert unread(reading) == [(None, "trước ngày 25/5/2023")]


def test_a_deadline_before_the_day_of_the_letter_is_remarked(letter: Letter) -> None:
    warnings = intake.read(letter("1. Báo cáo trước ngày 25/5/2022.")).warnings
    assert [each.params for each in warnings if each.code == "deadline_before_issue"] == [
        {"item": "1", "day": "2022-05-25"}
    ]
