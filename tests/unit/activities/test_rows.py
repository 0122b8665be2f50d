"""The rows of the read models: made from the state alone, and all of them whenever they change."""

from datetime import UTC

from activities.journal.rows import assignment_row, directive_row, handover_rows, receipt_row, receipt_rows, touched
from tests.support.builders import (
    accept,
    acknowledge,
    approve,
    by,
    close,
    delivered,
    directive,
    head_of,
    ladder,
    local_time,
    obligation,
    progress,
    refuse,
    report,
    return_report,
)
from tests.support.desk import Desk


def desk() -> Desk:
    tasks = obligation("unit-a", "unit-b", deadline=by("2026-11-25"))
    return Desk(directive(tasks, informed=["unit-c"], policy={"ladder": ladder(-3)}))


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


def test_since_when_the_head_has_a_report_is_told_only_while_he_has_it() -> None:
    one = desk()
    one.do(acknowledge())
    one.do(report(), at=local_time("2026-11-04 09:00"))
    assert assignment_row(one.state, one.state.assignments["1.1"])["reported_at"] == "2026-11-04T02:00:00+00:00"
    one.do(approve(), at=local_time("2026-11-05 10:00"))
    assert assignment_row(one.state, one.state.assignments["1.1"])["reported_at"] is None


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
        "current": True,
        "refusal_declined_at": None,
        "released_at": None,
        "recall": None,
        "times_corrected": 0,
    }


def test_the_issue_touches_everything_and_later_events_only_their_own_rows() -> None:
    one = desk()
    first = touched(one.state, one.events)
    assert (first.everything, first.assignments, first.receipts) == (
        True, {"1.1", "1.2"}, {"unit-a", "unit-b", "unit-c"},
    )  # fmt: skip
    told = touched(one.state, one.do(acknowledge()))
    assert (told.everything, told.assignments, told.receipts) == (False, set(), {"unit-a"})
    told = touched(one.state, one.do(progress()))
    assert (told.everything, told.assignments, told.receipts) == (False, {"1.1"}, set())
    told = touched(one.state, one.wait_until(local_time("2026-11-20 08:00")))
    assert (told.assignments, told.receipts) == ({"1.1", "1.2"}, set())


def test_closing_and_refused_commands_touch_no_row_of_an_assignment_or_receipt() -> None:
    one = Desk(directive(obligation("unit-a")))
    one.one(close())
    told = touched(one.state, one.last.events)
    assert (told.everything, told.assignments, told.receipts) == (False, set(), set())


AT = local_time("2026-11-10 09:00").astimezone(UTC)


def test_the_row_tells_since_when_the_time_is_not_the_unit_s_and_by_which_deadline_it_is_judged() -> None:
    one = desk()
    held = one.state.assignments["1.1"]
    assert (assignment_row(one.state, held)["held_until"], held.judged_by) == (None, held.deadline)
    held.suspended_at = AT
    assert assignment_row(one.state, held)["held_until"] == "2026-11-10T02:00:00+00:00"
    held.suspended_at = None
    one.do(acknowledge(), report(by=head_of("unit-a")), accept(), at=AT)
    # Whatever is set after the finish, it is judged by what held when it was finished.
    earlier = {"instant": local_time("2026-11-05 00:00").astimezone(UTC), "set_at": local_time("2026-11-12 09:00")}
    held.settings.append(held.settings[-1].model_copy(update=earlier))
    row = assignment_row(one.state, held)
    assert (row["deadline"], row["judged_by"]) == ("2026-11-04T17:00:00+00:00", "2026-11-25T17:00:00+00:00")
    assert row["left_unit_at"] == row["held_until"] == "2026-11-10T02:00:00+00:00"


def test_hand_overs_are_counted_and_told_one_by_one() -> None:
    one = desk()
    one.state.hand_over("1.1", "unit-b", AT, "transfer")
    one.state.hand_over("1.1", "unit-c", local_time("2026-12-01 09:00").astimezone(UTC), "reorganisation")
    row = assignment_row(one.state, one.state.assignments["1.1"])
    assert (row["unit"], row["first_unit"], row["transferred"]) == ("unit-c", "unit-a", 1)
    assert list(handover_rows(one.state, {"1.1", "1.2"})) == [
        {
            "assignment": "1.1",
            "number": 1,
            "before": "unit-a",
            "after": "unit-b",
            "at": "2026-11-10T02:00:00+00:00",
            "overdue": False,
            "overdue_originally": False,
            "before_group": "",
            "cause": "transfer",
        },
        {
            "assignment": "1.1",
            "number": 2,
            "before": "unit-b",
            "after": "unit-c",
            "at": "2026-12-01T02:00:00+00:00",
            "overdue": True,
            "overdue_originally": True,
            "before_group": "",
            "cause": "reorganisation",
        },
    ]


def test_receipts_of_earlier_revisions_stay_and_the_last_one_is_current() -> None:
    one = desk()
    one.do(acknowledge())
    one.state.receipts["unit-a"].released_at = AT
    one.state.revision = 2
    one.state.send("unit-a", AT)
    rows = list(receipt_rows(one.state, {"unit-a"}))
    assert [(row["revision"], row["current"], row["acknowledged_at"] is None) for row in rows] == [
        (1, False, False),
        (2, True, True),
    ]
    assert [row["unit"] for row in receipt_rows(one.state, {"unit-b"})] == ["unit-b"]
