"""The ladder: when who is urged around a deadline, once for each rung, and when it ends."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final

import pytest
from pydantic import ValidationError

from domain.alarms import next_alarm
from domain.base import local
from domain.calendar import Calendar
from domain.command import Command
from domain.event import Event
from domain.ladder import Ladder, Rungs, next_rung, told
from domain.policy import Policy
from domain.timed.deadline import RungReached
from tests.support.builders import (
    LEADER,
    QUIET,
    STANDARD,
    Json,
    accept,
    acknowledge,
    by,
    calendar,
    command,
    delivered,
    directive,
    head_of,
    ladder,
    local_time,
    obligation,
    report,
    return_report,
    special,
)
from tests.support.desk import Desk
from tests.support.steps import (
    calendar_applied,
    explained,
    policy_applied,
    recall,
    reported,
    suspended,
    waived,
    window_moved,
)

TET: Final = ["2023-01-20", "2023-01-23", "2023-01-24", "2023-01-25", "2023-01-26"]
"""Five days off between two weekends: Friday 20 to Thursday 26 January 2023."""
RUNGS: Final = {"ladder": STANDARD["ladder"]}
"""The ladder that is assumed, and nothing else."""
DEADLINE: Final = local_time("2026-11-26 00:00")


def around_tet(**changes: Any) -> Desk:
    """By the first working day after Tết, issued on the first Tuesday of the year."""
    content = directive(
        obligation("unit-a", deadline=by("2023-01-27")),
        document={"issued_date": "2023-01-03", **changes.pop("document", {})},
        **{"calendar": calendar(off=TET), "policy": RUNGS, **changes},
    )
    return Desk(content, at=local_time("2023-01-03 09:00"))


def owing(policy: Json | None = None, **changes: Any) -> Desk:
    """One unit, by 25 November."""
    content = directive(obligation("unit-a", deadline=by("2026-11-25")), policy=policy or RUNGS, **changes)
    return Desk(content)


def rung(events: list[Event]) -> list[RungReached]:
    return [event.data for event in events if isinstance(event.data, RungReached)]


def numbers(events: list[Event]) -> list[int]:
    return [one.rung for one in rung(events)]


def test_around_a_deadline_over_tet_every_rung_comes_on_its_working_day_in_the_morning() -> None:
    reached = rung(around_tet().live_until(local_time("2023-03-02 00:00")))
    assert [(one.rung, one.due_at) for one in reached] == [
        (number, local_time(f"2023-{day} 08:00"))
        for number, day in [
            (-7, "01-11"), (-3, "01-17"), (-1, "01-19"), (0, "01-27"), (1, "01-30"), (3, "02-01"),
            (8, "02-08"), (13, "02-15"), (18, "02-22"), (23, "03-01"),
        ]
    ]  # fmt: skip
    assert not any(one.skipped for one in reached)


def test_after_the_last_rung_it_comes_weekly_and_after_the_policys_time_monthly_to_the_tracker_alone() -> None:
    reached = rung(around_tet().live_until(local_time("2023-09-30 00:00")))
    later = [one for one in reached if one.rung >= 3]
    assert [one.rung for one in later] == [3, *range(8, 60, 5), 80, 102, 124, 146, 168]
    assert [one.levels for one in later if one.rung > 60] == [["tracker"]] * 5
    assert all("officer" in one.levels for one in later if one.rung <= 60)
    # Twenty-two working days are a month, give or take a holiday.
    months = [one.due_at for one in later if one.rung > 60]
    assert all(timedelta(days=28) <= after - first <= timedelta(days=32) for first, after in pairwise(months))


def test_no_rung_is_rung_on_a_day_off_or_outside_of_working_hours() -> None:
    days = {**calendar(off=TET), "days": [special("2023-02-01", "afternoon"), special("2023-02-11", "full")]}
    chosen = Calendar.model_validate(days, strict=False)
    for hour in ("08:00", "05:00", "12:15", "16:59", "22:00"):
        desk = around_tet(calendar=days, policy={**RUNGS, "remind_at": hour})
        reached = desk.live_until(local_time("2023-04-03 00:00"))
        assert len(rung(reached)) > 10
        for event in reached:
            if isinstance(event.data, RungReached):
                assert chosen.next_open(event.at) == event.at, (hour, event.at)


def test_a_half_day_is_rung_when_its_work_begins() -> None:
    days = {**calendar(off=TET), "days": [special("2023-02-01", "afternoon")]}
    reached = {
        one.rung: one.due_at for one in rung(around_tet(calendar=days).live_until(local_time("2023-02-03 00:00")))
    }
    assert reached[3] == local_time("2023-02-01 13:30")


def test_a_unit_is_rung_by_its_own_calendar() -> None:
    days = {**calendar(), "days": [special("2026-11-24", "off", "unit-a")]}
    content = directive(
        obligation("unit-a", "unit-b", deadline=by("2026-11-25")), calendar=days, policy={"ladder": ladder(-1)}
    )
    reached = rung(Desk(content).live_until(DEADLINE))
    assert [(one.assignment, one.due_at) for one in reached] == [
        ("1.1", local_time("2026-11-23 08:00")),
        ("1.2", local_time("2026-11-24 08:00")),
    ]


@pytest.mark.parametrize(
    ("priority", "levels"),
    [
        (0, {-7: "o", -3: "ou", -1: "ou", 0: "ou", 1: "out", 3: "outh", 8: "outh", 13: "outhc", 58: "outhc", 80: "t"}),
        (1, {-7: "ou", -1: "ou", 0: "out", 1: "outh", 3: "outhc", 58: "outhc", 80: "t"}),
        (2, {-7: "ou", -1: "ou", 0: "out", 1: "outh", 3: "outhc", 80: "t"}),
        (3, {-7: "ou", -1: "ou", 0: "out", 1: "outh", 3: "outhc", 80: "t"}),
    ],
)
def test_the_levels_rise_by_urgency(priority: int, levels: dict[int, str]) -> None:
    policy = Policy()
    initials = {"o": "officer", "u": "unit_head", "t": "tracker", "h": "head_of_office", "c": "chairman"}
    for number, short in levels.items():
        expected = [initials[one] for one in short]
        assert told(policy.escalation, policy.ladder, priority, number) == expected


def test_where_no_row_of_the_escalation_is_for_so_little_urgency_the_rung_tells_nobody() -> None:
    urgent = {"priority": 2, "officer": -7, "unit_head": -7, "tracker": 0, "head_of_office": 1, "chairman": 3}
    desk = owing(policy={**RUNGS, "escalation": [urgent]})
    assert [one.levels for one in rung(desk.live_until(DEADLINE))] == [[], [], [], []]
    assert desk.notices() == []


@pytest.mark.parametrize(
    ("at", "told_"),
    [
        ("2026-11-16 08:00", [("reminder", "unit-a")]),
        ("2026-11-25 08:00", [("reminder", "unit-a")]),
        ("2026-11-26 08:00", [("deadline_passed", "unit-a"), ("overdue_tracker", "office")]),
        ("2026-11-30 08:00", [("deadline_passed", "unit-a"), ("overdue_head_of_office", "office")]),
        ("2026-12-14 08:00", [("deadline_passed", "unit-a"), ("overdue_chairman", "office")]),
        ("2027-03-17 08:00", [("overdue_tracker", "office")]),
    ],
)
def test_the_unit_is_told_and_of_the_issuer_the_highest_level_alone(at: str, told_: list[tuple[str, str]]) -> None:
    desk = owing()
    desk.live_until(local_time(at))
    desk.last.events = [event for event in desk.events if event.at == local_time(at)]
    assert [(one.kind, one.unit) for one in desk.notices()] == told_


def test_the_issuers_own_ladder_is_the_one_that_is_rung() -> None:
    desk = owing(policy={"ladder": {"rungs": [-2, 2], "then_every": 3, "monthly_after": 8}, "remind_at": "14:00"})
    reached = rung(desk.live_until(local_time("2027-02-15 00:00")))
    assert [(one.rung, one.due_at) for one in reached] == [
        (number, local_time(f"{day} 14:00"))
        for number, day in [
            (-2, "2026-11-23"), (2, "2026-11-27"), (5, "2026-12-02"), (8, "2026-12-07"), (30, "2027-01-06"),
            (52, "2027-02-05"),
        ]
    ]  # fmt: skip


def test_a_ladder_that_ends_is_silent_after_its_last_rung() -> None:
    desk = owing(policy={"ladder": ladder(-1, 1)})
    assert numbers(desk.live_until(local_time("2030-01-01 00:00"))) == [-1, 1]
    assert next_alarm(desk.state) is None


@pytest.mark.parametrize("wrong", [[1, 1], [3, 1], [-251], [251]])
def test_a_ladder_rises_and_stays_within_a_year(wrong: list[int]) -> None:
    with pytest.raises(ValidationError):
        Ladder(rungs=wrong)


def done() -> list[Command]:
    return [acknowledge(), reported(), accept()]


@pytest.mark.parametrize(
    "ending",
    [
        done,
        lambda: [acknowledge(), reported()],
        lambda: [suspended()],
        lambda: [waived()],
        lambda: [recall()],
    ],
    ids=["accepted", "reported", "suspended", "waived", "recall"],
)
@pytest.mark.parametrize("at", ["2026-11-02 10:00", "2026-11-23 10:00"])
def test_it_ends_where_the_unit_does_not_hold_the_work_any_more(ending: Any, at: str) -> None:
    desk = owing()
    desk.live_until(local_time(at))
    before = numbers(desk.events)
    desk.do(*ending(), at=local_time(at))
    desk.live_until(local_time("2026-12-31 00:00"))
    assert numbers(desk.events) == before


def test_returned_work_is_urged_from_then_on_and_not_for_what_went_by_while_the_issuer_had_it() -> None:
    desk = owing()
    desk.live_until(local_time("2026-11-17 10:00"))
    desk.do(acknowledge(), reported())
    back_at = local_time("2026-11-25 10:00")
    desk.live_until(back_at)
    desk.do(return_report(), at=back_at)
    assert numbers(desk.events) == [-7]
    assert [(one.rung, one.skipped) for one in rung(desk.live_until(local_time("2026-11-27 00:00")))] == [(1, [])]


def test_resumed_work_is_not_urged_for_what_went_by_while_it_stood_still() -> None:
    desk = owing()
    desk.do(acknowledge())
    desk.live_until(local_time("2026-11-26 10:00"))
    desk.do(suspended())
    resumed_at = local_time("2026-12-03 10:00")
    desk.wait_until(resumed_at)
    assert [event.data.type for event in desk.do(command("resume", LEADER, item="1"))] == ["Resumed"]
    assert desk.state.assignments["1.1"].deadline == DEADLINE, "it was late when it was suspended"
    assert next_alarm(desk.state) == local_time("2026-12-07 08:00")
    [next_] = rung(desk.live_until(local_time("2026-12-07 08:00")))
    assert (next_.rung, next_.skipped) == (8, [])


def test_a_worker_away_over_three_rungs_rings_the_last_of_them_once_and_names_the_others() -> None:
    desk = owing()
    desk.wait_until(local_time("2026-11-16 08:00"))
    back_at = local_time("2026-11-26 10:00")
    [reached] = rung(desk.wait_until(back_at))
    assert (reached.rung, reached.skipped, reached.due_at) == (1, [-3, -1, 0], local_time("2026-11-26 08:00"))
    assert [(one.kind, one.unit) for one in desk.notices()] == [
        ("deadline_passed", "unit-a"), ("overdue_tracker", "office"),
    ]  # fmt: skip
    assert desk.wait_until(back_at + timedelta(hours=1)) == []
    assert next_alarm(desk.state) == local_time("2026-11-30 08:00")


def extended(until: str) -> list[Command]:
    """More time is asked for and granted."""
    return [
        command("request_extension", head_of("unit-a"), until=by(until), reason="chờ số liệu"),
        command("grant_extension", LEADER, assignment="1.1"),
    ]


def test_an_extension_begins_the_ladder_anew() -> None:
    desk = owing()
    desk.do(acknowledge())
    desk.live_until(local_time("2026-11-24 10:00"))
    assert numbers(desk.events) == [-7, -3, -1]
    desk.do(*extended("2026-12-08"))
    reached = rung(desk.live_until(local_time("2026-12-12 00:00")))
    assert [(one.rung, one.due_at) for one in reached] == [
        (number, local_time(f"2026-{day} 08:00"))
        for number, day in [(-7, "11-27"), (-3, "12-03"), (-1, "12-07"), (0, "12-08"), (1, "12-09"), (3, "12-11")]
    ]
    assert {one.deadline for one in reached} == {local_time("2026-12-09 00:00")}


def once(desk: Desk) -> list[tuple[str, datetime, int]]:
    """Every rung that was rung, of which deadline. None twice, and no event id twice."""
    ids = [event.event_id for event in desk.events]
    assert len(set(ids)) == len(ids)
    reached = [(one.assignment, one.deadline, one.rung) for one in rung(desk.events)]
    assert len(set(reached)) == len(reached)
    return reached


def test_a_deadline_that_moves_away_and_back_rings_no_rung_twice() -> None:
    above = Desk(directive(obligation("unit-a", deadline=by("2026-12-31"))))
    below = directive(
        obligation("unit-b", deadline=by("2026-11-25")),
        document={"issuer": "unit-a", "code_number": "5"},
        informed=["unit-a"],
        under={"stream": above.stream, "assignment": "1.1"},
        policy=RUNGS,
    )
    desk = Desk(below, above=above.state)
    desk.live_until(local_time("2026-11-20 10:00"))
    assert numbers(desk.events) == [-7, -3]
    desk.do(window_moved("2026-11-24", 90))
    desk.live_until(local_time("2026-11-23 10:00"))
    assert [number for _, _, number in once(desk)] == [-7, -3, -1]
    desk.do(window_moved("2026-12-31", 91))
    assert desk.state.assignments["1.1"].deadline == DEADLINE
    desk.live_until(local_time("2026-12-31 10:00"))
    of_first = [number for _, deadline, number in once(desk) if deadline == DEADLINE]
    assert of_first == [-7, -3, -1, 0, 1, 3, 8, 13, 18, 23]


@pytest.mark.parametrize("day", range(3, 30))
def test_a_calendar_or_a_policy_applied_between_rungs_rings_none_twice(day: int) -> None:
    desk = owing()
    at = local_time(f"2026-11-{day:02} 10:00")
    desk.live_until(at)
    desk.do(calendar_applied(off=["2026-11-17", "2026-11-20", "2026-11-27"]), at=at)
    desk.live_until(at + timedelta(days=2))
    desk.do(policy_applied(ladder={"rungs": [-8, -4, -3, -2, -1, 0, 1, 2, 3]}))
    desk.live_until(at + timedelta(days=4))
    desk.do(calendar_applied())
    desk.live_until(local_time("2026-12-31 00:00"))
    reached = once(desk)
    assert [number for _, _, number in reached] == sorted(number for _, _, number in reached)
    assert all(local(event.at).hour in (8, 10) for event in desk.events if isinstance(event.data, RungReached))


class TestToAcknowledge:
    """Who has not answered is urged, too."""

    POLICY: Final = {"acknowledge_ladder": STANDARD["acknowledge_ladder"]}

    def test_from_the_working_day_after_its_deadline_and_then_weekly(self) -> None:
        desk = Desk(directive(obligation("unit-a"), policy=self.POLICY))
        desk.do(delivered())
        events = desk.live_until(local_time("2026-11-23 00:00"))
        assert [(event.data.type, event.at) for event in events] == [
            ("AcknowledgementDeadlinePassed", local_time("2026-11-04 00:00")),
            ("AcknowledgementRungReached", local_time("2026-11-04 08:00")),
            ("AcknowledgementRungReached", local_time("2026-11-06 08:00")),
            ("AcknowledgementRungReached", local_time("2026-11-13 08:00")),
            ("AcknowledgementRungReached", local_time("2026-11-20 08:00")),
        ]

    @pytest.mark.parametrize(
        ("at", "kind"),
        [
            ("2026-11-04 08:00", "unacknowledged"),
            ("2026-11-06 08:00", "unacknowledged_head_of_office"),
            ("2026-11-20 08:00", "unacknowledged_chairman"),
        ],
    )
    def test_the_levels_above_are_told_one_after_the_other(self, at: str, kind: str) -> None:
        desk = Desk(directive(obligation("unit-a"), policy=self.POLICY))
        desk.do(delivered())
        desk.wait_until(local_time(at) - timedelta(minutes=1))
        desk.wait_until(local_time(at))
        assert [(one.kind, one.unit, one.about) for one in desk.notices()] == [
            ("acknowledgement_passed", "unit-a", None), (kind, "office", "unit-a"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "answer",
        [acknowledge, lambda: command("refuse", head_of("unit-a"), cause="invalid", reason="nhầm"), recall, waived],
    )
    def test_it_ends_with_an_answer_of_either_kind_with_a_recall_and_a_waiver(self, answer: Any) -> None:
        desk = Desk(directive(obligation("unit-a"), policy=self.POLICY))
        desk.do(delivered())
        desk.live_until(local_time("2026-11-04 10:00"))
        desk.do(answer())
        later = desk.live_until(local_time("2026-12-31 00:00"))
        assert not any(event.data.type.startswith("Acknowledgement") for event in later)

    def test_a_unit_is_urged_on_its_own_working_days(self) -> None:
        days = {**calendar(), "days": [special("2026-11-05", "off", "unit-a")]}
        desk = Desk(directive(obligation("unit-a"), policy=self.POLICY, calendar=days))
        desk.do(delivered(at=local_time("2026-11-03 10:00")), at=local_time("2026-11-03 10:00"))
        rungs = [one.at for one in desk.live_until(local_time("2026-11-11 00:00"))][1:]
        assert rungs == [local_time("2026-11-06 08:00"), local_time("2026-11-10 08:00")]


class TestToAnswer:
    """The issuer that is silent on a report has a time and a ladder of its own."""

    POLICY: Final = {"answer_ladder": STANDARD["answer_ladder"]}

    def reported(self, **changes: Any) -> Desk:
        """On the day of the issue, a Monday: to be answered by the Monday after."""
        desk = owing(policy=self.POLICY, **changes)
        desk.do(acknowledge(), reported())
        return desk

    def test_from_the_working_day_after_its_time_and_then_weekly_up_to_the_chairman(self) -> None:
        desk = self.reported()
        told_ = []
        for event in desk.live_until(local_time("2026-12-01 00:00")):
            desk.last.events = [event]
            told_ += [(event.data.type, event.at, one.kind, one.unit) for one in desk.notices()]
        assert told_ == [
            ("AnswerRungReached", local_time(f"2026-11-{day} 08:00"), f"unanswered_{level}", "office")
            for day, level in [
                ("10", "tracker"), ("12", "head_of_office"), ("19", "head_of_office"), ("26", "chairman"),
            ]
        ]  # fmt: skip

    @pytest.mark.parametrize("answer", [accept, return_report, recall])
    def test_it_ends_with_an_answer(self, answer: Any) -> None:
        desk = self.reported()
        desk.live_until(local_time("2026-11-10 10:00"))
        desk.do(answer())
        later = desk.live_until(local_time("2026-12-31 00:00"))
        assert "AnswerRungReached" not in {event.data.type for event in later}

    def test_every_report_has_its_own_time(self) -> None:
        desk = self.reported()
        desk.live_until(local_time("2026-11-10 10:00"))
        desk.do(return_report(), report(by=head_of("unit-a")))
        later = desk.live_until(local_time("2026-11-19 00:00"))
        assert [(event.data.report, event.data.rung, event.at) for event in later] == [
            (2, 1, local_time("2026-11-18 08:00"))
        ]

    def test_a_report_that_waits_for_the_head_is_not_the_issuers(self) -> None:
        desk = owing(policy=self.POLICY)
        desk.do(acknowledge(), report())
        events = desk.live_until(local_time("2026-12-31 00:00"))
        assert {event.data.type for event in events} == {"DeadlinePassed"}

    def test_the_issuer_has_its_own_days(self) -> None:
        desk = self.reported(calendar={**calendar(), "days": [special("2026-11-09", "off", "office")]})
        assert next_alarm(desk.state) == local_time("2026-11-11 08:00")


class TestExplanation:
    """The late are asked why, once."""

    POLICY: Final = {"explain_late": True}

    def late(self) -> Desk:
        desk = owing(policy=self.POLICY)
        desk.do(acknowledge())
        return desk

    def test_it_is_demanded_on_the_first_working_morning_after_the_deadline_with_a_time_of_its_own(self) -> None:
        desk = self.late()
        events = desk.live_until(local_time("2027-06-30 00:00"))
        assert [(event.data.type, event.at) for event in events] == [
            ("DeadlinePassed", DEADLINE),
            ("ExplanationDemanded", local_time("2026-11-26 08:00")),
            ("ExplanationDeadlinePassed", local_time("2026-12-02 00:00")),
        ]

    def test_once_though_the_deadline_moves_and_passes_again(self) -> None:
        desk = self.late()
        desk.live_until(local_time("2026-11-26 10:00"))
        desk.do(calendar_applied(off=["2026-11-25", "2026-11-26", "2026-11-27"]))
        assert desk.state.assignments["1.1"].deadline == local_time("2026-12-01 00:00")
        desk.live_until(local_time("2026-12-31 00:00"))
        assert [event.data.type for event in desk.events].count("ExplanationDemanded") == 1
        assert [event.data.type for event in desk.events].count("DeadlinePassed") == 2

    @pytest.mark.parametrize(
        "given",
        [explained, lambda: command("demand_explanation", LEADER, assignment="1.1", question="vì sao?")],
        ids=["given unasked", "a leader's own demand"],
    )
    def test_nobody_is_asked_who_has_said_it_or_was_asked_already(self, given: Any) -> None:
        desk = self.late()
        at = DEADLINE + timedelta(hours=1)
        desk.do(given(), at=at)
        later = desk.live_until(local_time("2026-12-31 00:00"))
        assert "ExplanationDemanded" not in {event.data.type for event in later}

    @pytest.mark.parametrize("ending", [done, lambda: [reported()], lambda: [suspended()], lambda: [waived()]])
    def test_nobody_is_asked_who_was_not_late(self, ending: Any) -> None:
        desk = owing(policy=self.POLICY)
        desk.do(*([] if ending is done else [acknowledge()]), *ending())
        later = desk.live_until(local_time("2026-12-31 00:00"))
        assert "ExplanationDemanded" not in {event.data.type for event in later}

    def test_nobody_is_asked_for_what_was_late_before_this_service_knew_of_it(self) -> None:
        line = {"assignment": "1.1", "line": 2, "acknowledged_on": "2026-09-02"}
        imported = {"file": "papers.csv", "sha256": "a" * 64, "lines": [line]}
        task = obligation("unit-a", deadline=by("2026-10-01"))
        content = directive(task, document={"issued_date": "2026-09-01"}, imported=imported, policy=self.POLICY)
        assert Desk(content).live_until(local_time("2026-12-31 00:00")) == []


def test_the_policy_of_the_first_release_rings_before_and_once_after() -> None:
    rules = {**QUIET, "remind_working_days_before": 3, "ladder": STANDARD["ladder"]}
    reached = rung(owing(policy=rules).live_until(local_time("2027-06-30 00:00")))
    assert [(one.rung, one.due_at) for one in reached] == [
        (-3, local_time("2026-11-20 08:00")),
        (1, local_time("2026-11-26 08:00")),
    ]


def test_a_deadline_of_long_ago_is_climbed_as_quickly_as_its_days_are_counted() -> None:
    asked: list[date] = []

    class Counted(Calendar):
        def works(self, day: date) -> bool:
            asked.append(day)
            return super().works(day)

    rungs = Rungs(Ladder(rungs=[1]), Counted(), time(8), local_time("1976-11-26 00:00"))
    assert next_rung(rungs, None, DEADLINE) is not None
    assert len(asked) < 2 * (DEADLINE - rungs.deadline).days
