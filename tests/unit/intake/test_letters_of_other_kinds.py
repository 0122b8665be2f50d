"""Traits met in letters of other offices and kinds, in small texts of our own."""

from collections.abc import Callable
from datetime import date

import pytest

import intake
from domain.calendar import Calendar
from domain.document import Secrecy
from domain.policy import Policy
from intake.directory import Directory
from intake.reading import Piece, Read, Reading

Letter = Callable[..., str]

TELEGRAM = """|
**THỦ
TƯỚNG CHÍNH PHỦ**
-------
|
**CỘNG
HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**
Độc lập - Tự do - Hạnh phúc
---------------
|
|
HỎA TỐC
Số: 9/CĐ-TTg
|
*Hà Nội, ngày 30
tháng 11 năm 2025*
|
**CÔNG ĐIỆN**
V/V ỨNG PHÓ MƯA LŨ
TẠI MIỀN TRUNG
**THỦ TƯỚNG CHÍNH PHỦ điện:**
|
** **
|
- Bộ trưởng Bộ Xây dựng, Thủ trưởng cơ quan
ngang bộ;
- Chủ tịch Ủy ban nhân dân tỉnh Gia Lai.
|
Mưa lũ gây thiệt hại lớn. Thủ tướng Chính phủ yêu cầu:
1. Chủ tịch Ủy ban nhân
dân tỉnh Gia Lai:
a) Sửa chữa nhà cửa, hỗ trợ người dân sớm ổn định lại
đời sống.
b) Báo cáo kết quả.
2. Bộ trưởng Bộ Xây dựng
chỉ đạo việc này, **hoàn thành trước ngày 05/12/2025./.**
** **
|
Nơi nhận:
- Như trên;
- VPCP: BTCN, các PCN, Trợ lý TTg,
TGĐ Cổng TTĐT;
- Lưu: Văn thư, NN (2) Khôi
|
**KT. THỦ TƯỚNG,
BỘ TRƯỞNG**
PHÓ THỦ TƯỚNG
Phạm Văn Minh
|
"""

PLAN = """ỦY BAN NHÂN DÂN
TỈNH ĐẮK LẮK
SỞ Y TẾ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 0130/KH-SYT

Đắk Lắk, ngày 21 tháng 11 năm 2025

KẾ HOẠCH

PHÒNG, CHỐNG DỊCH BỆNH

Để phòng, chống dịch bệnh; Sở Y tế ban hành kế hoạch như sau:

**I. MỤC ĐÍCH**

Chủ động phòng, chống dịch.

**II. NỘI DUNG**

**1. Vệ sinh môi trường**

a) Thu gom rác

- Vận chuyển rác;

+ Rác ướt;

+ Rác khô.

- Xử lý rác.

b) Khơi thông cống rãnh.

**2. Truyền thông**

2.1. Loa đài.

2.2. Mạng xã hội./.

Nơi nhận:
*-* Bộ Y tế (b/c);
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Hồ Thị Lan
"""

DECISION = """ỦY BAN NHÂN DÂN
TỈNH CÀ MAU

Số: 01814/QĐ-UBND
Cà Mau, ngày 21 tháng 11 năm 2025

QUYẾT ĐỊNH
CÔNG BỐ THỦ TỤC HÀNH CHÍNH
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Căn cứ Quyết định số 1085/QĐ-TTg ngày 15/9/2022 của Thủ tướng Chính phủ;
Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 55/TTr-SNV ngày 13/11/2025.
QUYẾT ĐỊNH:
Điều 1. Công bố thủ tục hành chính.
Điều 2. Giao Sở Nội vụ tổ chức thực hiện.
Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:
- Như Điều 3;
- Lưu: VT.

CHỦ TỊCH
Nguyễn Minh
"""

RUN_TOGETHER = """BẢO HIỂM XÃ HỘI VIỆT NAM --------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ---------------
Số: 296/BHXH-CSYT V/v hướng dẫn khám bệnh
Hà Nội, ngày 02 tháng 02 năm 2021 Kính gửi:
- Bảo hiểm xã hội các tỉnh;
- Bảo hiểm xã hội Bộ Quốc phòng.
(Sau đây viết tắt là BHXH) Bộ Y tế có Công văn số 627/BYT-BH ngày 27/01/2021 về việc này. Đề nghị thực hiện:
1. Rà soát giường bệnh.
2. Báo cáo kết quả.
Đề nghị các đơn vị thực hiện./.
Nơi nhận:
- Như trên;
- Lưu: VT, CSYT.
KT. TỔNG GIÁM ĐỐC PHÓ TỔNG GIÁM ĐỐC Phạm Văn Sơn
"""

