"""Issue: how a directive comes into being, and when it does not."""

import pytest

from domain.actor import Role
from domain.commands.issue import DirectiveIssued
from domain.directive import Directive
from domain.document import stream_of
from domain.outcome import Outcome
from domain.refusal import Code
from tests.support.builders import (
    ISSUED,
    STREAM,
    Json,
    accept,
    acknowledge,
    before,
    by,
    close,
    directive,
    directive_json,
    issue,
    local_time,
    obligation,
    report,
    someone,
)
from tests.support.desk import Desk


def first_answer(*obligations: Json, stream: str = STREAM, **changes: object) -> Outcome:
    """What a start with this content is answered, where there is nothing yet."""
    return Desk.first(issue(directive(*obligations, **changes)), stream)


def test_in_mode_each_every_addressee_leads_an_assignment_of_its_own() -> None:
    state = Desk(directive(obligation("unit-a", "unit-b"), obligation("unit-b", item="2"))).state
    held = [(one.id, one.item, one.unit, one.role) for one in state.assignments.values()]
    assert held == [("1.1", "1", "unit-a", "lead"), ("1.2", "1", "unit-b", "lead"), ("2.1", "2", "unit-b", "lead")]


def test_in_mode_joint_one_leads_and_the_others_support() -> None:
    state = Desk(directive(obligation("unit-a", support=["unit-b", "unit-c"]))).state
    held = [(one.id, one.unit, one.role) for one in state.assignments.values()]
    assert held == [("1.1", "unit-a", "lead"), ("1.2", "unit-b", "support"), ("1.3", "unit-c", "support")]


def test_the_sample_letters_shape_gives_two_assignments_for_each_unit_and_two_more() -> None:
    units = [f"unit-{number}" for number in range(1, 30)]
    tasks = [obligation(*units, item="1"), obligation(*units, item="2"), obligation(*units[:2], item="3")]
    state = Desk(directive(*tasks)).state
    assert len(state.assignments) == 2 * len(units) + 2
    for unit in units:
        held = [one for one in state.assignments.values() if one.unit == unit]
        assert len(held) == (3 if unit in units[:2] else 2)
    assert all(one.role == "lead" for one in state.assignments.values())


def test_every_unit_gets_one_receipt_and_a_unit_that_must_act_is_not_merely_informed() -> None:
    tasks = [obligation("unit-a"), obligation("unit-a", item="2")]
    receipts = Desk(directive(*tasks, informed=["unit-b", "unit-a"])).state.receipts
    assert {unit: one.purpose for unit, one in receipts.items()} == {"unit-a": "act", "unit-b": "inform"}
    assert all(one.revision == 1 and one.sent_at == ISSUED for one in receipts.values())


def test_assignments_are_assigned_on_the_date_of_the_document_not_of_its_registration() -> None:
    state = Desk(at=local_time("2026-11-05 09:00")).state
    assert {one.assigned_on.isoformat() for one in state.assignments.values()} == {"2026-11-02"}


def test_the_first_event_holds_the_whole_content_and_the_digests_it_was_decided_under() -> None:
    content = directive()
    first = Desk(content).events[0].data
    assert isinstance(first, DirectiveIssued)
    assert first.directive == content
    assert first.content_sha256 == content.sha256()
    assert first.calendar_sha256 == content.calendar.sha256()
    assert first.policy_sha256 == content.policy.sha256()


@pytest.mark.parametrize("secrecy", ["mat", "toi_mat", "tuyet_mat"])
def test_state_secrets_are_refused(secrecy: str) -> None:
    outcome = first_answer(document={"secrecy": secrecy})
    assert outcome.code is Code.STATE_SECRET
    assert outcome.details == {"secrecy": secrecy}


@pytest.mark.parametrize(
    "changes",
    [
        {"informed": ["unit-z"]},
        {"document": {"issuer": "unit-z"}},
    ],
)
def test_a_unit_outside_the_extract_of_the_directory_is_refused(changes: Json) -> None:
    known = [{"id": unit, "name": unit} for unit in ("office", "unit-a", "unit-b")]
    units = {"version": "1", "sha256": "0" * 64, "units": known}
    content = directive(**{**changes, "directory": units})
    outcome = Desk.first(issue(content, by=someone(Role.CLERK, content.document.issuer)), stream_of(content.document))
    assert outcome.code is Code.UNKNOWN_UNIT
    assert outcome.details == {"unit": "unit-z"}


