"""Progress, completion report, approve, send back, accept, return."""

from collections.abc import Callable, Sequence

import pytest

from domain.command import Command
from domain.refusal import Code
from tests.support.builders import (
    LEADER,
    accept,
    acknowledge,
    approve,
    command,
    directive,
    head_of,
    local_time,
    obligation,
    officer_of,
    progress,
    report,
    return_report,
    send_back,
)
from tests.support.desk import Desk

Make = Callable[[], Command]
LATER = local_time("2026-11-03 10:00")


def heads_own() -> Command:
    return report(by=head_of("unit-a"))


def second_report() -> Command:
    return report(by=officer_of("unit-a"))


OPEN: Sequence[Make] = (acknowledge,)
WITH_HEAD: Sequence[Make] = (acknowledge, report)
SENT_BACK: Sequence[Make] = (*WITH_HEAD, send_back)
WITH_ISSUER: Sequence[Make] = (*WITH_HEAD, approve)
RETURNED: Sequence[Make] = (*WITH_ISSUER, return_report)
ACCEPTED: Sequence[Make] = (*WITH_ISSUER, accept)
STATUSES = {
    "open": OPEN,
    "with_head": WITH_HEAD,
    "sent_back": SENT_BACK,
    "with_issuer": WITH_ISSUER,
    "returned": RETURNED,
    "accepted": ACCEPTED,
}

WORK = {
    "open": None,
    "sent_back": None,
    "returned": None,
    "with_head": Code.REPORT_PENDING,
    "with_issuer": Code.REPORT_PENDING,
    "accepted": Code.ALREADY_ACCEPTED,
}
CELLS: list[tuple[Make, str, Code | None]] = [
    *((make, status, code) for make in (progress, report) for status, code in WORK.items()),
    *(
        (make, status, None if status == "with_head" else Code.NO_REPORT_WAITING)
        for make in (approve, send_back)
        for status in STATUSES
    ),
    *(
        (make, status, None if status == "with_issuer" else Code.NO_REPORT_WAITING)
        for make in (accept, return_report)
        for status in STATUSES
    ),
]


def standing(status: str) -> Desk:
    desk = Desk(directive(obligation("unit-a")))
    desk.do(*(make() for make in STATUSES[status]))
    assert desk.state.assignments["1.1"].status == status
    return desk


@pytest.mark.parametrize(("make", "status", "code"), CELLS)
def test_each_command_about_work_is_allowed_in_its_states_and_refused_in_all_others(
    make: Make, status: str, code: Code | None
) -> None:
    outcome = standing(status).one(make())
    assert outcome.code is code
    if code is not None:
        assert outcome.details == {"assignment": "1.1"}


@pytest.mark.parametrize("make", [progress, report])
def test_before_the_unit_has_acknowledged_it_can_report_nothing(make: Make) -> None:
    outcome = Desk().one(make())
    assert outcome.code is Code.NOT_ACKNOWLEDGED
    assert outcome.details == {"unit": "unit-a"}


def test_the_latest_estimate_of_progress_stands_even_where_it_is_lower() -> None:
    desk = standing("open")
    desk.do(progress(percent=80), progress(percent=60, by=head_of("unit-a"), text="tính lại"))
    assert desk.state.assignments["1.1"].percent == 60
    assert desk.state.assignments["1.1"].status == "open"


def test_an_officers_report_waits_for_the_head_and_has_not_left_the_unit() -> None:
    desk = standing("with_head")
    [one] = desk.state.assignments["1.1"].reports
    assert (one.number, one.submitted_by, one.left_unit_at) == (1, "officer of unit-a", None)


def test_a_heads_own_report_leaves_the_unit_at_once() -> None:
    desk = standing("open")
    desk.do(heads_own(), at=LATER)
    [one] = desk.state.assignments["1.1"].reports
    assert (one.left_unit_at, one.approved_by) == (LATER, None)
    assert desk.state.assignments["1.1"].status == "with_issuer"


def test_the_finish_is_the_moment_of_the_heads_approval_not_of_submission_or_acceptance() -> None:
    desk = standing("with_head")
    desk.do(approve(), at=local_time("2026-11-04 10:00"))
    desk.do(accept(), at=local_time("2026-11-20 10:00"))
    [one] = desk.state.assignments["1.1"].reports
    assert one.left_unit_at == local_time("2026-11-04 10:00")
    assert one.accepted_at == local_time("2026-11-20 10:00")
    assert not desk.state.assignments["1.1"].owed


def test_reports_are_numbered_within_their_assignment_and_none_is_forgotten() -> None:
    desk = standing("open")
    desk.do(report(), send_back(), report(), approve(), return_report(), heads_own(), accept())
    one, two, three = desk.state.assignments["1.1"].reports
    assert [report.number for report in (one, two, three)] == [1, 2, 3]
    assert one.sent_back_at
    assert two.returned_at
    assert three.accepted_at
    assert not any((one.left_unit_at, one.accepted_at, two.accepted_at))