SCANNED = """Jira Sak & els 5 Be

BỘ TÀI CHÍNH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỔNG CỤC THUẾ Độc lập - Tự do - Hạnh phúc
Số: 4302 /TCT-TTr Hà Nội, ngày OF thang 2! năm 2018

V/v tăng cường công tác
thanh tra.

Kính gửi: Đồng chí Cục trưởng Cục Thuế các tỉnh, thành phố trực
thuộc Trung ương.

Tổng cục Thuế yêu cầu:

1. Huy động nhân lực.

--- PAGE BREAK ---

2. Tập trung thanh tra.

4. Đôn đốc thu | nộp.

3. Tập huấn.

Tổng cục Thuế yêu cầu đồng chí Cục trưởng nghiêm túc thực hiện.

Nơi nhận: KT.TỔNG CỤC TRƯỞNG
- Như trên; PHÓ TỔNG CỤC TRƯỞNG

- Lãnh đạo Tổng cục (để chỉ đạo);
- Luu: VT.

Cao Văn Tuấn

w
"""


def values(reads: list[Read[str]]) -> list[str]:
    return [each.value for each in reads]


def outline(pieces: list[Piece]) -> list[object]:
    return [(piece.label, outline(piece.pieces)) if piece.pieces else piece.label for piece in pieces]


def unread(reading: Reading) -> list[tuple[str, str]]:
    return [(each.field, each.text) for each in reading.not_understood]


def test_a_telegram_broken_into_lines_and_table_cells() -> None:
    read = intake.read(TELEGRAM)
    assert read.kind
    assert read.kind.value == "công điện"
    assert read.issuer
    assert read.issuer.value == "Thủ tướng Chính phủ"
    assert read.issued_on
    assert read.issued_on.value == date(2025, 11, 30)
    assert read.abstract
    assert read.abstract.value == "ỨNG PHÓ MƯA LŨ TẠI MIỀN TRUNG"
    assert read.priority
    assert read.priority.value == 3
    assert values(read.addressees) == [
        "Bộ trưởng Bộ Xây dựng, Thủ trưởng cơ quan ngang bộ",
        "Chủ tịch Ủy ban nhân dân tỉnh Gia Lai",
    ]
    assert [each.item.value for each in read.obligations] == ["1", "2"]
    assert outline(read.obligations[0].pieces) == ["a", "b"]
    assert read.obligations[0].pieces[0].text.value == "Sửa chữa nhà cửa, hỗ trợ người dân sớm ổn định lại đời sống."
    assert read.obligations[1].deadline
    assert read.obligations[1].text.value.endswith("hoàn thành trước ngày 05/12/2025")
    assert [each.value.text for each in read.copies] == [
        "Như trên",
        "VPCP: BTCN, các PCN, Trợ lý TTg, TGĐ Cổng TTĐT",
        "Lưu: Văn thư, NN (2) Khôi",
    ]
    assert values(read.signing_chain) == ["KT. THỦ TƯỚNG, BỘ TRƯỞNG", "PHÓ THỦ TƯỚNG"]
    assert unread(read) == []


def test_a_plan_in_sections_with_parts_within_parts() -> None:
    read = intake.read(PLAN)
    assert read.issuer
    assert read.issuer_parent
    assert (read.issuer.value, read.issuer_parent.value) == ("Sở Y tế", "Ủy ban nhân dân tỉnh Đắk Lắk")
    assert read.abstract
    assert read.abstract.value == "PHÒNG, CHỐNG DỊCH BỆNH"
    assert read.addressees == []
    assert [each.item.value for each in read.obligations] == ["II.1", "II.2"]
    assert outline(read.obligations[0].pieces) == [("a", [("-", ["+", "+"]), "-"]), "b"]
    assert outline(read.obligations[1].pieces) == ["2.1", "2.2"]
    assert [each.params for each in read.warnings if each.code == "sections"] == [{"sections": 2}]
    assert ("obligations", "Chủ động phòng, chống dịch.") in unread(read)
    assert values(read.signing_chain) == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert read.signing_power
    assert read.signing_power.value == "TM."
    assert [each.value.text for each in read.copies] == ["Bộ Y tế (b/c)", "Lưu: VT"]


