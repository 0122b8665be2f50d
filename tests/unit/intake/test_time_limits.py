"""The usual wordings of time limits and the rules that they say; what is ambiguous is told."""

import json
from collections.abc import Callable

import pytest

import intake
from domain.calendar import Calendar
from domain.deadline import AfterDeadline, Deadline, PeriodEndDeadline, RecurringDeadline
from domain.policy import Policy
from intake.reading import Read, Reading

Letter = Callable[..., str]


def read_in(letter: Letter, sentence: str) -> Read[Deadline]:
    reading = intake.read(letter(f"1. {sentence}", "2. Việc khác."))
    assert told(reading) == []
    found = reading.obligations[0].deadline
    assert found
    return found


def told(reading: Reading) -> list[str]:
    return [each.text for each in reading.not_understood if each.field == "deadline"]


def after(count: int, days: str, start: str) -> AfterDeadline:
    return AfterDeadline.model_validate({"kind": "after", "count": count, "days": days, "start": start})


def period(kind: str, within: str | None) -> PeriodEndDeadline:
    return PeriodEndDeadline.model_validate_json(json.dumps({"kind": "period_end", "period": kind, "within": within}))


def every(kind: str, day: int, bound: str) -> RecurringDeadline:
    return RecurringDeadline.model_validate({"kind": "recurring", "every": kind, "day": day, "bound": bound})


COUNTED: list[tuple[str, tuple[int, str, str]]] = [
    ("Trong thời hạn 10 ngày làm việc kể từ ngày nhận được văn bản này, báo cáo.", (10, "working", "receipt")),
    ("Báo cáo trong vòng 05 ngày kể từ ngày nhận được Công văn này.", (5, "calendar", "receipt")),
    ("Báo cáo trong 05 (năm) ngày làm việc, kể từ khi nhận được Chỉ thị này.", (5, "working", "receipt")),
    ("Báo cáo chậm nhất sau 15 ngày làm việc kể từ ngày đơn vị nhận được công điện này.", (15, "working", "receipt")),
    ("Báo cáo chậm nhất 15 ngày (làm việc) sau khi nhận được văn bản này.", (15, "working", "receipt")),
    ("Báo cáo không quá 07 ngày tính từ ngày nhận được văn bản chỉ đạo này.", (7, "calendar", "receipt")),
    ("Báo cáo trong thời hạn không quá 30 ngày kể từ ngày ban hành Quyết định này.", (30, "calendar", "issue")),
    ("Báo cáo trong thời hạn 03 ngày kể từ ngày ký ban hành văn bản này.", (3, "calendar", "issue")),
    ("Báo cáo trong 20 ngày kể từ ngày Kế hoạch này được ban hành.", (20, "calendar", "issue")),
    ("Báo cáo trong 02 tuần kể từ ngày ký công văn này.", (14, "calendar", "issue")),
    ("Báo cáo trong 10 ngày\nlàm việc kể từ ngày\nnhận được văn bản này.", (10, "working", "receipt")),
    ("Kể từ ngày nhận được văn bản này, trong thời hạn 10 ngày phải báo cáo.", (10, "calendar", "receipt")),
    ("Báo cáo trong 05 ngày kể từ ngày xác nhận đã nhận được văn bản này.", (5, "calendar", "acknowledgement")),
]
COUNTED_LIKELY: list[tuple[str, tuple[int, str, str]]] = [
    ("Báo cáo trong thời hạn 10 ngày kể từ ngày ký.", (10, "calendar", "issue")),
    ("Báo cáo trong thời hạn 10 ngày kể từ ngày ban hành, gửi Sở Nội vụ.", (10, "calendar", "issue")),
    ("Báo cáo chậm nhất 10 ngày làm việc kể từ ngày nhận được công văn.", (10, "working", "receipt")),
    ("Báo cáo trong 03 ngày làm việc kể từ khi tiếp nhận văn bản này.", (3, "working", "acknowledgement")),
]


@pytest.mark.parametrize(("sentence", "expected"), COUNTED)
def test_days_from_a_point_of_this_document_are_counted_from_it(
    letter: Letter, sentence: str, expected: tuple[int, str, str]
) -> None:
    found = read_in(letter, sentence)
    assert (found.value, found.certainty) == (after(*expected), "certain")


@pytest.mark.parametrize(("sentence", "expected"), COUNTED_LIKELY)
def test_days_from_a_point_that_may_be_another_documents_are_likely(
    letter: Letter, sentence: str, expected: tuple[int, str, str]
) -> None:
    found = read_in(letter, sentence)
    assert (found.value, found.certainty) == (after(*expected), "likely")


