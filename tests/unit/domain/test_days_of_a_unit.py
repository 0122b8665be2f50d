"""A day off of one unit counts wherever a day is reckoned for it, and for nobody else."""

from collections.abc import Sequence
from typing import Any

import pytest

from domain.command import Command
from tests.support.builders import (
    LEADER,
    acknowledge,
    by,
    calendar,
    command,
    directive,
    head_of,
    local_time,
    obligation,
    special,
)
from tests.support.desk import Desk
from tests.support.steps import suspended

DAYS = {**calendar(), "days": [special("2026-11-27", "off", "unit-a")]}
"""A Friday."""


def both(kind: str, actor: Any = LEADER, **fields: Any) -> list[Command]:
    """Once for either unit."""
    people = {unit: head_of(unit) if actor == "head" else actor for unit in ("unit-a", "unit-b")}
    return [command(kind, person, item="1", unit=unit, **fields) for unit, person in people.items()]


def extended() -> list[Command]:
    return [
        *both("request_extension", "head", until=by("2026-11-27"), reason="chờ số liệu"),
        *both("grant_extension"),
    ]


def extended_otherwise() -> list[Command]:
    return [
        *both("request_extension", "head", until=by("2026-11-26"), reason="chờ số liệu"),
        *both("grant_extension", until=by("2026-11-27")),
    ]


def reopened() -> list[Command]:
    return [
        *(reported_by(unit) for unit in ("unit-a", "unit-b")),
        *both("accept"),
        *both("reopen", until=by("2026-11-27"), reason="sai số liệu"),
    ]


def reported_by(unit: str) -> Command:
    return command("report", head_of(unit), item="1", text="xong")


@pytest.mark.parametrize("steps", [extended, extended_otherwise, reopened])
def test_a_named_day_off_moves_to_the_units_next_working_day(steps: Any) -> None:
    desk = begun()
    desk.do(*steps())
    assert deadlines(desk) == [local_time("2026-12-01 00:00"), local_time("2026-11-28 00:00")]


def test_days_given_back_after_a_suspension_are_the_units_own() -> None:
    desk = begun()
    desk.do(suspended(), at=local_time("2026-11-25 09:00"))
    desk.do(command("resume", LEADER, item="1"), at=local_time("2026-11-27 09:00"))
    # Two working days lay on hold: for unit-a the Friday after its deadline does not count.
    assert deadlines(desk) == [local_time("2026-12-01 00:00"), local_time("2026-11-28 00:00")]


def begun() -> Desk:
    desk = Desk(directive(obligation("unit-a", "unit-b", deadline=by("2026-11-25")), calendar=DAYS))
    desk.do(*(acknowledge(by=head_of(unit)) for unit in ("unit-a", "unit-b")))
    return desk


def deadlines(desk: Desk) -> Sequence[Any]:
    return [desk.state.assignments[id_].deadline for id_ in ("1.1", "1.2")]
