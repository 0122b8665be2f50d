"""Papers taken over from a list: what was before counts as it was, and nobody is told what they have long known."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from domain.base import LOCAL
from domain.commands.assignment_imported import AssignmentImported
from domain.directive import Directive
from domain.event import Event
from domain.events import read_event
from domain.fold import fold
from domain.outcome import Outcome
from domain.state import Assignment
from tests.support import builders as build
from tests.support.builders import ISSUED, Json
from tests.support.desk import Desk
from tests.support.figures import cells

STREAM = "directive/office/2026/17-UBND-NC"
PAPER = {"issued_date": "2026-09-01"}
DEADLINE = build.by("2026-10-01")


def line(assignment: str = "1.1", **days: Any) -> Json:
    return {"assignment": assignment, "line": int(assignment.rpartition(".")[2]) + 1, **days}


def finished(assignment: str = "1.1", on: str = "2026-10-01", accepted: str | None = "2026-10-05") -> Json:
    return line(assignment, acknowledged_on="2026-09-02", finished_on=on, accepted_on=accepted)


def running(*lines: Json, deadline: Json | None = None, **changes: Any) -> Directive:
    """A paper of September, taken over on the day of ``ISSUED``; a unit for each line."""
    units = [f"unit-{letter}" for letter in "abcdef"[: len(lines)]]
    told = {"file": "papers.csv", "sha256": "a" * 64, "lines": list(lines)}
    task = build.obligation(*units, deadline=deadline or DEADLINE)
    return build.directive(task, document=PAPER, imported=told, **changes)


def taken(desk: Desk, assignment: str = "1.1") -> Assignment:
    return desk.state.assignments[assignment]


def at_end_of(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=LOCAL) + timedelta(days=1)


def answered(content: Directive) -> Outcome:
    return Desk.first(build.issue(content), STREAM)


def test_each_line_becomes_an_event_behind_the_issue_and_the_deadlines() -> None:
    desk = Desk(running(finished(), line("1.2")))
    assert [event.data.type for event in desk.events] == [
        "DirectiveIssued", "DeadlineSet", "DeadlineSet", "AssignmentImported", "AssignmentImported",
    ]  # fmt: skip
    assert [taken(desk, one).imported_line for one in ("1.1", "1.2")] == [2, 3]
    assert [read_event(event.envelope()) for event in desk.events] == desk.events
    assert fold(desk.events) == desk.state


def test_what_was_accepted_on_paper_is_done_since_the_end_of_the_day_of_its_finish() -> None:
    desk = Desk(running(finished()))
    one = taken(desk)
    [report] = one.reports
    assert one.status == "accepted"
    assert (report.number, report.left_unit_at) == (1, at_end_of("2026-10-01"))
    assert report.accepted_at == at_end_of("2026-10-05")
    assert desk.one(build.accept(assignment="1.1")).outcome == "refused"


def test_what_was_finished_and_not_accepted_waits_for_the_issuer() -> None:
    desk = Desk(running(finished(accepted=None)))
    assert taken(desk).status == "with_issuer"
    [event] = desk.do(build.accept())
    assert (event.data.type, taken(desk).status) == ("ReportAccepted", "accepted")
    assert cells(desk.events, desk.now) == {"1.1": "done_on_time"}


def test_whoever_took_a_report_over_does_not_accept_it() -> None:
    desk = Desk(running(finished(accepted=None)))
    clerk = build.someone("leader", person=build.CLERK.person)
    assert desk.one(build.accept(by=clerk)).code == "own_report"


@pytest.mark.parametrize(
    ("told", "cell"),
    [
        (finished(on="2026-09-30"), "done_on_time"),
        # On the day of the deadline is in time: both end at 24:00.
        (finished(on="2026-10-01"), "done_on_time"),
        (finished(on="2026-10-02"), "done_late"),
        (finished(on="2026-10-01", accepted=None), "open_in_time"),
        (finished(on="2026-10-02", accepted=None), "open_overdue"),
        (line(), "open_overdue"),
    ],
)
def test_a_finish_of_before_is_judged_by_the_deadline_that_the_paper_had_named(told: Json, cell: str) -> None:
    desk = Desk(running(told))
    assert cells(desk.events, desk.now) == {"1.1": cell}
    one = taken(desk)
    late = one.judged_by is not None and min(one.held_until or desk.now, desk.now) > one.judged_by
    assert late == (cell in ("done_late", "open_overdue"))


@pytest.mark.parametrize(
    ("days", "acknowledged"),
    [
        ({"acknowledged_on": "2026-09-02"}, at_end_of("2026-09-02")),
        # Whoever finished it had it.
        ({"finished_on": "2026-09-20"}, at_end_of("2026-09-20")),
        # Never later than it was told of.
        ({"acknowledged_on": "2026-11-02"}, ISSUED),
        ({}, None),
    ],
)
def test_what_was_received_on_paper_need_not_be_acknowledged_again(days: Json, acknowledged: datetime | None) -> None:
    desk = Desk(running(line(**days)))
    receipt = desk.state.receipts["unit-a"]
    assert receipt.acknowledged_at == acknowledged
    assert acknowledged is None or receipt.sent_at <= acknowledged


def test_a_finish_of_today_is_no_later_than_its_telling() -> None:
    desk = Desk(running(finished(on="2026-11-02", accepted="2026-11-02")))
    [report] = taken(desk).reports
    assert (report.left_unit_at, report.accepted_at) == (ISSUED, ISSUED)


def test_only_those_are_told_who_have_not_had_it_and_of_no_list_the_informed() -> None:
    held = [
        line("1.1"),
        line("1.2", acknowledged_on="2026-09-02"),
        finished("1.3"),
        line("1.4", finished_on="2026-09-09"),
    ]
    desk = Desk(running(*held, informed=["unit-z"]))
    assert [(one.kind, one.unit, one.assignments) for one in desk.notices()] == [("issued", "unit-a", ["1.1"])]


def test_a_deadline_that_had_passed_rings_no_alarm_and_one_to_come_does() -> None:
    passed = Desk(running(line()))
    assert passed.wait_until(ISSUED + timedelta(days=400)) == []
    assert taken(passed).overdue(passed.now)
    coming = Desk(running(line(), deadline=build.by("2026-11-20"), policy={"ladder": build.ladder(-3)}))
    rung = coming.wait_until(ISSUED + timedelta(days=30))
    assert [event.data.type for event in rung] == ["RungReached", "DeadlinePassed"]


def test_a_report_taken_over_and_returned_after_its_deadline_rings_no_alarm_either() -> None:
    desk = Desk(running(finished(accepted=None)))
    desk.do(build.return_report())
    assert desk.wait_until(ISSUED + timedelta(days=30)) == []


def test_life_goes_on_from_where_the_paper_stood() -> None:
    desk = Desk(running(line(acknowledged_on="2026-09-02")))
    desk.do(build.progress(), build.report(), build.approve(), build.accept(), build.close())
    assert cells(desk.events, desk.now) == {"1.1": "done_late"}


@pytest.mark.parametrize("field", ["acknowledged_on", "finished_on"])
@pytest.mark.parametrize(("day", "problem"), [("2026-11-03", "in_the_future"), ("2026-08-31", "before_issue")])
def test_days_to_come_and_days_before_the_paper_are_refused(field: str, day: str, problem: str) -> None:
    outcome = answered(running(line(**{field: day})))
    assert (outcome.code, outcome.details["problem"]) == ("invalid_field", problem)
    assert outcome.details["field"] == "directive.imported.lines[0]"


def test_a_line_about_an_assignment_that_the_paper_does_not_hold_is_refused() -> None:
    assert answered(running(line("2.1"))).code == "unknown_assignment"


def test_the_deadline_may_lie_before_today_but_not_before_the_paper() -> None:
    assert answered(running(line())).outcome == "done"
    assert answered(running(line(), deadline=build.by("2026-08-31"))).code == "deadline_before_issue"


@pytest.mark.parametrize(
    "lines",
    [
        [line(accepted_on="2026-10-05")],
        [line(acknowledged_on="2026-10-02", finished_on="2026-10-01")],
        [line(finished_on="2026-10-02", accepted_on="2026-10-01")],
        [line(), line()],
        [],
    ],
)
def test_a_list_that_contradicts_itself_is_none(lines: list[Json]) -> None:
    with pytest.raises(ValidationError):
        running(*lines) if lines else build.directive(imported={"file": "x", "sha256": "a" * 64, "lines": []})


def test_a_directive_that_was_not_imported_has_the_digest_that_it_always_had() -> None:
    content = build.directive_json()
    del content["policy"]
    known = "56972d9679147bba633717d3d45ac90e76f3d4f0bf661befa666912b55bdd7ee"
    assert Directive.model_validate(content, strict=False).sha256() == known


def test_the_same_paper_from_a_list_that_was_corrected_elsewhere_is_the_same_paper() -> None:
    desk = Desk(running(finished()))
    again = running({**finished(), "line": 7})
    moved = again.model_copy(
        update={"imported": again.imported and again.imported.model_copy(update={"file": "b.csv"})}
    )
    assert desk.do(build.issue(moved)) == []
    other = running(finished(on="2026-10-02"))
    assert desk.one(build.issue(other)).code == "duplicate"


def test_the_event_names_the_line_and_the_unit() -> None:
    desk = Desk(running(finished()))
    event: Event = desk.events[-1]
    assert isinstance(event.data, AssignmentImported)
    assert (event.data.line, event.data.unit) == (2, "unit-a")
    concern = event.data.concerns()
    assert (concern.units, concern.assignments) == (("unit-a",), ("1.1",))


def test_a_report_that_was_late_on_paper_is_accepted_without_an_explanation() -> None:
    desk = Desk(running(finished(on="2026-10-07", accepted=None), policy={"explain_late": True}))
    assert desk.one(build.accept()).outcome == "done"