PERIODS: list[tuple[str, tuple[str, str | None], str]] = [
    ("Hoàn thành trong quý II năm 2023.", ("quarter", "2023-04-01"), "likely"),
    ("Hoàn thành trong quý 2/2023.", ("quarter", "2023-04-01"), "likely"),
    ("Trình Ủy ban nhân dân thành phố xem xét trong quý IV/2023.", ("quarter", "2023-10-01"), "likely"),
    ("Hoàn thành việc rà soát trong tháng 9 năm 2023.", ("month", "2023-09-01"), "likely"),
    ("Xử lý dứt điểm trong 6 tháng đầu năm 2023.", ("half_year", "2023-01-01"), "likely"),
    ("Xử lý xong trong 6 tháng cuối năm 2023.", ("half_year", "2023-07-01"), "likely"),
    ("Hoàn thành trong năm 2023.", ("year", "2023-01-01"), "likely"),
    ("Hoàn thành trong tháng này.", ("month", None), "likely"),
    ("Hoàn thành đến hết tháng 9/2023.", ("month", "2023-09-01"), "certain"),
    ("Hoàn thành trước khi kết thúc quý III năm 2023.", ("quarter", "2023-07-01"), "certain"),
    ("Báo cáo chậm nhất trong tháng 5/2023.", ("month", "2023-05-01"), "certain"),
    ("Báo cáo chậm nhất là quý II/2023.", ("quarter", "2023-04-01"), "certain"),
    ("Báo cáo chậm nhất cuối năm 2023.", ("year", "2023-01-01"), "likely"),
    ("Lập danh mục. Thời gian hoàn thành: Quý II/2023.", ("quarter", "2023-04-01"), "certain"),
    ("Lập danh mục. Thời gian thực hiện: năm 2023.", ("year", "2023-01-01"), "likely"),
]


@pytest.mark.parametrize(("sentence", "expected", "certainty"), PERIODS)
def test_a_period_in_which_something_is_to_be_finished_is_its_end(
    letter: Letter, sentence: str, expected: tuple[str, str | None], certainty: str
) -> None:
    found = read_in(letter, sentence)
    assert (found.value, found.certainty) == (period(*expected), certainty)


RECURRING: list[tuple[str, tuple[str, int, str], str]] = [
    ("Báo cáo trước ngày 25 hằng tháng.", ("month", 25, "before"), "certain"),
    ("Báo cáo trước ngày 25 của hàng tháng.", ("month", 25, "before"), "certain"),
    ("Báo cáo chậm nhất vào ngày 25 mỗi tháng.", ("month", 25, "by"), "certain"),
    ("Báo cáo vào ngày 25 hằng tháng.", ("month", 25, "by"), "likely"),
    ("Báo cáo chậm nhất trước ngày 25 hằng tháng.", ("month", 25, "before"), "likely"),
    ("Định kỳ hằng tháng (trước ngày 25) báo cáo.", ("month", 25, "before"), "likely"),
    ("Báo cáo chậm nhất ngày 20 tháng cuối quý.", ("quarter", 20, "by"), "likely"),
    ("Báo cáo trước ngày 20 của tháng cuối cùng mỗi quý.", ("quarter", 20, "before"), "certain"),
    ("Định kỳ hằng quý (trước ngày 15 của tháng cuối quý) báo cáo.", ("quarter", 15, "before"), "certain"),
    ("Báo cáo trước ngày 15/6 và ngày 15/12 hằng năm.", ("half_year", 15, "before"), "certain"),
    ("Báo cáo trước ngày 15/3, 15/6, 15/9 và 15/12 hàng năm.", ("quarter", 15, "before"), "certain"),
    ("Báo cáo trước ngày 15 tháng 12 hằng năm.", ("year", 15, "before"), "certain"),
]


@pytest.mark.parametrize(("sentence", "expected", "certainty"), RECURRING)
def test_a_day_of_every_period_recurs(
    letter: Letter, sentence: str, expected: tuple[str, int, str], certainty: str
) -> None:
    found = read_in(letter, sentence)
    assert (found.value, found.certainty) == (every(*expected), certainty)


