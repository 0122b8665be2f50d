"""What a notice says, kind by kind and in both languages."""

import shlex
from dataclasses import replace
from typing import Any

import pytest

from activities.notices.claim import EXCERPT, Task
from activities.notices.letter import MOST_TASKS, shortened, write_letter
from activities.notices.steps import MOST, NOTHING, OFFERS
from catalogue import LANGUAGES, Language
from domain.notices import KINDS
from tests.unit.notices.made import BY_DAY, BY_HOUR, STREAM, due_notice

EXPECTED_STEPS = {
    "issued": ["acknowledge", "refuse"],
    "amended": ["acknowledge", "refuse"],
    "acknowledgement_passed": ["acknowledge", "refuse"],
    "transferred_to": ["acknowledge", "refuse", *["report"] * 3],
    "reorganised": ["acknowledge", *["report"] * 3],
    "refusal_declined": ["acknowledge"],
    "reminder": ["acknowledge", *["report"] * 3],
    "deadline_passed": ["acknowledge", *["report"] * 3],
    "urged": ["acknowledge", *["report"] * 3],
    "resumed": ["acknowledge", *["report"] * 3],
    "transfer_declined": ["acknowledge", *["report"] * 3],
    "extension_granted": ["report"] * 3,
    "extension_denied": ["report"] * 3,
    "returned": ["report"] * 3,
    "reopened": ["report"] * 3,
    "explanation_demanded": ["explain", "report"] * 3,
    "occurrence_opened": ["acknowledge", *["report"] * 3],
    "overdue_tracker": ["urge", "escalate"] * 3,
    "overdue_head_of_office": ["urge"] * 3,
    "overdue_chairman": ["urge"] * 3,
    "unanswered_tracker": ["accept", "return", "escalate"] * 3,
    "unanswered_head_of_office": ["accept", "return"] * 3,
    "unanswered_chairman": ["accept", "return"] * 3,
    "unacknowledged": ["urge"],
    "unacknowledged_head_of_office": ["urge"],
    "unacknowledged_chairman": ["urge"],
    "review": ["urge"] * 3,
    "recalled": ["agree-recall", "refuse-recall"],
    "refused": ["agree-refusal", "decline-refusal"],
    "report_waiting": ["accept", "return"] * 3,
    "report_recommended": ["accept", "return"] * 3,
    "extension_requested": ["grant-extension", "deny-extension"] * 3,
    "transfer_proposed": ["agree-transfer", "decline-transfer"] * 3,
    "accepted": [None],
    "waived": [None],
    "dropped": [None],
    "transferred_away": [None],
    "refusal_agreed": [None],
}
"""What is to be done next; every other kind shows how things stand."""


def done_by(kind: str, **changes: Any) -> list[str | None]:
    """The commands that the mail offers."""
    steps = write_letter(due_notice(kind, **changes), "vi").steps
    return [step.command.split()[1] if step.command else None for step in steps]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_its_words_in_both_languages(kind: str, language: Language) -> None:
    letter = write_letter(due_notice(kind), language)
    assert letter.subject.startswith("[1680/UBND-NC] ")
    assert "1680/UBND-NC" in letter.lead
    assert letter.reason == ("Thiếu số liệu." if kind in ("refused", "returned") else "")
    assert all(step.words for step in letter.steps)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_says_what_to_do_next(kind: str) -> None:
    assert done_by(kind) == EXPECTED_STEPS.get(kind, ["show"])


def test_nothing_is_expected_or_offered_of_kinds_that_there_are_not() -> None:
    assert EXPECTED_STEPS.keys() | OFFERS.keys() | NOTHING - {"informed"} <= KINDS


OVERTAKEN = [
    ("issued", {"answered": True}, ["show"]),
    ("issued", {"refused": True}, ["acknowledge"]),
    ("reminder", {"answered": True, "tasks": [replace(BY_DAY, status="accepted")]}, ["show"]),
    ("reminder", {"answered": True, "tasks": [replace(BY_DAY, status="waived"), BY_HOUR]}, ["report"]),
    ("reminder", {"answered": True, "tasks": [replace(BY_DAY, unit="thanh-tra")]}, ["show"]),
    ("reminder", {"answered": True, "tasks": [replace(BY_DAY, suspended=True)]}, ["show"]),
    ("returned", {"tasks": [replace(BY_DAY, status="with_issuer")]}, ["show"]),
    (
        "report_waiting",
        {"tasks": [replace(BY_DAY, status="accepted"), replace(BY_HOUR, status="with_issuer")]},
        ["accept", "return"],
    ),
    ("report_waiting", {"tasks": [replace(BY_DAY, status="returned")]}, ["show"]),
    ("refused", {"about_refused": False}, ["show"]),
    ("unacknowledged_chairman", {"about_unanswered": False}, ["show"]),
    ("overdue_tracker", {"tasks": [replace(BY_DAY, status="with_issuer")]}, ["escalate"]),
    ("overdue_chairman", {"tasks": [replace(BY_DAY, suspended=True)]}, ["show"]),
    (
        "overdue_chairman",
        {"tasks": [replace(BY_DAY, asks_extension=True)]},
        ["urge", "grant-extension", "deny-extension"],
    ),
    ("unanswered_chairman", {"tasks": [replace(BY_DAY, status="accepted")]}, ["show"]),
    (
        "deadline_passed",
        {"answered": True, "tasks": [replace(BY_DAY, owes_explanation=True)]},
        ["report", "explain"],
    ),
]


@pytest.mark.parametrize(("kind", "standing", "expected"), OVERTAKEN)
def test_what_is_not_owed_any_more_is_not_asked_for(kind: str, standing: dict[str, Any], expected: list[str]) -> None:
    assert done_by(kind, **standing) == expected


def test_the_issuer_is_offered_what_it_decides_about_the_other_unit() -> None:
    commands = [step.command for step in write_letter(due_notice("refused"), "vi").steps]
    assert commands == [
        f"directives agree-refusal {STREAM} --unit thanh-tra",
        f"directives decline-refusal {STREAM} --unit thanh-tra --reason '…'",
    ]


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


def test_whoever_is_told_of_several_units_reads_of_each_task_whose_it_is() -> None:
    theirs = replace(BY_DAY, unit="thanh-tra", unit_name="Thanh tra thành phố")
    letter = write_letter(due_notice("overdue_chairman", unit="office", about=None, tasks=[theirs]), "vi")
    assert [task.heading for task in letter.tasks] == ["Thanh tra thành phố: mục 3 (phối hợp), mã phân công 3.1"]
    own = write_letter(due_notice("reminder", about=None, tasks=[BY_DAY, theirs]), "vi").tasks
    assert own[0].heading == "Mục 3 (phối hợp), mã phân công 3.1"


def test_a_digest_of_thousands_lists_the_first_and_counts_the_others() -> None:
    notice = due_notice("overdue_chairman", about=None, tasks=[BY_DAY] * 3_000)
    letter = write_letter(notice, "en")
    assert len(letter.tasks) == MOST_TASKS
    assert letter.tasks_more == "And 2900 more assignments."
    assert [step.command.split()[1] for step in letter.steps if step.command] == [*["urge"] * MOST, "show"]


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
    [task] = write_letter(due_notice(tasks=[Task("1.1", "1", "lead", None, text[: EXCERPT + 1], "u", "U")]), "vi").tasks
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
