"""A confirmed reading becomes the content of an issue, or everything that stands in the way is told."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

import intake
from domain.actor import Actor, Role
from domain.calendar import Calendar
from domain.commands.issue import DirectiveIssued, Issue
from domain.deadline import DateDeadline, NoDeadline
from domain.decide import decide
from domain.directive import Directive
from domain.document import Secrecy, stream_of
from domain.policy import Policy
from intake.directory import Directory
from intake.drafting import Draft, Problem
from intake.reading import Reading

Letter = Callable[..., str]
ALL = "Giám đốc sở, Thủ trưởng cơ quan, ban ngành thành phố"
DISTRICTS = "Chủ tịch Ủy ban nhân dân quận, huyện"


@pytest.fixture
def drafted(directory: Directory) -> Callable[[str], Draft]:
    return lambda text: intake.draft(intake.read(text), directory, Calendar(), Policy())


@pytest.fixture
def problems(directory: Directory) -> Callable[[str], list[Problem]]:
    def of(text: str) -> list[Problem]:
        with pytest.raises(intake.Unresolved) as caught:
            intake.draft(intake.read(text), directory, Calendar(), Policy())
        return caught.value.problems

    return of


@pytest.fixture(scope="module")
def sample_directive(sample: Reading, directory: Directory) -> Directive:
    draft = intake.draft(sample, directory, Calendar(), Policy())
    assert draft.warnings == []
    return draft.directive


def test_the_sample_gives_two_n_plus_two_lead_assignments_unit_by_unit(
    sample_directive: Directive, directory: Directory
) -> None:
    day = date(2023, 5, 15)
    addressed = [
        unit.id
        for group in directory.groups
        if group.name in (ALL, DISTRICTS)
        for unit in directory.members(group, day)
    ]
    n = len(addressed)
    assert n == len(set(addressed)) > 9
    leads = Counter(unit for obligation in sample_directive.obligations for unit in obligation.lead)
    assert leads == {unit: 3 if unit in ("so-noi-vu", "thanh-tra") else 2 for unit in addressed}
    assert leads.total() == 2 * n + 2


def test_the_decider_takes_the_sample_and_gives_each_lead_an_assignment(sample_directive: Directive) -> None:
    clerk = Actor(person="Văn thư", role=Role.CLERK, unit="ubnd-can-tho")
    issue = Issue(type="issue", command_id="issue-1", actor=clerk, directive=sample_directive)
    first, *others = decide(None, issue, datetime(2023, 5, 15, 9, tzinfo=UTC))
    assert isinstance(first, DirectiveIssued)
    assert others == []
    assert Counter((held.item, held.unit, held.role) for held in first.assignments) == Counter(
        (obligation.item, unit, "lead") for obligation in sample_directive.obligations for unit in obligation.lead
    )


def test_each_obligation_of_the_sample_has_its_holders_and_no_deadline(sample_directive: Directive) -> None:
    first, second, third = sample_directive.obligations
    assert [each.item for each in (first, second, third)] == ["1", "2", "3"]
    assert all(each.mode == "each" and each.support == [] for each in (first, second, third))
    assert all(each.deadline == NoDeadline() for each in (first, second, third))
    assert first.lead == second.lead
    assert third.lead == ["so-noi-vu", "thanh-tra"]
    assert set(third.lead) < set(first.lead)


def test_the_document_of_the_sample(sample_directive: Directive) -> None:
    document = sample_directive.document
    assert stream_of(document) == "directive/ubnd-can-tho/2023/1680-UBND-NC"
    assert document.organ_name == "Ủy ban nhân dân thành phố Cần Thơ"
    assert document.type_name == "công văn"
    assert document.cascade
    assert document.secrecy is Secrecy.NONE
    assert (document.signer.position, document.signer.full_name) == ("CHỦ TỊCH", "Trần Việt Trường")
    assert [(link.kind, link.notation) for link in document.links] == [
        ("basis", "280/CD-TTg"),
        ("implements", "74/2022/QH15"),
        ("follows", "07/CT-UBND"),
        ("follows", "05/CT-UBND"),
    ]
    assert Counter(copy.purpose for copy in document.to_places) == {"act": 1, "inform": 8, "file": 1}


def test_the_informed_of_the_sample_are_the_bodies_of_the_eight_lines_and_none_of_them_acts(
    sample_directive: Directive,
) -> None:
    informed = sample_directive.informed
    assert {
        "thuong-truc-thanh-uy",
        "thuong-truc-hdnd",
        "chu-tich-ubnd",
        "pho-chu-tich-ubnd",
        "uy-ban-mat-tran",
        "hoi-nong-dan",
        "ban-to-chuc-thanh-uy",
        "van-phong-doan-dbqh-va-hdnd",
        "bao-can-tho",
        "dai-phat-thanh-truyen-hinh",
        "van-phong-ubnd",
        "cong-thong-tin-dien-tu",
    } <= set(informed)
    assert len(informed) == len(set(informed))
    assert not set(informed) & set(sample_directive.obligations[0].lead)


def test_the_extract_has_all_units_needed_with_those_above_them_and_no_other(
    sample_directive: Directive, directory: Directory
) -> None:
    extract = {unit.id: unit for unit in sample_directive.directory.units}
    needed = {"ubnd-can-tho", *sample_directive.obligations[0].lead, *sample_directive.informed}
    assert needed <= set(extract)
    assert all(unit.parent is None or unit.parent in extract for unit in extract.values())
    above = {unit.parent for unit in extract.values()}
    assert set(extract) - needed <= above
    assert (sample_directive.directory.version, sample_directive.directory.sha256) == (
        directory.version,
        directory.sha256(),
    )


def test_drafting_twice_gives_the_same_content(sample: Reading, directory: Directory) -> None:
    once, twice = (intake.draft(sample, directory, Calendar(), Policy()).directive for _ in range(2))
    assert once.sha256() == twice.sha256()


def test_deadline_lead_and_support_are_taken_over(letter: Letter, drafted: Callable[[str], Draft]) -> None:
    item = "1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát biên chế trước ngày 25/5/2023."
    obligation = drafted(letter(item)).directive.obligations[0]
    assert (obligation.mode, obligation.lead, obligation.support) == ("joint", ["so-noi-vu"], ["so-tai-chinh"])
    assert obligation.deadline == DateDeadline(kind="date", day=date(2023, 5, 25), bound="before")


def test_those_who_act_and_the_issuer_are_not_informed_again(letter: Letter, drafted: Callable[[str], Draft]) -> None:
    copies = "- Như trên;\n- UBND TP Cần Thơ;\n- Sở Nội vụ, Sở Y tế, Báo CT;\n- Lưu: VT."
    directive = drafted(letter("1. Giao Sở Y tế\n\nBáo cáo.", "2. Báo cáo.", copies=copies)).directive
    assert directive.informed == ["bao-can-tho"]


def test_those_also_addressed_are_informed(letter: Letter, drafted: Callable[[str], Draft]) -> None:
    to = "- Giám đốc Sở Nội vụ.\n\nĐồng kính gửi:\n\n- TT TU (để báo cáo)."
    directive = drafted(letter(to=to)).directive
    assert directive.informed == ["thuong-truc-thanh-uy"]
    assert directive.obligations[0].lead == ["so-noi-vu"]


def test_groups_are_expanded_as_of_the_day_of_the_document(letter: Letter, drafted: Callable[[str], Draft]) -> None:
    text = letter("1. Báo cáo.", to=f"- Giám đốc Sở Nội vụ;\n- {DISTRICTS}.")
    later = text.replace("năm 2023\n", "năm 2026\n")
    assert later != text
    assert len(drafted(text).directive.obligations[0].lead) == 10
    assert drafted(later).directive.obligations[0].lead == ["so-noi-vu"]


def test_a_holder_who_is_not_addressed_is_remarked(letter: Letter, drafted: Callable[[str], Draft]) -> None:
    draft = drafted(letter("1. Giao Sở Y tế\n\nBáo cáo."))
    assert draft.directive.obligations[0].lead == ["so-y-te"]
    assert [(each.code, each.params) for each in draft.warnings] == [
        ("holder_not_addressed", {"item": "1", "unit": "so-y-te"})
    ]


def test_a_limit_of_time_that_was_not_understood_is_remarked_again(
    letter: Letter, drafted: Callable[[str], Draft]
) -> None:
    draft = drafted(letter("1. Báo cáo trong tháng 5 năm 2023."))
    assert draft.directive.obligations[0].deadline == NoDeadline()
    assert [(each.code, each.params) for each in draft.warnings] == [
        ("drafted_without_deadline", {"item": "1", "text": "trong tháng 5 năm 2023"})
    ]


def test_a_citation_of_unclear_purpose_is_left_out_and_remarked(
    letter: Letter, drafted: Callable[[str], Draft]
) -> None:
    draft = drafted(letter(before="Chính phủ đã có Nghị quyết số 34/NQ-CP. Đề nghị:"))
    assert draft.directive.document.links == []
    assert [each.code for each in draft.warnings] == ["link_left_out"]


def test_unknown_bodies_are_all_told_with_place_and_candidates(
    letter: Letter, problems: Callable[[str], list[Problem]]
) -> None:
    text = letter(
        "1. Giao Sở Du lịch\n\nBáo cáo.",
        to="- Giám đốc Sở Nội vũ;\n- Giám đốc Sở Tài chính.",
        copies="- Như trên;\n- Báo Sao Hỏa;\n- Lưu: VT.",
    )
    told = problems(text)
    assert [(each.code, each.field, each.phrase) for each in told] == [
        ("unknown_body", "addressees[0]", "Giám đốc Sở Nội vũ"),
        ("unknown_body", "obligations[0].holders", "Sở Du lịch"),
        ("unknown_body", "copies[1]", "Báo Sao Hỏa"),
    ]
    assert told[0].candidates[0].id == "so-noi-vu"
    assert [text[each.spans[0].start : each.spans[0].end] for each in told] == [
        "Giám đốc Sở Nội vũ",
        "Sở Du lịch",
        "Báo Sao Hỏa",
    ]


def test_what_could_not_be_read_is_missing(letter: Letter, problems: Callable[[str], list[Problem]]) -> None:
    told = problems(letter(number="Số:    /UBND-NC", signature="CHỦ TỊCH"))
    assert [(each.code, each.field) for each in told] == [("missing", "number"), ("missing", "signer")]


def test_a_letter_without_a_day_cannot_be_resolved_at_all(
    letter: Letter, problems: Callable[[str], list[Problem]]
) -> None:
    told = problems(letter().replace("ngày 10 tháng 3 năm 2023", "ngày    tháng 3 năm 2023"))
    assert [(each.code, each.field) for each in told] == [("missing", "issued_on")]


def test_an_item_for_all_where_none_is_addressed_has_no_holder(
    letter: Letter, problems: Callable[[str], list[Problem]]
) -> None:
    text = letter().replace("Kính gửi:\n\n- Giám đốc Sở Nội vụ;\n- Giám đốc Sở Tài chính.\n\n", "")
    assert "Kính gửi" not in text
    assert [(each.code, each.phrase) for each in problems(text)] == [("no_holder", "1")]


def test_a_group_cannot_lead_others(letter: Letter, problems: Callable[[str], list[Problem]]) -> None:
    told = problems(letter("1. Giao Các sở chủ trì, phối hợp với Thanh tra thành phố rà soát.", to=f"- {ALL}."))
    assert [(each.code, each.field) for each in told] == [("lead_not_one", "obligations[0]")]


def test_a_value_that_the_domain_refuses_is_told_by_its_field(
    letter: Letter, problems: Callable[[str], list[Problem]]
) -> None:
    told = problems(letter().replace("V/v thử nghiệm", "V/v " + "a" * 501))
    assert [(each.code, each.field) for each in told] == [("invalid", "document.subject")]
    assert "500" in told[0].reason


def test_a_secret_letter_is_drafted_as_secret_for_the_issue_to_refuse(
    letter: Letter, drafted: Callable[[str], Draft]
) -> None:
    assert drafted("MẬT\n\n" + letter()).directive.document.secrecy is Secrecy.SECRET


def test_the_content_of_an_issue_survives_being_written_as_json(sample_directive: Directive) -> None:
    read = intake.from_json(sample_directive.model_dump_json().encode())
    assert read == sample_directive
    assert read.sha256() == sample_directive.sha256()


@pytest.mark.parametrize(
    ("content", "field", "reason"),
    [
        (b"", "", "Invalid JSON"),
        (b"null", "", "Input should be an object"),
        (b"{}", "document", "Field required"),
        (b"\xff{}", "", "Invalid JSON"),
        (b"[" * 100_000, "", "Invalid JSON"),
    ],
)
def test_what_is_no_content_of_an_issue_is_refused(content: bytes, field: str, reason: str) -> None:
    with pytest.raises(intake.InputError) as caught:
        intake.from_json(content)
    assert caught.value.field == field
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    ("old", "new", "field", "reason"),
    [
        ('"issuer":"ubnd-can-tho"', '"issuer":"Cần Thơ"', "document.issuer", "pattern"),
        ('"code_number":"1680"', '"code_number":1680', "document.code_number", "valid string"),
        ('"mode":"each"', '"mode":"all"', "obligations[0].mode", "'each' or 'joint'"),
        ('"cascade":true', '"cascade":true,"extra":1', "document.extra", "not permitted"),
        ('"cascade":true', '"cascade":true,"cascade":false', "cascade", "given twice"),
        ('"subject":"', '"subject":"\\u0007', "document.subject", "control characters"),
    ],
)
def test_a_faulty_content_is_refused_by_field_and_reason(
    sample_directive: Directive, old: str, new: str, field: str, reason: str
) -> None:
    content = sample_directive.model_dump_json()
    assert old in content
    with pytest.raises(intake.InputError) as caught:
        intake.from_json(content.replace(old, new, 1).encode())
    assert caught.value.field == field
    assert reason in caught.value.reason