@pytest.mark.parametrize(
    "sentence",
    [
        "Báo cáo trong 05 ngày.",
        "Báo cáo trong thời hạn 05 ngày làm việc.",
        "Báo cáo trong 05 ngày kể từ ngày nhận được hồ sơ.",
        "Báo cáo trong 05 ngày kể từ ngày ký hợp đồng.",
        "Báo cáo trong 05 ngày kể từ ngày Quyết định có hiệu lực thi hành.",
        "Báo cáo trong 05-07 ngày kể từ ngày ký.",
        "Báo cáo trong 24 giờ kể từ khi nhận được công điện này.",
        "Báo cáo trong 01 tháng kể từ ngày nhận được văn bản này.",
        "Báo cáo trong 0 ngày kể từ ngày ký.",
        "Quyết định có hiệu lực sau 10 ngày kể từ ngày ký.",
        "Hoàn thành trong quý II.",
        "Hoàn thành trong tháng 9.",
        "Hoàn thành trước quý III/2023.",
        "Đánh giá kết quả trong quý IV năm 2023.",
        "Rà soát nhiệm vụ chưa hoàn thành trong quý IV năm 2023.",
        "Xây dựng chương trình trong năm 2023.",
        "Rà soát việc đã hoàn thành trong quý IV năm 2022.",
        "Rà soát việc hoàn thành trong năm 2022.",
        "Báo cáo hằng quý.",
        "Báo cáo hằng quý, trước ngày 15.",
        "Báo cáo trước ngày 15 hằng quý.",
        "Báo cáo trước ngày 20 tháng cuối quý II.",
        "Hằng tháng, báo cáo trước ngày 05 của tháng sau.",
        "Báo cáo trước ngày 32 hằng tháng.",
        "Báo cáo trước 30 tháng 6 hằng năm.",
        "Báo cáo trước ngày 15/6 và ngày 20/12 hằng năm.",
        "Báo cáo vào thứ Sáu hằng tuần.",
    ],
)
def test_what_may_mean_several_things_or_no_limit_at_all_is_told(letter: Letter, sentence: str) -> None:
    reading = intake.read(letter(f"1. {sentence}", "2. Việc khác."))
    assert reading.obligations[0].deadline is None
    assert told(reading)


def test_the_place_of_a_limit_is_all_of_its_words(letter: Letter) -> None:
    words = "Trong thời hạn 10 ngày làm việc kể từ ngày\nnhận được văn bản này"
    text = letter(f"1. {words}, báo cáo.")
    found = intake.read(text).obligations[0].deadline
    assert found
    assert [text[span.start : span.end] for span in found.spans] == [words]


def test_a_day_and_a_number_of_days_in_one_item_are_told_and_none_is_chosen(letter: Letter) -> None:
    reading = intake.read(letter("1. Lập tổ trong 05 ngày kể từ ngày ký văn bản này, báo cáo trước ngày 25/5/2023."))
    assert reading.obligations[0].deadline is None
    assert told(reading) == ["trong 05 ngày kể từ ngày ký văn bản này", "trước ngày 25/5/2023"]
    assert "several_deadlines" in [each.code for each in reading.warnings]


def test_a_period_that_may_limit_nothing_does_not_push_a_day_aside(letter: Letter) -> None:
    reading = intake.read(letter("1. Để hoàn thành dự án trong năm 2023, báo cáo trước ngày 25/5/2023."))
    found = reading.obligations[0].deadline
    assert found
    assert found.certainty == "certain"
    assert told(reading) == ["trong năm 2023"]


def test_of_two_wordings_of_one_rule_the_surer_one_counts(letter: Letter) -> None:
    sentence = "Báo cáo trong 05 ngày kể từ ngày ký; gửi hồ sơ trong 05 ngày kể từ ngày ký văn bản này."
    found = read_in(letter, sentence)
    assert (found.value, found.certainty) == (after(5, "calendar", "issue"), "certain")
    assert len(found.spans) == 2


def test_an_end_of_repetition_is_told(letter: Letter) -> None:
    reading = intake.read(letter("1. Báo cáo trước ngày 25 hằng tháng cho đến hết năm 2024."))
    found = reading.obligations[0].deadline
    assert found
    assert found.value == every("month", 25, "before")
    assert told(reading) == ["hết năm 2024"]


def test_a_counted_limit_in_what_is_said_to_all_is_given_to_no_item(letter: Letter) -> None:
    closing = "Đề nghị các đơn vị báo cáo trong 05 ngày kể từ ngày nhận được văn bản này./."
    reading = intake.read(letter("1. Thực hiện.", closing=closing))
    assert reading.obligations[0].deadline is None
    assert told(reading) == ["trong 05 ngày kể từ ngày nhận được văn bản này"]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Báo cáo trong 05 ngày kể từ ngày nhận được văn bản này.", "after"),
        ("Báo cáo chậm nhất quý II/2023.", "period_end"),
        ("Báo cáo trước ngày 25 hằng tháng.", "recurring"),
    ],
)
def test_a_rule_that_was_read_stands_in_the_draft(
    letter: Letter, directory: intake.Directory, sentence: str, kind: str
) -> None:
    draft = intake.draft(intake.read(letter(f"1. {sentence}")), directory, Calendar(), Policy())
    assert draft.directive.obligations[0].deadline.kind == kind


def test_days_of_a_month_that_does_not_have_them_are_not_read(letter: Letter) -> None:
    reading = intake.read(letter("1. Báo cáo trước ngày 31/6 và 31/12 hằng năm."))
    assert reading.obligations[0].deadline is None
    assert told(reading)


def test_days_from_a_day_that_the_letter_names_are_told(letter: Letter) -> None:
    reading = intake.read(letter("1. Báo cáo trong 10 ngày kể từ ngày 01/4/2023."))
    assert reading.obligations[0].deadline is None
    assert told(reading) == ["trong 10 ngày"]