def test_a_decision_in_articles_with_its_grounds() -> None:
    read = intake.read(DECISION)
    assert read.kind
    assert read.kind.value == "quyết định"
    assert read.abstract
    assert read.abstract.value == "CÔNG BỐ THỦ TỤC HÀNH CHÍNH"
    assert [each.item.value for each in read.obligations] == ["1", "2", "3"]
    assert [(each.value.notation, each.value.kind) for each in read.links] == [
        ("1085/QĐ-TTg", "basis"),
        ("55/TTr-SNV", "basis"),
    ]
    assert read.copies[0].value.purpose == "act"


def test_lines_run_together_by_a_conversion() -> None:
    read = intake.read(RUN_TOGETHER)
    assert read.issuer
    assert read.issuer.value == "Bảo hiểm xã hội Việt Nam"
    assert read.abstract
    assert read.abstract.value == "hướng dẫn khám bệnh"
    assert read.place
    assert read.place.value == "Hà Nội"
    assert values(read.addressees) == ["Bảo hiểm xã hội các tỉnh", "Bảo hiểm xã hội Bộ Quốc phòng"]
    assert [each.text.value for each in read.obligations] == ["Rà soát giường bệnh.", "Báo cáo kết quả."]
    assert values(read.signing_chain) == ["KT. TỔNG GIÁM ĐỐC", "PHÓ TỔNG GIÁM ĐỐC"]
    assert read.signer
    assert read.signer.value == "Phạm Văn Sơn"


def test_a_scan_with_columns_run_together_and_a_destroyed_date() -> None:
    read = intake.read(SCANNED)
    assert read.issuer
    assert read.issuer_parent
    assert (read.issuer.value, read.issuer_parent.value) == ("Tổng cục Thuế", "Bộ Tài chính")
    assert read.place
    assert read.place.value == "Hà Nội"
    assert read.issued_on is None
    assert ("issued_on", "ngày OF thang 2! năm 2018") in unread(read)
    assert ("header", "Jira Sak & els 5 Be") in unread(read)
    assert ("tail", "w") in unread(read)
    assert values(read.addressees) == ["Đồng chí Cục trưởng Cục Thuế các tỉnh, thành phố trực thuộc Trung ương"]
    assert [each.item.value for each in read.obligations] == ["1", "2", "4", "3"]
    assert "items_out_of_order" in [each.code for each in read.warnings]
    assert read.obligations[2].text.value == "Đôn đốc thu nộp."
    assert values(read.signing_chain) == ["KT.TỔNG CỤC TRƯỞNG", "PHÓ TỔNG CỤC TRƯỞNG"]
    assert [each.value.purpose for each in read.copies] == ["act", "inform", "file"]
    assert read.signer
    assert read.signer.value == "Cao Văn Tuấn"


def test_those_also_addressed_stand_apart(letter: Letter) -> None:
    to = "- Giám đốc Sở Nội vụ.\n\n**Đồng kính gửi:**\n\n- Thủ tướng Chính phủ (để báo cáo)."
    read = intake.read(letter(to=to))
    assert values(read.addressees) == ["Giám đốc Sở Nội vụ"]
    assert values(read.also_addressed) == ["Thủ tướng Chính phủ (để báo cáo)"]


def test_a_blank_number_is_missing_and_the_symbol_stays(letter: Letter) -> None:
    read = intake.read(letter(number="Số:      /UBND-NC"))
    assert read.number is None
    assert read.symbol
    assert read.symbol.value == "UBND-NC"
    assert [each.params for each in read.warnings if each.code == "missing"] == [{"field": "number"}]


def test_a_kind_that_its_symbol_contradicts_is_remarked() -> None:
    read = intake.read(PLAN.replace("/KH-SYT", "/CT-SYT"))
    assert [each.params for each in read.warnings if each.code == "kind_disagrees"] == [
        {"kind": "kế hoạch", "symbol": "CT-SYT"}
    ]


