"""request_extension: the unit asks for more time."""

from typing import Any

import pytest

from domain.actor import Actor, Role
from domain.command import Command
from domain.directive import Directive
from domain.refusal import Code
from tests.support.builders import (
    LEADER,
    accept,
    acknowledge,
    by,
    command,
    directive,
    head_of,
    local_time,
    obligation,
    officer_of,
    report,
)
from tests.support.desk import Desk
from tests.support.steps import content, open_end, reported, suspended, waived
from tests.support.table import Case, roles_that_may

ACTOR = head_of("unit-a")


def given(actor: Actor = ACTOR, **fields: Any) -> Command:
    return command("request_extension", actor, **{"until": by("2026-12-05"), "reason": "chờ số liệu", **fields})


def granted() -> Command:
    return command("grant_extension", LEADER, assignment="1.1")


def no_extensions() -> Directive:
    return directive(obligation("unit-a", deadline=by("2026-11-25")), policy={"extensions_most": 0})


def graceful() -> Directive:
    return directive(obligation("unit-a", deadline=by("2026-11-25")), policy={"extension_grace_days": 2})


def with_head() -> Command:
    return report(by=officer_of("unit-a"))


CASES = [
    Case(
        name="asked",
        content=content,
        given=[acknowledge],
        command=given,
        yields=("ExtensionRequested",),
        again=Code.EXTENSION_PENDING,
    ),
    Case(
        name="asked again after one was granted",
        content=content,
        given=[acknowledge, given, granted],
        command=lambda: given(until=by("2026-12-20")),
        yields=("ExtensionRequested",),
    ),
    Case(
        name="asked on the last moment",
        content=content,
        given=[acknowledge, local_time("2026-11-26 00:00")],
        command=given,
        yields=("ExtensionRequested",),
    ),
    Case(name="not acknowledged", content=content, command=given, refused=Code.NOT_ACKNOWLEDGED),
    Case(
        name="done",
        content=content,
        given=[acknowledge, reported, accept],
        command=given,
        refused=Code.ALREADY_ACCEPTED,
    ),
    Case(name="waived", content=content, given=[acknowledge, waived], command=given, refused=Code.RELEASED),
    Case(name="suspended", content=content, given=[acknowledge, suspended], command=given, refused=Code.SUSPENDED),
    Case(
        name="a report waits for the head",
        content=content,
        given=[acknowledge, with_head],
        command=given,
        refused=Code.REPORT_PENDING,
    ),
    Case(
        name="a report waits for the issuer",
        content=content,
        given=[acknowledge, reported],
        command=given,
        refused=Code.REPORT_PENDING,
    ),
    Case(name="no deadline", content=open_end, given=[acknowledge], command=given, refused=Code.NO_DEADLINE),
    Case(name="none allowed", content=no_extensions, given=[acknowledge], command=given, refused=Code.EXTENSION_LIMIT),
    Case(
        name="two were granted",
        content=content,
        given=[acknowledge, given, granted, lambda: given(until=by("2026-12-20")), granted],
        command=lambda: given(until=by("2027-01-05")),
        refused=Code.EXTENSION_LIMIT,
    ),
    Case(
        name="too late",
        content=content,
        given=[acknowledge, local_time("2026-11-26 00:01")],
        command=given,
        refused=Code.EXTENSION_TOO_LATE,
    ),
    Case(
        name="within the days of grace",
        content=graceful,
        given=[acknowledge, local_time("2026-11-27 09:00")],
        command=given,
        yields=("ExtensionRequested",),
    ),
    Case(
        name="a day that is past",
        content=graceful,
        given=[acknowledge, local_time("2026-11-28 00:00")],
        command=lambda: given(until=by("2026-11-27")),
        refused=Code.DEADLINE_PAST,
    ),
    Case(
        name="no later than it is",
        content=content,
        given=[acknowledge],
        command=lambda: given(until=by("2026-11-25")),
        refused=Code.NOT_LATER,
    ),
    Case(
        name="beyond ninety days",
        content=content,
        given=[acknowledge],
        command=lambda: given(until=by("2027-02-24")),
        refused=Code.EXTENSION_TOO_LONG,
    ),
    Case(
        name="ninety days",
        content=content,
        given=[acknowledge],
        command=lambda: given(until=by("2027-02-23")),
        yields=("ExtensionRequested",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_request_extension(case: Case) -> None:
    case.check()


def test_who_may_request_extension() -> None:
    assert roles_that_may(CASES[0], given) == {Role.UNIT_HEAD}


def test_the_issuer_is_told_why_and_the_deadline_stays() -> None:
    desk = Desk(content())
    desk.do(acknowledge())
    before = desk.state.assignments["1.1"].deadline
    desk.do(given())
    [notice] = desk.notices()
    assert (notice.kind, notice.unit, notice.about, notice.detail) == (
        "extension_requested",
        "office",
        "unit-a",
        "chờ số liệu",
    )
    assert desk.state.assignments["1.1"].deadline == before


def test_a_request_falls_with_its_ground() -> None:
    desk = Desk(content())
    desk.do(acknowledge(), given(), waived())
    [request] = desk.state.assignments["1.1"].extensions
    assert request.decided == "lapsed"