@pytest.mark.parametrize("field", ["lead", "support"])
def test_a_holder_outside_the_extract_of_the_directory_is_refused(field: str) -> None:
    task = {**obligation("unit-a", support=["unit-b"]), field: ["unit-z"]}
    known = [{"id": unit, "name": unit} for unit in ("office", "unit-a", "unit-b")]
    outcome = Desk.first(issue(directive(task, directory={"version": "1", "sha256": "0" * 64, "units": known})))
    assert outcome.code is Code.UNKNOWN_UNIT
    assert outcome.details == {"unit": "unit-z"}


@pytest.mark.parametrize("deadline", [by("2026-10-30"), before("2026-10-31"), by("2026-11-02", "00:00")])
def test_a_deadline_that_ends_before_the_day_of_issue_is_refused(deadline: Json) -> None:
    outcome = first_answer(obligation("unit-a", deadline=deadline))
    assert outcome.code is Code.DEADLINE_BEFORE_ISSUE
    assert outcome.details["item"] == "1"


@pytest.mark.parametrize("deadline", [by("2026-11-02"), by("2026-11-02", "00:01"), by("2026-11-02", "08:00")])
def test_a_deadline_on_the_day_of_issue_stands_even_where_the_directive_is_registered_after_it(deadline: Json) -> None:
    assert first_answer(obligation("unit-a", deadline=deadline)).outcome == "done"


def test_a_directive_under_the_id_of_another_is_refused_and_told_its_own() -> None:
    other = "directive/office/2026/18-UBND-NC"
    outcome = first_answer(stream=other)
    assert outcome.code is Code.ID_MISMATCH
    assert outcome.details == {"expected": STREAM, "stream": other}


@pytest.mark.parametrize(
    ("number", "year", "id_"),
    [
        ("9", "2026", "directive/office/2026/09-UBND-NC"),
        ("09", "2026", "directive/office/2026/09-UBND-NC"),
        ("0009", "2026", "directive/office/2026/09-UBND-NC"),
        ("1680", "2023", "directive/office/2023/1680-UBND-NC"),
        ("5a", "2026", "directive/office/2026/05a-UBND-NC"),
        ("0", "2026", "directive/office/2026/00-UBND-NC"),
    ],
)
def test_the_id_is_made_of_issuer_year_number_and_symbol_however_the_number_is_written(
    number: str, year: str, id_: str
) -> None:
    content = directive(document={"code_number": number, "issued_date": f"{year}-11-02"})
    assert stream_of(content.document) == id_


@pytest.mark.parametrize("closed", [False, True])
def test_issued_again_with_the_same_content_it_is_the_same_directive_in_every_phase(closed: bool) -> None:
    desk = Desk(directive(obligation("unit-a")))
    if closed:
        desk.do(acknowledge(), report(by=someone(Role.UNIT_HEAD)), accept(), close())
    version = desk.state.version
    again = desk.one(issue(directive(obligation("unit-a"))))
    assert (again.outcome, again.events, again.version) == ("done", [], version)


@pytest.mark.parametrize("said", [{}, {"remind_working_days_before": 3}])
def test_a_file_of_the_first_release_is_the_same_whether_or_not_it_said_the_default_of_then(said: Json) -> None:
    content = directive_json(obligation("unit-a"))
    first, again = ({**content, "policy": policy} for policy in ({}, said))
    digests = [Directive.model_validate(one, strict=False).sha256() for one in (first, again)]
    assert digests[0] == digests[1]


@pytest.mark.parametrize(
    "changes", [{"document": {"subject": "khác"}}, {"policy": {"linger_days": 1}}, {"informed": ["unit-c"]}]
)
def test_issued_again_with_other_content_it_is_a_duplicate(changes: Json) -> None:
    desk = Desk()
    outcome = desk.one(issue(directive(**changes)))
    assert outcome.code is Code.DUPLICATE
    assert outcome.details == {"stream": STREAM}
    assert desk.events[-1].data.type == "CommandRejected"
    assert desk.state.document.subject == "tăng cường kiểm tra"


def test_before_it_is_issued_every_other_command_is_answered_that_there_is_no_such_directive() -> None:
    assert Desk.first(acknowledge()).code is Code.NOT_FOUND


def test_a_document_without_a_field_is_known_again_as_before_there_were_fields() -> None:
    plain = directive(document={"field": ""})
    assert plain.sha256() == directive().sha256()
    assert "field" not in plain.model_dump(mode="json", exclude_defaults=True)["document"]
    assert directive(document={"field": "Tài chính"}).sha256() != plain.sha256()
