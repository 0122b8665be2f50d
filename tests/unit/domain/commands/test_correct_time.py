"""correct_time: a time that a proven outage made late is put back."""

from typing import Any

import pytest
from pydantic import ValidationError

from domain.actor import Actor, Role
from domain.command import Command
from domain.commands.correct_time import TimeCorrected
from domain.refusal import Code
from tests.support.builders import (
    LEADER,
    Json,
    accept,
    acknowledge,
    close,
    command,
    local_time,
    return_report,
    someone,
)
from tests.support.desk import Desk
from tests.support.steps import content, reported
from tests.support.table import Case, roles_that_may

PAPER = {"notation": "12/TB-TTCNTT", "issued_date": "2026-11-20"}
LATE = local_time("2026-11-27 09:00")
REPORT: Json = {"what": "report", "assignment": "1.1", "unit": None}


def given(actor: Actor = LEADER, **fields: Any) -> Command:
    said = {"what": "acknowledgement", "unit": "unit-a", "to": "2026-11-25T16:00:00+07:00"}
    return command("correct_time", actor, **{**said, "document": PAPER, "reason": "mất kết nối", **fields})


def of_report(to: str = "2026-11-25T16:00:00+07:00", actor: Actor = LEADER) -> Command:
    return given(actor, **REPORT, to=to)


CASES = [
    Case(
        name="an acknowledgement",
        content=content,
        given=[LATE, acknowledge],
        command=given,
        yields=("TimeCorrected",),
        again=Code.TIME_OUT_OF_RANGE,
    ),
    Case(
        name="a report",
        content=content,
        given=[acknowledge, LATE, reported],
        command=of_report,
        yields=("TimeCorrected",),
        again=Code.TIME_OUT_OF_RANGE,
    ),
    Case(
        name="a report that was accepted and closed",
        content=content,
        given=[acknowledge, LATE, reported, accept, close],
        command=of_report,
        yields=("TimeCorrected",),
    ),
    Case(name="not acknowledged", content=content, given=[LATE], command=given, refused=Code.NOT_ACKNOWLEDGED),
    Case(
        name="nothing reported",
        content=content,
        given=[acknowledge, LATE],
        command=of_report,
        refused=Code.NO_REPORT_WAITING,
    ),
    Case(
        name="a later time",
        content=content,
        given=[LATE, acknowledge],
        command=lambda: given(to="2026-11-27T09:00:00+07:00"),
        refused=Code.TIME_OUT_OF_RANGE,
    ),
    Case(
        name="before it was sent",
        content=content,
        given=[LATE, acknowledge],
        command=lambda: given(to="2026-11-02T08:59:00+07:00"),
        refused=Code.TIME_OUT_OF_RANGE,
    ),
    Case(
        name="before it was acknowledged",
        content=content,
        given=[acknowledge, LATE, reported],
        command=lambda: of_report("2026-11-02T08:59:00+07:00"),
        refused=Code.TIME_OUT_OF_RANGE,
    ),
    Case(
        name="more than thirty days back",
        content=content,
        given=[acknowledge, local_time("2026-12-20 09:00"), reported],
        command=lambda: of_report("2026-11-20T08:59:00+07:00"),
        refused=Code.TIME_OUT_OF_RANGE,
    ),
    Case(
        name="thirty days back",
        content=content,
        given=[acknowledge, local_time("2026-12-20 09:00"), reported],
        command=lambda: of_report("2026-11-20T09:00:00+07:00"),
        yields=("TimeCorrected",),
    ),
    Case(
        name="before the earlier report was returned",
        content=content,
        given=[acknowledge, LATE, reported, return_report, reported],
        command=of_report,
        refused=Code.TIME_OUT_OF_RANGE,
    ),
    Case(
        name="own report",
        content=content,
        given=[acknowledge, LATE, reported],
        command=lambda: of_report(actor=someone("leader", person="head of unit-a")),
        refused=Code.OWN_REPORT,
    ),
    Case(
        name="unknown unit",
        content=content,
        given=[LATE, acknowledge],
        command=lambda: given(unit="unit-z"),
        refused=Code.UNKNOWN_UNIT,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_correct_time(case: Case) -> None:
    case.check()


def test_who_may_correct_time() -> None:
    assert roles_that_may(CASES[0], given) == {Role.LEADER}


def test_what_was_late_by_the_outage_is_late_no_longer_and_it_is_counted() -> None:
    desk = Desk(content())
    desk.do(acknowledge())
    desk.do(reported(), at=LATE)
    assignment = desk.state.assignments["1.1"]
    assert assignment.overdue(LATE)
    [event] = desk.do(of_report())
    assert not assignment.overdue(LATE)
    assert assignment.times_corrected == 1
    assert isinstance(event.data, TimeCorrected)
    assert (event.data.before, event.data.after) == (LATE, local_time("2026-11-25 16:00"))


def test_an_acknowledgement_put_back_is_counted() -> None:
    desk = Desk(content())
    desk.do(acknowledge(), at=LATE)
    desk.do(given())
    receipt = desk.state.receipts["unit-a"]
    assert (receipt.acknowledged_at, receipt.times_corrected) == (local_time("2026-11-25 16:00"), 1)


@pytest.mark.parametrize("fields", [{"unit": None}, {"item": "1"}, {"assignment": "1.1"}])
def test_an_acknowledgement_is_named_by_its_unit_alone(fields: Json) -> None:
    with pytest.raises(ValidationError, match="acknowledgement_of_unit"):
        given(**fields)
