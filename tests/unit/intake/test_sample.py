"""The sample letter is read as the specification of figures says."""

from datetime import date

from domain.deadline import NoDeadline
from intake.reading import Reading


def test_number_and_symbol_are_read_without_the_printed_blank_and_that_is_said(sample: Reading) -> None:
    assert sample.number
    assert sample.symbol
    assert (sample.number.value, sample.symbol.value) == ("1680", "UBND-NC")
    warning = next(each for each in sample.warnings if each.code == "number_spacing")
    assert warning.params == {"printed": "1680 /UBND-NC", "read": "1680/UBND-NC"}


def test_head_of_the_document(sample: Reading) -> None:
    assert sample.kind
    assert sample.issuer
    assert sample.place
    assert sample.issued_on
    assert sample.abstract
    assert sample.kind.value == "công văn"
    assert sample.issuer.value == "Ủy ban nhân dân thành phố Cần Thơ"
    assert sample.issuer_parent is None
    assert sample.place.value == "Cần Thơ"
    assert sample.issued_on.value == date(2023, 5, 15)
    assert sample.abstract.value == (
        "tăng cường công tác kiểm tra, chấn chỉnh việc thực hiện nhiệm vụ của cán bộ, công chức, viên chức"
    )
    assert sample.secrecy is None
    assert sample.priority is None


def test_two_groups_are_addressed(sample: Reading) -> None:
    assert [each.value for each in sample.addressees] == [
        "Giám đốc sở, Thủ trưởng cơ quan, ban ngành thành phố",
        "Chủ tịch Ủy ban nhân dân quận, huyện",
    ]
    assert sample.also_addressed == []


def test_three_obligations_and_the_closing_paragraph_is_none_of_them(sample: Reading) -> None:
    assert [each.item.value for each in sample.obligations] == ["1", "2", "3"]
    first, second, third = (each.text.value for each in sample.obligations)
    assert first.startswith("Tổ chức quán triệt")
    assert first.endswith("hiệu quả công tác chỉ đạo, điều hành.")
    assert second.startswith("Chủ động, tích cực")
    assert second.endswith("chức trách, nhiệm vụ được giao.")
    assert third.startswith("Giao Giám đốc Sở Nội vụ, Chánh Thanh tra thành phố\nTiếp tục tham mưu")
    assert third.endswith("tăng cường kỷ luật, kỷ cương hành chính.")


def test_items_one_and_two_go_to_all(sample: Reading) -> None:
    assert [(each.mode, each.holders) for each in sample.obligations[:2]] == [("each", None), ("each", None)]


def test_item_three_names_two_and_says_that_none_leads(sample: Reading) -> None:
    third = sample.obligations[2]
    assert third.mode == "each"
    assert third.title
    assert third.title.value == "Giao Giám đốc Sở Nội vụ, Chánh Thanh tra thành phố"
    assert third.holders
    assert third.holders.phrase.value == "Giám đốc Sở Nội vụ, Chánh Thanh tra thành phố"
    assert [each.value for each in third.holders.named] == ["Giám đốc Sở Nội vụ", "Chánh Thanh tra thành phố"]
    assert not third.holders.leads
    warning = next(each for each in sample.warnings if each.code == "several_named_no_lead")
    assert warning.params == {"item": "3", "count": 2}


def test_nothing_has_a_deadline(sample: Reading) -> None:
    assert all(each.deadline is None or isinstance(each.deadline.value, NoDeadline) for each in sample.obligations)


def test_the_closing_paragraph_orders_the_cascade(sample: Reading) -> None:
    assert sample.cascade
    assert sample.cascade.value is True


def test_ten_copy_lines_by_purpose(sample: Reading) -> None:
    assert [(each.value.purpose, each.value.text) for each in sample.copies] == [
        ("act", "Như trên"),
        ("inform", "TT TU, TT HĐND TP"),
        ("inform", "CT, PCT UBND TP"),
        ("inform", "UBMTTQVN và các Đoàn thể"),
        ("inform", "Các Ban xây dựng Đảng thuộc TU"),
        ("inform", "Văn phòng Đoàn ĐBQH và HĐND TP"),
        ("inform", "Báo CT, Đài PTTH TP"),
        ("inform", "VP UBND TP (2,3,4,5,6,7,NK)"),
        ("inform", "Công TTĐT TP"),
        ("file", "Lưu: VT, LhT"),
    ]


def test_the_chairman_signs_in_his_own_right(sample: Reading) -> None:
    assert sample.signer
    assert sample.position
    assert sample.signer.value == "Trần Việt Trường"
    assert sample.position.value == "CHỦ TỊCH"
    assert [each.value for each in sample.signing_chain] == ["CHỦ TỊCH"]
    assert sample.signing_power is None


def test_four_documents_are_cited_and_only_the_telegram_is_the_basis(sample: Reading) -> None:
    assert [(each.value.notation, each.value.kind, each.value.issued_on) for each in sample.links] == [
        ("280/CD-TTg", "basis", date(2023, 4, 19)),
        ("74/2022/QH15", "implements", date(2022, 11, 15)),
        ("07/CT-UBND", "follows", date(2023, 4, 17)),
        ("05/CT-UBND", "follows", date(2021, 5, 7)),
    ]
    assert [each.value.type_name for each in sample.links] == ["Công điện", "Nghị quyết", "Chỉ thị", "Chỉ thị"]
    assert len(sample.links[0].spans) == 2, "cited in the preamble and again in item 1"


def test_the_figures_are_read_and_add_up(sample: Reading) -> None:
    assert sample.figures
    read = {name: each["value"] for name, each in sample.figures.model_dump().items()}
    assert read == {"given": 916, "done": 682, "done_late": 135, "open": 234, "open_late": 57}
    assert not any(each.code.startswith("figures") for each in sample.warnings)


def test_everything_is_understood_and_only_three_things_are_remarked(sample: Reading) -> None:
    assert sample.not_understood == []
    assert [each.code for each in sample.warnings] == ["number_spacing", "several_named_no_lead", "symbol_spelling"]


def test_spans_lead_back_to_the_printed_words(sample: Reading, sample_text: str) -> None:
    def printed(index: int) -> list[str]:
        return [sample_text[span.start : span.end] for span in sample.links[index].spans]

    assert sample.number
    assert sample.issuer
    assert sample_text[sample.number.spans[0].start : sample.number.spans[0].end] == "1680"
    assert sample_text[sample.issuer.spans[0].start : sample.issuer.spans[0].end] == (
        "ỦY BAN NHÂN DÂN  \nTHÀNH PHỐ CẦN THƠ"
    )
    assert printed(0) == ["280/CD-TTg", "280/CD-TTg"]


def test_a_reading_survives_being_written_as_json(sample: Reading) -> None:
    assert Reading.model_validate_json(sample.model_dump_json()) == sample