def test_secrecy_is_read_from_its_mark_alone(letter: Letter) -> None:
    secret = intake.read("TỐI MẬT\n\n" + letter())
    assert secret.secrecy
    assert secret.secrecy.value == Secrecy.VERY_SECRET
    assert intake.read(letter("1. Bảo vệ bí mật, tài liệu MẬT.")).secrecy is None


def test_a_numbered_item_may_stand_alone_before_its_words(letter: Letter) -> None:
    read = intake.read(letter("**1.****\n**Các cơ quan liên quan có trách nhiệm thực hiện."))
    only = read.obligations[0]
    assert only.text.value == "Các cơ quan liên quan có trách nhiệm thực hiện."
    assert only.holders
    assert values(only.holders.named) == ["Các cơ quan liên quan"]


def test_a_part_may_follow_a_heading_without_an_empty_line(letter: Letter) -> None:
    item = intake.read(letter("1. Sở Y tế\n- Việc một\n- Việc hai.")).obligations[0]
    assert outline(item.pieces) == ["-", "-"]


def test_a_dash_at_the_edge_of_a_full_line_begins_no_part(letter: Letter) -> None:
    full = "1. Cục Kinh tế " + "rất " * 25 + "dài"
    item = intake.read(letter(f"{full}\n- Quản lý đầu tư xây dựng báo cáo.")).obligations[0]
    assert item.pieces == []
    assert item.text.value.endswith("rất dài - Quản lý đầu tư xây dựng báo cáo.")


def test_a_paragraph_without_a_mark_continues_the_part_before_it(letter: Letter) -> None:
    item = intake.read(letter("1. Việc.\n\na) Một.\n\nTiếp theo của một.\n\nb) Hai.")).obligations[0]
    assert [piece.text.value for piece in item.pieces] == ["Một. Tiếp theo của một.", "Hai."]


def test_the_body_ends_with_the_last_end_mark_before_the_copies(letter: Letter) -> None:
    read = intake.read(letter("1. Việc một./.", "2. Việc hai."))
    assert [each.item.value for each in read.obligations] == ["1", "2"]


def test_two_items_of_one_number_are_remarked(letter: Letter) -> None:
    read = intake.read(letter("1. Việc một.", "1. Việc hai."))
    assert [each.params for each in read.warnings if each.code == "item_twice"] == [{"item": "1"}]


def test_a_number_with_nothing_behind_it_is_no_obligation(letter: Letter) -> None:
    read = intake.read(letter("1. Việc một.", "2."))
    assert [each.item.value for each in read.obligations] == ["1"]
    assert [each.params for each in read.warnings if each.code == "item_empty"] == [{"item": "2"}]


def test_a_last_paragraph_that_may_belong_to_the_item_or_to_all_is_remarked(letter: Letter) -> None:
    read = intake.read(letter("1. Sở Y tế\n\n- Việc một.", closing="Các nội dung trên là quan trọng./."))
    assert [each.params for each in read.warnings if each.code == "closing_unclear"] == [{"item": "1"}]


@pytest.mark.parametrize("mark", ["LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI", "**TÀI LIỆU THU HỒI**"])
def test_a_mark_that_limits_the_circulation_is_read_and_goes_into_the_document(
    letter: Letter, directory: Directory, mark: str
) -> None:
    read = intake.read(letter(number=f"{mark}\n\nSố: 12/UBND-NC"))
    assert read.limited
    assert read.limited.value is True
    assert unread(read) == []
    draft = intake.draft(read, directory, Calendar(), Policy())
    assert draft.directive is not None
    assert draft.directive.document.circulation == "limited"


def test_the_same_words_in_a_sentence_limit_nothing(letter: Letter) -> None:
    read = intake.read(letter("1. Tài liệu lưu hành nội bộ phải thu hồi."))
    assert read.limited is None


def test_a_document_that_says_nothing_of_it_has_the_digest_that_it_always_had(
    letter: Letter, directory: Directory
) -> None:
    draft = intake.draft(intake.read(letter()), directory, Calendar(), Policy())
    assert draft.directive is not None
    content = draft.directive.model_dump(mode="json", exclude_defaults=True)
    assert "circulation" not in content["document"]