@pytest.mark.parametrize(("make", "reason"), [(send_back, "thiếu số liệu"), (return_report, "chưa đủ căn cứ")])
def test_what_is_given_back_is_given_back_with_a_reason(make: Make, reason: str) -> None:
    desk = standing("with_head" if make is send_back else "with_issuer")
    [event] = desk.do(make())
    assert event.data.reason == reason


def test_assignments_go_their_own_ways() -> None:
    desk = Desk(directive(obligation("unit-a", "unit-b"), obligation("unit-a", item="2")))
    desk.do(acknowledge("unit-a"), acknowledge("unit-b"), report("unit-a"), report("unit-b", by=head_of("unit-b")))
    desk.do(accept("unit-b"))
    assert [one.status for one in desk.state.assignments.values()] == ["with_head", "accepted", "open"]


class TestWhichAssignmentIsMeant:
    """By its id, or by item and unit where these leave one."""

    @pytest.fixture
    def desk(self) -> Desk:
        desk = Desk(directive(obligation("unit-a", "unit-b"), obligation("unit-a", item="2")))
        desk.do(acknowledge("unit-a"), acknowledge("unit-b"))
        return desk

    @pytest.mark.parametrize(
        ("named", "hit"),
        [
            ({"item": "1"}, "1.1"),
            ({"item": "2"}, "2.1"),
            ({"assignment": "2.1"}, "2.1"),
            ({"item": "1", "unit": "unit-a"}, "1.1"),
            ({"assignment": "1.1", "item": "1", "unit": "unit-a"}, "1.1"),
        ],
    )
    def test_a_units_people_need_not_name_their_unit(self, desk: Desk, named: dict[str, str], hit: str) -> None:
        [event] = desk.do(command("progress", officer_of("unit-a"), percent=10, **named))
        assert event.data.assignment == hit

    def test_neither_item_nor_assignment_is_needed_where_the_unit_holds_only_one(self, desk: Desk) -> None:
        [event] = desk.do(progress("unit-b", item=None))
        assert event.data.assignment == "1.2"

    def test_the_issuers_people_name_the_unit_or_the_assignment(self, desk: Desk) -> None:
        desk.do(report("unit-b", by=head_of("unit-b")))
        assert desk.one(command("accept", LEADER, item="1")).details == {"unit": "-"}
        [event] = desk.do(accept(assignment="1.2"))
        assert event.data.assignment == "1.2"

    @pytest.mark.parametrize(
        ("named", "code", "details"),
        [
            ({"item": None}, Code.AMBIGUOUS_ASSIGNMENT, {"candidates": "1.1, 2.1"}),
            ({"item": "9"}, Code.UNKNOWN_ITEM, {"item": "9"}),
            ({"assignment": "1.9", "item": None}, Code.UNKNOWN_ASSIGNMENT, {"assignment": "1.9"}),
            ({"assignment": "1.2", "item": None}, Code.WRONG_UNIT, {"unit": "unit-a", "issuer": "unit-b"}),
            ({"item": "1", "unit": "unit-b"}, Code.WRONG_UNIT, {"unit": "unit-a", "issuer": "unit-b"}),
            ({"item": "1", "unit": "unit-z"}, Code.UNKNOWN_UNIT, {"unit": "unit-z"}),
            ({"assignment": "1.1", "item": "2"}, Code.UNKNOWN_ASSIGNMENT, {"assignment": "1.1/2"}),
            ({"assignment": "1.1", "unit": "unit-b"}, Code.UNKNOWN_ASSIGNMENT, {"assignment": "1.1/1/unit-b"}),
        ],
    )
    def test_what_fits_none_or_several_or_anothers_is_refused_never_guessed(
        self, desk: Desk, named: dict[str, str | None], code: Code, details: dict[str, str]
    ) -> None:
        outcome = desk.one(command("progress", officer_of("unit-a"), percent=10, **{"item": "1", **named}))
        assert outcome.code is code
        assert outcome.details == details

    def test_a_unit_that_has_no_part_in_an_item_has_no_assignment_of_it(self, desk: Desk) -> None:
        outcome = desk.one(progress("unit-b", item="2"))
        assert outcome.code is Code.UNKNOWN_ASSIGNMENT
        assert outcome.details == {"assignment": "2/unit-b"}

    def test_an_informed_unit_holds_nothing(self) -> None:
        desk = Desk(directive(obligation("unit-a"), informed=["unit-c"]))
        assert desk.one(progress("unit-c")).code is Code.UNKNOWN_ASSIGNMENT
