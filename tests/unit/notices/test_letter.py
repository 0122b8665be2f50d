"""What a notice says, kind by kind and in both languages."""

import shlex

import pytest

from activities.notices.claim import EXCERPT, Task
from activities.notices.letter import shortened, write_letter
from catalogue import LANGUAGES, Language
from domain.notices import KINDS
from tests.unit.notices.made import STREAM, due_notice

EXPECTED_STEPS = {
    "issued": ["acknowledge", "refuse"],
    "reminder": ["report"] * 3,
    "deadline_passed": ["report"] * 3,
    "acknowledgement_passed": ["acknowledge", "refuse"],
    "unacknowledged": ["show"],
    "refused": ["show"],
    "report_waiting": ["accept", "return"] * 3,
    "returned": ["report"] * 3,
    "accepted": [None],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_its_words_in_both_languages(kind: str, language: Language) -> None:
    letter = write_letter(due_notice(kind), language)
    assert letter.subject.startswith("[1680/UBND-NC] ")
    assert "1680/UBND-NC" in letter.lead
    assert letter.reason == ("Thiếu số liệu." if kind in ("refused", "returned") else "")
    done_by = [step.command.split()[1] if step.command else None for step in letter.steps]
    assert done_by == EXPECTED_STEPS[kind]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_two_languages_differ_in_every_sentence_that_is_ours(kind: str) -> None:
    vi, en = (write_letter(due_notice(kind), language) for language in LANGUAGES)
    assert vi.title != en.title
    assert vi.lead != en.lead
    assert vi.steps_label != en.steps_label
    assert vi.footer != en.footer


def test_whom_another_unit_s_affairs_concern_is_told_which_unit_it_is_about() -> None:
    for kind in ("unacknowledged", "refused", "report_waiting"):
        assert "Thanh tra thành phố" in write_letter(due_notice(kind), "vi").lead


def test_who_is_only_informed_has_nothing_to_do() -> None:
    letter = write_letter(due_notice("issued", acts=False, tasks=[]), "vi")
    assert letter.title == "Văn bản gửi để biết"
    assert [step.command for step in letter.steps] == [None]


def test_deadlines_name_the_day_that_is_meant_in_local_time() -> None:
    tasks = write_letter(due_notice(), "vi").tasks
    assert [task.deadline for task in tasks] == [
        "Thời hạn: văn bản không nêu",
        "Thời hạn: hết ngày 31/12/2026",
        "Thời hạn: 10:30 ngày 31/12/2026",
    ]
    assert [task.heading for task in tasks] == [
        "Mục 1 (chủ trì), mã phân công 1.4",
        "Mục 3 (phối hợp), mã phân công 3.1",
        "Mục 4 (chủ trì), mã phân công 4.1",
    ]


def test_urgency_stands_in_the_subject_and_among_the_facts() -> None:
    letter = write_letter(due_notice(priority=3), "vi")
    assert letter.subject.startswith("[1680/UBND-NC] HỎA TỐC – Giao nhiệm vụ: ")
    assert ("Độ khẩn", "HỎA TỐC") in letter.facts
    assert not any(label == "Độ khẩn" for label, _ in write_letter(due_notice(), "vi").facts)


def test_long_texts_are_quoted_from_their_beginning() -> None:
    text = "nhiệm vụ " * 40
    [task] = write_letter(due_notice(tasks=[Task("1.1", "1", "lead", None, text[: EXCERPT + 1])]), "vi").tasks
    assert task.excerpt.endswith("nhiệm vụ…")
    assert len(task.excerpt) <= EXCERPT + 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [("", ""), ("a b", "a b"), ("a\n b", "a b"), ("abcd efg", "abcd…"), ("abcdefgh", "abcde…"), ("abcde", "abcde")],
)
def test_shortened_cuts_between_words_where_it_can(words: str, expected: str) -> None:
    assert shortened(words, 5) == expected


def test_a_symbol_that_a_shell_would_obey_is_quoted_in_the_commands() -> None:
    stream = "directive/ubnd/2026/01-$(reboot);'UB"
    for step in write_letter(due_notice("returned", stream=stream), "vi").steps:
        assert step.command is not None
        words = shlex.split(step.command, posix=True)
        assert words[:3] == ["directives", "report", stream]


def test_the_commands_name_directive_unit_and_assignment() -> None:
    [first, *_] = write_letter(due_notice("returned"), "vi").steps
    assert first.command == f"directives report {STREAM} --unit so-noi-vu --assignment 1.4 --text '…'"
