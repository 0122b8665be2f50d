"""pause: until an instant nobody is urged; deadlines run on."""

import pytest
from pydantic import ValidationError

from domain.actor import Actor, Role
from domain.alarms import next_alarm
from domain.command import Command
from domain.refusal import Code
from tests.support.builders import OPERATOR, accept, acknowledge, by, close, directive, ladder, local_time, obligation
from tests.support.desk import Desk
from tests.support.steps import content, paused, recall, reported
from tests.support.table import Case, roles_that_may

OVER = "2026-11-02T08:59:00+07:00"


def given(actor: Actor = OPERATOR) -> Command:
    return paused(actor=actor)


def ended() -> Command:
    return paused(OVER)


CASES = [
    Case(
        name="until an instant to come",
        content=content,
        command=given,
        yields=("UrgingPaused",),
        again=Code.NOTHING_CHANGED,
    ),
    Case(
        name="longer",
        content=content,
        given=[given],
        command=lambda: paused("2026-11-30T08:00:00+07:00"),
        yields=("UrgingPaused",),
    ),
    Case(
        name="until an instant that is over",
        content=content,
        command=ended,
        refused=Code.DEADLINE_PAST,
        details={"deadline": "2026-11-02T01:59:00+00:00"},
    ),
    Case(
        name="ended early",
        content=content,
        given=[given],
        command=ended,
        yields=("UrgingPaused",),
        again=Code.DEADLINE_PAST,
    ),
    Case(
        name="ended when it is over already",
        content=content,
        given=[given, local_time("2026-11-16 08:00")],
        command=ended,
        refused=Code.DEADLINE_PAST,
    ),
    Case(name="recalling", content=content, given=[recall], command=given, yields=("UrgingPaused",)),
    Case(
        name="closed",
        content=content,
        given=[acknowledge, reported, accept, close],
        command=given,
        refused=Code.DIRECTIVE_CLOSED,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_pause(case: Case) -> None:
    case.check()


def test_who_may_pause() -> None:
    assert roles_that_may(CASES[0], given) == {Role.OPERATOR}


def test_ended_early_it_is_over_at_once_and_what_was_held_back_rings_then() -> None:
    desk = Desk(directive(obligation("unit-a", deadline=by("2026-11-25")), policy={"ladder": ladder(-5, -3)}))
    desk.do(paused("2026-11-30T08:00:00+07:00"))
    now = local_time("2026-11-20 10:00")
    assert desk.wait_until(now) == []
    assert next_alarm(desk.state) == local_time("2026-11-26 00:00")
    assert [event.data.type for event in desk.do(ended())] == ["UrgingPaused", "RungReached"]
    assert desk.state.paused_until == now


def test_a_pause_that_would_outlast_every_calendar_is_not_read() -> None:
    """Reckoning from it when work begins again would run into the end of the years, at every batch to come."""
    with pytest.raises(ValidationError, match="until"):
        paused("9999-12-31T23:00:00+07:00")
