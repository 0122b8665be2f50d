"""Items say whom they are for, in headings and in running text."""

from collections.abc import Callable

import pytest

import intake
from intake.reading import ItemRead

Letter = Callable[..., str]


def item_of(text: str) -> ItemRead:
    return intake.read(text).obligations[0]


def named(item: ItemRead) -> list[str]:
    return [each.value for each in item.holders.named] if item.holders else []


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("1. Giao Sở Nội vụ\n\nTham mưu việc này.", ["Sở Nội vụ"]),
        ("**1. Sở Y tế:**\n\n- Việc một.\n\n- Việc hai.", ["Sở Y tế"]),
        ("### 1. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam thành phố\n\nTuyên truyền.",
         ["Ủy ban Mặt trận Tổ quốc Việt Nam thành phố"]),
        ("1. Sở Xây dựng: chỉ đạo chủ đầu tư đẩy nhanh tiến độ.", ["Sở Xây dựng"]),
        ("1. Bộ trưởng Bộ Quốc phòng, Bộ trưởng Bộ Công an chỉ đạo các đơn vị.",
         ["Bộ trưởng Bộ Quốc phòng", "Bộ trưởng Bộ Công an"]),
        ("1. Sở Văn hóa, Thể thao và Du lịch và Sở Y tế phối hợp thực hiện.",
         ["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế"]),
        ("1. Các đơn vị cấp nước có trách nhiệm\n\na) Đầu tư.", ["Các đơn vị cấp nước"]),
        ("1. Cục Kết cấu hạ tầng xây dựng tham mưu việc này.", ["Cục Kết cấu hạ tầng xây dựng"]),
        ("1. Tổ chức quán triệt nghị quyết.", []),
        ("1. Ban hành kế hoạch.", []),
        ("1. Thanh tra, kiểm tra việc thực hiện.", []),
        ("1. Chủ động, tích cực thực hiện.", []),
        ("1. Công tác vệ sinh môi trường\n\n- Thu gom rác.", []),
    ],
)  # fmt: skip
def test_bodies_at_the_beginning_of_an_item(letter: Letter, item: str, expected: list[str]) -> None:
    assert named(item_of(letter(item))) == expected


def test_a_heading_is_certain_and_running_text_only_likely(letter: Letter) -> None:
    heading = item_of(letter("1. Giao Sở Nội vụ\n\nTham mưu."))
    running = item_of(letter("1. Sở Nội vụ tham mưu việc này."))
    assert heading.holders
    assert running.holders
    assert heading.holders.phrase.certainty == "certain"
    assert running.holders.phrase.certainty == "likely"


def test_one_leads_and_others_support(letter: Letter) -> None:
    item = item_of(letter("1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính, Sở Tư pháp rà soát biên chế."))
    assert item.mode == "joint"
    assert named(item) == ["Sở Nội vụ"]
    assert item.holders
    assert item.holders.support
    assert item.holders.support.value == "Sở Tài chính, Sở Tư pháp"


def test_one_who_leads_alone_holds_it_alone(letter: Letter) -> None:
    item = item_of(letter("1. Giao Sở Nội vụ chủ trì theo dõi việc này."))
    assert item.mode == "each"
    assert named(item) == ["Sở Nội vụ"]


def test_with_whom_is_told_where_the_end_of_the_names_is_not_clear(letter: Letter) -> None:
    reading = intake.read(letter("1. Giao Sở Nội vụ chủ trì, phối hợp với những ai cần thiết."))
    assert reading.obligations[0].holders
    assert reading.obligations[0].holders.support is None
    assert [(each.field, each.item) for each in reading.not_understood] == [("support", "1")]


def test_several_named_bodies_without_a_leader_are_remarked_but_groups_are_not(letter: Letter) -> None:
    def codes(item: str) -> list[str]:
        return [each.code for each in intake.read(letter(item)).warnings]

    assert codes("1. Giao Sở Nội vụ, Sở Tài chính\n\nTham mưu.") == ["several_named_no_lead"]
    assert codes("1. Giao Sở Nội vụ, Sở Tài chính chủ trì theo dõi việc này.") == ["several_lead"]
    assert codes("1. Giám đốc sở, Thủ trưởng cơ quan, ban ngành\n\nTham mưu.") == []


def test_an_order_to_someone_unheard_of_is_told(letter: Letter) -> None:
    reading = intake.read(letter("1. Giao nhóm chuyên gia nghiên cứu việc này."))
    assert reading.obligations[0].holders is None
    assert [(each.field, each.item) for each in reading.not_understood] == [("holders", "1")]
