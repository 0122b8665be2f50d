"""The rows of the read models: made from the state alone, and all of them whenever they change."""

from activities.journal.rows import assignment_row, directive_row, receipt_row, touched
from tests.support.builders import (
    accept,
    acknowledge,
    approve,
    by,
    close,
    delivered,
    directive,
    head_of,
    local_time,
    obligation,
    progress,
    refuse,
    report,
    return_report,
)
from tests.support.desk import Desk


def desk() -> Desk:
    return Desk(directive(obligation("unit-a", "unit-b", deadline=by("2026-11-25")), informed=["unit-c"]))


def test_the_register_has_what_a_list_of_directives_shows() -> None:
    row = directive_row(desk().state)
    shown = {key: row[key] for key in ("stream", "version", "phase", "issuer", "number", "notation", "subject")}
    assert shown == {
        "stream": "directive/office/2026/17-UBND-NC",
        "version": 3,
        "phase": "in_force",
        "issuer": "office",
        "number": "17",
        "notation": "UBND-NC",
        "subject": "tăng cường kiểm tra",
    }
    assert (row["issued_date"], row["ended_at"]) == ("2026-11-02", None)
    assert row["next_alarm"] == "2026-11-20T01:00:00+00:00"
    assert row["next_deadline"] == "2026-11-25T17:00:00+00:00"


def test_an_assignments_row_follows_its_work() -> None:
    one = desk()
    one.do(acknowledge(), progress(percent=40), report())
    waiting = assignment_row(one.state, one.state.assignments["1.1"])
    assert (waiting["status"], waiting["percent"], waiting["reports"]) == ("with_head", 40, 1)
    assert (waiting["unit_name"], waiting["assigned_on"]) == ("Đơn vị unit-a", "2026-11-02")
    assert waiting["first_deadline"] == waiting["deadline"] == "2026-11-25T17:00:00+00:00"
    assert waiting["left_unit_at"] is None


def test_when_a_report_left_the_unit_is_told_only_while_the_issuer_holds_it() -> None:
    one = desk()
    one.do(acknowledge(), report())
    one.do(approve(), at=local_time("2026-11-05 10:00"))
    assert assignment_row(one.state, one.state.assignments["1.1"])["left_unit_at"] == "2026-11-05T03:00:00+00:00"
    one.do(return_report())
    assert assignment_row(one.state, one.state.assignments["1.1"])["left_unit_at"] is None
    one.do(report(by=head_of("unit-a")), accept(), at=local_time("2026-11-06 10:00"))
    assert assignment_row(one.state, one.state.assignments["1.1"])["left_unit_at"] == "2026-11-06T03:00:00+00:00"


def test_a_receipts_row_has_every_instant_that_is_known() -> None:
    one = desk()
    one.do(delivered("unit-a"), refuse())
    row = receipt_row(one.state, one.state.receipts["unit-a"])
    assert row == {
        "unit": "unit-a",
        "unit_name": "Đơn vị unit-a",
        "purpose": "act",
        "revision": 1,
        "sent_at": "2026-11-02T02:00:00+00:00",
        "delivered_at": "2026-11-02T02:00:00+00:00",
        "acknowledge_by": "2026-11-03T17:00:00+00:00",
        "acknowledged_at": None,
        "refused_at": "2026-11-02T02:00:00+00:00",
        "gave_up_at": None,
    }


def test_the_issue_touches_everything_and_later_events_only_their_own_rows() -> None:
    one = desk()
    first = touched(one.state, one.events)
    assert (first.issued, first.assignments, first.receipts) == (
        True, {"1.1", "1.2"}, {"unit-a", "unit-b", "unit-c"},
    )  # fmt: skip
    told = touched(one.state, one.do(acknowledge()))
    assert (told.issued, told.assignments, told.receipts) == (False, set(), {"unit-a"})
    told = touched(one.state, one.do(progress()))
    assert (told.issued, told.assignments, told.receipts) == (False, {"1.1"}, set())
    told = touched(one.state, one.wait_until(local_time("2026-11-20 08:00")))
    assert (told.assignments, told.receipts) == ({"1.1", "1.2"}, set())


def test_closing_and_refused_commands_touch_no_row_of_an_assignment_or_receipt() -> None:
    one = Desk(directive(obligation("unit-a")))
    one.one(close())
    told = touched(one.state, one.last.events)
    assert (told.issued, told.assignments, told.receipts) == (False, set(), set())
