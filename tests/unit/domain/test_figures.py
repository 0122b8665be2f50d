"""FIGURES, clause by clause, as of before and after; and any life at any instant against the independent script."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any, Final

import pytest

from domain.command import Command
from domain.durations import MEDIAN, P90, Duration, nearest_rank, shown
from domain.event import Event
from domain.figures import Cell, Holder, age, assigned, cell, falling_due, overdue_days, tally
from domain.fold import fold, fold_as_of
from domain.spans import acknowledgement, spans_of
from domain.spans import standing as standing_of
from domain.state import RELEASED, DirectiveState
from tests.support.builders import (
    ISSUED,
    LEADER,
    Json,
    accept,
    acknowledge,
    approve,
    by,
    calendar,
    command,
    delivered,
    directive,
    head_of,
    local_time,
    obligation,
    refuse,
    report,
    return_report,
    someone,
)
from tests.support.desk import Desk
from tests.support.figures import cells_at, handed_on, told_at
from tests.support.instants import instants
from tests.support.lives import lived
from tests.support.steps import calendar_applied

DUE: Final = local_time("2026-11-21 00:00")
"""24:00 of the day that the directive names."""
SECOND: Final = timedelta(seconds=1)
DOCUMENT: Final = {"notation": "9/QĐ-UBND", "issued_date": "2026-11-02"}
LONG_AFTER: Final = local_time("2027-03-01 09:00")


def desk(*units: str, **changes: Any) -> Desk:
    """Due on the 20th; who holds it has acknowledged at once."""
    holders = units or ("unit-a",)
    one = Desk(directive(obligation(*holders, deadline=by("2026-11-20")), **changes))
    one.do(*map(acknowledge, holders))
    return one


def day(number: int, hour: str = "10:00") -> datetime:
    return local_time(f"2026-11-{number:02} {hour}")


def leader(kind: str, **fields: Any) -> Command:
    return command(kind, LEADER, **{"item": "1", "unit": "unit-a", **fields})


def reported(unit: str = "unit-a", **fields: Any) -> Command:
    return report(unit, by=head_of(unit), **fields)


def late_accepted() -> list[Command]:
    """Who was late says why before it is accepted."""
    return [command("explain", head_of("unit-a"), item="1", cause="late_input", text="thiếu số liệu"), accept()]


def waive() -> Command:
    return leader("waive", authority=DOCUMENT, reason="không còn cần")


def amend(until: str) -> Command:
    change = {"item": "1", "deadline": by(until)}
    return command("amend", LEADER, document=DOCUMENT, change=[change])


def envelopes(events: list[Event]) -> list[Json]:
    return [event.envelope() for event in events]


def known(events: list[Event], at: datetime) -> DirectiveState:
    state = fold_as_of(events, at)
    assert state is not None
    return state


def standing(desk_: Desk, at: datetime, assignment: str = "1.1") -> Cell | None:
    """The cell as of that instant, in which both reckonings agree."""
    found = cell(known(desk_.events, at).assignments[assignment], at)
    assert cells_at(envelopes(desk_.events), at)[desk_.stream, assignment] == found
    return found


def counted(desk_: Desk, at: datetime, unit: str = "unit-a") -> dict[str, int]:
    state = known(desk_.events, at)
    return dict(tally(state, state.assignments.values(), at)[Holder(unit, "lead")])


def test_a_finish_at_the_very_deadline_is_on_time_and_a_second_later_it_is_late() -> None:
    for finish, answer, expected in (
        (DUE, [accept()], "done_on_time"),
        (DUE + SECOND, late_accepted(), "done_late"),
    ):
        one = desk()
        one.do(reported(), at=finish)
        one.do(*answer, at=day(25))
        assert standing(one, LONG_AFTER) == expected


def test_open_work_is_overdue_only_after_the_deadline_has_gone_by() -> None:
    one = desk()
    assert [standing(one, at) for at in (ISSUED, DUE, DUE + SECOND)] == ["open_in_time", "open_in_time", "open_overdue"]


def test_without_a_deadline_nothing_is_overdue_and_what_is_done_is_on_time() -> None:
    one = Desk(directive(obligation("unit-a")))
    assert standing(one, LONG_AFTER) == "open_in_time"
    one.do(acknowledge(), reported(), accept(), at=day(25))
    assert standing(one, LONG_AFTER) == "done_on_time"
    assert counted(one, day(24))["no_deadline"] == counted(one, day(26))["no_deadline"] == 1


def test_a_report_is_done_from_its_acceptance_on_and_finished_when_it_left_the_unit() -> None:
    one = desk()
    one.do(reported(), at=day(19))
    one.do(accept(), at=day(25))
    before, after = day(25) - SECOND, day(25)
    assert [standing(one, at) for at in (before, after)] == ["open_in_time", "done_on_time"]
    assert [counted(one, at).get("awaiting_issuer", 0) for at in (before, after)] == [1, 0]


def test_the_time_at_the_issuers_desk_is_not_the_units() -> None:
    in_time, late = desk(), desk()
    in_time.do(reported(), at=day(19))
    late.do(reported(), at=day(23))
    assert (standing(in_time, LONG_AFTER), standing(late, LONG_AFTER)) == ("open_in_time", "open_overdue")


def test_the_time_at_the_heads_desk_is_the_units() -> None:
    one = desk()
    one.do(report(), at=day(19))
    assert standing(one, day(22)) == "open_overdue"
    one.do(approve(), at=day(23))
    one.do(*late_accepted(), at=day(24))
    assert standing(one, day(25)) == "done_late"


def test_a_returned_report_holds_no_longer_from_its_return_on() -> None:
    one = desk()
    one.do(reported(), at=day(19))
    one.do(return_report(), at=day(23))
    assert [standing(one, at) for at in (day(23) - SECOND, day(23))] == ["open_in_time", "open_overdue"]


def test_a_suspension_in_force_stops_the_clock_and_one_that_is_over_does_not() -> None:
    one = desk()
    one.do(leader("suspend", cause="other", reason="chờ"), at=day(18))
    one.do(leader("resume"), at=day(25))
    assert [standing(one, at) for at in (day(18), day(24), LONG_AFTER)] == [
        "open_in_time",
        "open_in_time",
        "open_overdue",
    ]
    assert [counted(one, at).get("suspended", 0) for at in (day(17), day(18), day(24), day(25))] == [0, 1, 1, 0]


def test_a_suspension_after_the_deadline_launders_nothing() -> None:
    one = desk()
    one.do(leader("suspend", cause="other", reason="chờ"), at=day(23))
    assert standing(one, day(24)) == "open_overdue"


def test_what_is_released_when_overdue_is_in_no_cell_and_stays_known_as_that() -> None:
    late, in_time = desk(), desk()
    late.do(waive(), at=day(23))
    in_time.do(waive(), at=day(19))
    assert [standing(late, at) for at in (day(23) - SECOND, day(23))] == ["open_overdue", None]
    assert [standing(in_time, at) for at in (day(19) - SECOND, day(23))] == ["open_in_time", None]
    assert counted(late, day(24)) == {"given": 1, "waived": 1, "released_when_overdue": 1}
    assert counted(in_time, day(24)) == {"given": 1, "waived": 1}


def test_a_deadline_moved_after_the_finish_does_not_change_the_cell_of_what_is_done() -> None:
    one = desk()
    one.do(reported(), at=day(23))
    assert standing(one, day(23)) == "open_overdue"
    one.do(amend("2026-12-18"), at=day(24))
    assert standing(one, day(24)) == "open_in_time"
    one.do(*late_accepted(), at=day(25))
    assert [standing(one, at) for at in (day(23), day(24), day(25))] == ["open_overdue", "open_in_time", "done_late"]


def test_a_deadline_moved_before_the_finish_is_the_one_that_counts() -> None:
    one = desk()
    one.do(amend("2026-12-18"), at=day(18))
    one.do(acknowledge(), reported(), accept(), at=day(27))
    assert [standing(one, at) for at in (day(26), day(27))] == ["open_in_time", "done_on_time"]


def test_an_extension_counts_from_its_grant_on() -> None:
    one = desk()
    asked = {"item": "1", "until": by("2026-11-27"), "reason": "chờ số liệu"}
    one.do(command("request_extension", head_of("unit-a"), **asked), at=day(19))
    one.do(leader("grant_extension"), at=day(23))
    assert [standing(one, at) for at in (day(22), day(23), day(28))] == ["open_overdue", "open_in_time", "open_overdue"]
    assert [counted(one, at).get("extended", 0) for at in (day(22), day(23))] == [0, 1]


def test_what_is_reopened_is_open_again_and_was_done_before() -> None:
    one = desk()
    one.do(reported(), accept(), at=day(18))
    one.do(leader("reopen", until=by("2026-11-26"), reason="sai số liệu"), at=day(23))
    found = [standing(one, at) for at in (day(22), day(23), day(27))]
    assert found == ["done_on_time", "open_in_time", "open_overdue"]
    one.do(reported(), at=day(25))
    one.do(accept(), at=day(27))
    assert standing(one, day(28)) == "done_on_time"
    assert counted(one, day(28))["reopened"] == 1


def test_what_is_refused_but_undecided_is_in_force_and_released_when_the_refusal_is_agreed_to() -> None:
    one = Desk(directive(obligation("unit-a", deadline=by("2026-11-20"))))
    one.do(refuse(), at=day(10))
    one.do(command("agree_refusal", LEADER, unit="unit-a"), at=day(25))
    assert [standing(one, at) for at in (day(11), day(24), day(25))] == ["open_in_time", "open_overdue", None]
    assert [counted(one, at).get("refused_undecided", 0) for at in (day(9), day(24), day(25))] == [0, 1, 0]
    assert counted(one, day(25))["withdrawn"] == 1


def test_a_refusal_that_was_declined_waits_no_longer() -> None:
    one = Desk(directive(obligation("unit-a", deadline=by("2026-11-20"))))
    one.do(refuse(), at=day(10))
    one.do(command("decline_refusal", LEADER, unit="unit-a", reason="đúng chức năng"), at=day(18))
    assert [counted(one, at).get("refused_undecided", 0) for at in (day(17), day(18))] == [1, 0]
    assert standing(one, day(23)) == "open_overdue"


def test_a_time_put_back_counts_from_its_correction_on() -> None:
    one = desk()
    one.do(reported(), at=day(23))
    one.do(*late_accepted(), at=day(24))
    to = day(20).isoformat()
    one.do(leader("correct_time", what="report", to=to, reason="mất điện", document=DOCUMENT), at=day(25))
    assert [standing(one, at) for at in (day(23), day(24), day(25))] == ["open_overdue", "done_late", "done_on_time"]
    assert [counted(one, at).get("time_corrected", 0) for at in (day(24), day(25))] == [0, 1]


def test_what_is_handed_on_counts_for_its_holder_at_that_instant_and_stays_known_of_the_former_one() -> None:
    one = desk("unit-a", "unit-b")
    one.do(command("propose_transfer", head_of("unit-a"), item="1", to="unit-b", reason="đúng chức năng"), at=day(19))
    one.do(leader("agree_transfer", item=None, unit=None, assignment="1.1"), at=day(23))
    assert counted(one, day(22)) == {"given": 1, "open_overdue": 1, "overdue_1_10": 1, "total": 1}
    assert counted(one, day(23)) == {"handed_on": 1, "handed_on_overdue": 1}
    expected = {"given": 2, "open_overdue": 2, "overdue_1_10": 2, "total": 2, "transferred": 1}
    assert counted(one, day(23), "unit-b") == expected


def test_what_is_handed_on_in_time_is_not_handed_on_overdue() -> None:
    one = desk("unit-a", "unit-b")
    one.do(command("propose_transfer", head_of("unit-a"), item="1", to="unit-b", reason="đúng chức năng"), at=day(18))
    one.do(leader("agree_transfer", item=None, unit=None, assignment="1.1"), at=day(19))
    assert counted(one, LONG_AFTER) == {"handed_on": 1}


def test_a_reorganisation_hands_on_but_is_no_transfer() -> None:
    one = desk("unit-a", "unit-b")
    move = {"kind": "merge", "effective": "2026-11-19", "moves": [{"unit": "unit-a", "to": "unit-b"}]}
    one.do(command("reorganise", someone("operator"), document=DOCUMENT, **move), at=day(19))
    assert counted(one, day(20)) == {"handed_on": 1}
    assert counted(one, day(20), "unit-b") == {"given": 2, "open_in_time": 2, "total": 2}


def test_lead_and_support_are_never_added() -> None:
    one = Desk(directive(obligation("unit-a", support=["unit-b"])))
    found = tally(one.state, one.state.assignments.values(), LONG_AFTER)
    assert {holder: counted_["total"] for holder, counted_ in found.items()} == {
        Holder("unit-a", "lead"): 1,
        Holder("unit-b", "support"): 1,
    }


def test_what_an_amendment_gives_is_assigned_on_its_date_and_not_known_before() -> None:
    one = desk()
    new = obligation("unit-a", item="2")
    dated = {**DOCUMENT, "issued_date": "2026-11-10"}
    one.do(command("amend", LEADER, document=dated, add=[new]), at=day(12))
    assert [len(known(one.events, at).assignments) for at in (day(12) - SECOND, day(12))] == [1, 2]
    state = one.state
    for first, last, expected in (
        (None, None, ["1.1", "2.1"]),
        (date(2026, 11, 2), date(2026, 11, 2), ["1.1"]),
        (date(2026, 11, 10), date(2026, 11, 10), ["2.1"]),
        (date(2026, 11, 3), date(2026, 11, 9), []),
    ):
        assert [found.id for found in assigned(state, first, last)] == expected


def test_an_occurrence_counts_from_the_day_it_opens_and_the_one_that_was_missed_stays_overdue() -> None:
    monthly = {"kind": "recurring", "every": "month", "day": 20}
    one = Desk(directive(obligation("unit-a", deadline=monthly)))
    opened = [event for event in one.wait_until(day(27)) if event.data.type == "OccurrenceOpened"]
    opened += [
        event for event in one.wait_until(local_time("2026-12-02 09:00")) if event.data.type == "OccurrenceOpened"
    ]
    assert len(opened) == 1
    at = opened[0].at
    assert [len(known(one.events, instant).assignments) for instant in (at - SECOND, at)] == [1, 2]
    assert [standing(one, at, id_) for id_ in ("1.1", "1.2")] == ["open_overdue", "open_in_time"]


def test_against_the_original_deadline_the_first_one_stands_in_its_place_everywhere() -> None:
    one = desk()
    one.do(amend("2026-12-18"), at=day(18))
    assert [cell(known(one.events, at).assignments["1.1"], at) for at in (day(17), day(27))] == ["open_in_time"] * 2
    [late, waived] = [known(one.events, day(27)).assignments["1.1"] for _ in range(2)]
    assert cell(late, day(27), originally=True) == "open_overdue"
    one.do(waive(), at=day(28))
    state = known(one.events, day(29))
    by_current, by_original = (
        tally(state, state.assignments.values(), day(29), originally=originally)[Holder("unit-a", "lead")]
        for originally in (False, True)
    )
    assert (by_current["released_when_overdue"], by_original["released_when_overdue"]) == (0, 1)
    assert waived.status == "open"


def test_a_hand_over_is_overdue_by_the_deadline_then_and_by_the_original_one() -> None:
    one = desk("unit-a", "unit-b")
    one.do(amend("2026-12-18"), at=day(18))
    one.do(acknowledge(), acknowledge("unit-b"), at=day(18))
    one.do(command("propose_transfer", head_of("unit-a"), item="1", to="unit-b", reason="đúng chức năng"), at=day(19))
    one.do(leader("agree_transfer", item=None, unit=None, assignment="1.1"), at=day(23))
    former = Holder("unit-a", "lead")
    found = [
        tally(one.state, one.state.assignments.values(), day(24), originally=originally)[former]
        for originally in (False, True)
    ]
    assert [counted_["handed_on_overdue"] for counted_ in found] == [0, 1]


@pytest.mark.parametrize(
    ("at", "days", "bucket"),
    [
        ("2026-11-21 00:01", 1, "overdue_1_10"),
        ("2026-11-22 10:00", 2, "overdue_1_10"),
        ("2026-11-23 00:00", 2, "overdue_1_10"),
        ("2026-11-30 10:00", 10, "overdue_1_10"),
        ("2026-12-01 00:01", 11, "overdue_11_30"),
        ("2026-12-20 10:00", 30, "overdue_11_30"),
        ("2026-12-21 10:00", 31, "overdue_31_120"),
        ("2027-03-20 10:00", 120, "overdue_31_120"),
        ("2027-03-21 10:00", 121, "overdue_over_120"),
    ],
)
def test_days_overdue_are_local_days_and_24_hours_belongs_to_its_day(at: str, days: int, bucket: str) -> None:
    one, instant = desk(), local_time(at)
    assignment = known(one.events, instant).assignments["1.1"]
    assert overdue_days(assignment, instant) == days
    assert (age(days), counted(one, instant)[bucket]) == (bucket, 1)


def test_what_is_overdue_by_an_hour_is_overdue_by_one_day() -> None:
    one = Desk(directive(obligation("unit-a", deadline=by("2026-11-20", "09:00"))))
    assert overdue_days(one.state.assignments["1.1"], day(20)) == 1
    assert overdue_days(one.state.assignments["1.1"], day(20, "09:00")) is None


def test_days_overdue_stop_when_the_report_leaves_the_unit() -> None:
    one = desk()
    one.do(reported(), at=day(23))
    assert overdue_days(known(one.events, LONG_AFTER).assignments["1.1"], LONG_AFTER) == 3


def test_what_is_done_counts_for_its_holder_at_the_finish_whoever_holds_it_at_the_acceptance() -> None:
    one = desk("unit-a", "unit-b")
    one.do(reported(), at=day(19))
    move = {"kind": "merge", "effective": "2026-11-20", "moves": [{"unit": "unit-a", "to": "unit-b"}]}
    one.do(command("reorganise", someone("operator"), document=DOCUMENT, **move), at=day(20))
    assert counted(one, day(21))["handed_on"] == 1
    assert counted(one, day(21), "unit-b")["total"] == 2
    one.do(accept(unit="unit-b", assignment="1.1"), at=day(22))
    assert counted(one, day(23)) == {"given": 1, "total": 1, "done_on_time": 1, "handed_on": 1}
    assert counted(one, day(23), "unit-b") == {"given": 1, "total": 1, "open_overdue": 1, "overdue_1_10": 1}


def test_nothing_that_happens_to_an_assignment_changes_the_day_on_which_it_was_assigned() -> None:
    one = desk("unit-a", "unit-b")
    asked = {"item": "1", "until": by("2026-11-27"), "reason": "chờ số liệu"}
    one.do(command("request_extension", head_of("unit-a"), **asked), at=day(10))
    one.do(leader("grant_extension"), at=day(11))
    one.do(reported(), at=day(12))
    to = day(11).isoformat()
    one.do(leader("correct_time", what="report", to=to, reason="mất điện", document=DOCUMENT), at=day(13))
    one.do(accept(), at=day(16))
    one.do(leader("reopen", until=by("2026-11-26"), reason="sai số liệu"), at=day(17))
    one.do(command("propose_transfer", head_of("unit-a"), item="1", to="unit-b", reason="đúng chức năng"), at=day(18))
    one.do(leader("agree_transfer", item=None, unit=None, assignment="1.1"), at=day(19))
    assert one.state.assignments["1.1"].assigned_on == date(2026, 11, 2)
    assert {"extended", "reopened", "transferred", "time_corrected"} < counted(one, day(20), "unit-b").keys()


def test_what_is_recorded_on_a_later_day_than_its_document_bears_is_registered_late() -> None:
    late = Desk(directive(obligation("unit-a")), at=day(3, "00:01"))
    assert counted(late, day(4))["registered_late"] == 1
    assert "registered_late" not in counted(desk(), day(4))


def test_groups_are_those_of_the_day_of_the_assignment() -> None:
    one = desk()
    entry = {"id": "unit-a", "name": "Sở Mới", "kind": "so", "email": "a@example.invalid"}
    move = {"kind": "rename", "effective": "2026-11-10", "units": [entry]}
    one.do(command("reorganise", someone("operator"), document=DOCUMENT, **move), at=day(12))
    assert [one.state.group_of("unit-a", date(2026, 11, number)) for number in (2, 9, 10, 12)] == ["", "", "so", "so"]
    [*_, span] = spans_of(one.events)["1.1"]
    assert span.standing is not None
    assert span.standing.group == ""


def test_the_cohort_due_takes_the_day_of_the_deadline_and_nothing_without_one() -> None:
    one = Desk(directive(obligation("unit-a", deadline=by("2026-11-20")), obligation("unit-b", item="2")))
    for first, last, expected in (
        (date(2026, 11, 20), date(2026, 11, 20), ["1.1"]),
        (date(2026, 11, 21), None, []),
        (None, None, ["1.1"]),
    ):
        assert [found.id for found in falling_due(one.state, first, last)] == expected


def test_completing_takes_working_minutes_by_the_calendar_in_force_at_the_finish() -> None:
    one = desk()
    one.do(reported(), at=day(4, "09:00"))
    # Announced afterwards: it was not in force at the finish.
    one.do(calendar_applied(**calendar(off=["2026-11-03"])), at=day(5))
    one.do(accept(), at=day(6))
    done = standing_of(one.state, one.state.assignments["1.1"])
    assert (done.worked_minutes, done.day_minutes) == (2 * 480, 480)
    announced = desk()
    announced.do(calendar_applied(**calendar(off=["2026-11-03"])), at=day(2, "11:00"))
    announced.do(reported(), at=day(4, "09:00"))
    announced.do(accept(), at=day(6))
    assert standing_of(announced.state, announced.state.assignments["1.1"]).worked_minutes == 480


def test_acknowledging_takes_working_minutes_from_the_first_delivery_per_receipt() -> None:
    one = Desk(directive(obligation("unit-a", "unit-b")))
    one.do(delivered("unit-a", at=ISSUED + timedelta(hours=2)), at=day(2, "12:00"))
    one.do(acknowledge("unit-a"), acknowledge("unit-b"), at=day(3, "09:00"))
    took = {unit: acknowledgement(one.state, receipt) for unit, receipt in one.state.receipts.items()}
    assert {unit: found and found.worked_minutes for unit, found in took.items()} == {"unit-a": 360, "unit-b": 480}


def test_median_and_p90_are_by_nearest_rank_one_of_the_values() -> None:
    took = [Duration(minutes, 480) for minutes in (480, 240, 960, 4800, 720, 480, 480, 2400, 120, 600)]
    assert [nearest_rank(took, percent) for percent in (MEDIAN, P90)] == [1, 5]
    assert nearest_rank(took[:1], P90) == 1
    assert nearest_rank([], MEDIAN) is None
    assert [shown(Fraction(*of)) for of in ((1, 2), (1, 20), (149, 1000), (25, 100))] == ["0.5", "0.1", "0.1", "0.3"]


SUBSETS: Final = (
    "no_deadline", "awaiting_issuer", "suspended", "refused_undecided", "extended", "reopened", "transferred",
    "registered_late", "time_corrected",
)  # fmt: skip
SEEDS: Final = range(80)
INSTANTS: Final = 12


@pytest.mark.parametrize("seed", SEEDS)
def test_any_life_as_of_any_instant_agrees_with_the_script_assignment_by_assignment(seed: int) -> None:
    events = [event for _, handling in lived(seed) for event in handling.events]
    exported = envelopes(events)
    assert fold_as_of(events, datetime.max.replace(tzinfo=UTC)) == fold(events)
    for at in instants(events, Random(seed), INSTANTS):
        expected = cells_at(exported, at)
        state = fold_as_of(events, at)
        if state is None:
            assert expected == {}
            continue
        found = {(state.stream, one.id): cell(one, at) for one in state.assignments.values()}
        assert found == expected, at
        _check_clauses(state, exported, at)
        _check_sums(state, exported, at)


def _check_clauses(state: DirectiveState, exported: list[Json], at: datetime) -> None:
    for (_, id_), one in told_at(exported, at).items():
        assignment = state.assignments[id_]
        for originally in (False, True):
            found = tally(state, [assignment], at, originally=originally)[Holder(one.credited, one.role)]
            assert {name for name in SUBSETS if found[name]} == one.subsets(at, originally=originally)
            days = one.overdue_days(at, originally=originally)
            assert overdue_days(assignment, at, originally=originally) == days
            assert cell(assignment, at, originally=originally) or assignment.status == one.cell(
                at, originally=originally
            )
        stood = standing_of(state, assignment)
        assert stood.group == one.group
        minutes, of_day = stood.worked_minutes, stood.day_minutes
        assert (None if minutes is None or of_day is None else Fraction(minutes, of_day)) == one.working_days()


def _check_sums(state: DirectiveState, exported: list[Json], at: datetime) -> None:
    told = list(told_at(exported, at).values())
    found = tally(state, state.assignments.values(), at)
    by_unit: Counter[str] = Counter()
    for holder, counted_ in found.items():
        by_unit[holder.unit] += counted_["given"]
        done = counted_["done_on_time"] + counted_["done_late"]
        open_ = counted_["open_in_time"] + counted_["open_overdue"]
        assert counted_["total"] == done + open_
        assert counted_["given"] == counted_["total"] + sum(counted_[kind] for kind in RELEASED)
    assert +by_unit == Counter(one.credited for one in told)
    total = sum(found.values(), Counter())
    assert total["given"] == len(told)
    assert total["released_when_overdue"] == sum(one.released_overdue for one in told)
    handed = list(handed_on(told))
    assert (total["handed_on"], total["handed_on_overdue"]) == (len(handed), sum(overdue for _, overdue in handed))
